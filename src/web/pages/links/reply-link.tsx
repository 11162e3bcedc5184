/** The order of a round, and the ways to answer: signed in, or with a one-time code sent to one's own address. */
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { Facts, Section } from '../../ui/page.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime, Deadline, Money, Price, Qty } from '../../ui/values.tsx';
import { Door } from '../auth/door.tsx';
import { AnswerByCode } from './answer-by-code.tsx';
import { useNameOf } from '../../i18n/use-name.ts';

export type Round = Extract<Answer<'linkOpen'>, { kind: 'reply' }>;

export function ReplyLink({
  view,
  token,
  onAnswered,
}: {
  view: Round;
  token: string;
  onAnswered: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const company = useNameOf()(view.company);
  return (
    <Door
      title={t('links.confirmation', { no: view.orderNo })}
      lead={t('links.lead', { company, name: view.receiver })}
      wide
    >
      <div className="qc-stack">
        {view.isOpen ? (
          <Alert
            type="info"
            showIcon
            title={t('links.waits')}
            description={
              <>
                <DateTime value={view.dueAt} /> · <Deadline value={view.dueAt} />
              </>
            }
          />
        ) : (
          <Alert
            type={view.reply === 'accepted' ? 'success' : 'warning'}
            showIcon
            title={t('links.closed')}
            description={
              view.reply !== null && (
                <>
                  <StateTag of="reply" state={view.reply} /> <DateTime value={view.repliedAt} />
                </>
              )
            }
          />
        )}
        <Facts
          items={[
            [
              t('links.order'),
              <span key="no" className="qc-num">
                {view.orderNo}
              </span>,
            ],
            [t('links.poNo'), view.poNo],
            [t('links.round'), String(view.round)],
            [t('links.sentAt'), <DateTime key="sent" value={view.sentAt} />],
            [t('links.deliverTo'), view.deliveryAddress],
          ]}
        />
        <Section title={t('links.lines')}>
          <Lines view={view} />
        </Section>
        {view.isOpen && (
          <>
            <p className="qc-muted">{t(view.silenceAccepts ? 'links.silence' : 'links.noSilence')}</p>
            <AnswerByCode view={view} token={token} onAnswered={onAnswered} />
            <p>
              <Link to="/sign-in" search={{ return: `/portal/orders/${view.orderId}` }}>
                {t('links.signIn')}
              </Link>
            </p>
          </>
        )}
        <p className="qc-muted">{t('links.hash', { hash: view.contentHash.slice(0, 16) })}</p>
      </div>
    </Door>
  );
}

function Lines({ view }: { view: Round }): ReactElement {
  const { t } = useTranslation();
  const { currency } = view;
  return (
    <>
      <ul className="qc-plain qc-stack" style={{ gap: 8 }}>
        {view.lines.map((line) => (
          <li key={line.lineNo} className="qc-row" style={{ alignItems: 'flex-start' }}>
            <span className="qc-grow">
              {line.lineNo}. {line.name} <span className="qc-muted qc-num">{line.sku}</span>
              <span className="qc-block qc-muted">
                <Qty value={line.qty} unit={line.unit} /> × <Price value={line.unitPrice} currency={currency} />
                {line.promisedOn !== null && (
                  <>
                    {' · '}
                    {t('links.promised')} <BizDate value={line.promisedOn} />
                  </>
                )}
              </span>
            </span>
            <Money value={line.grossAmount} currency={currency} />
          </li>
        ))}
      </ul>
      <hr className="qc-rule" />
      <Facts
        items={[
          [t('links.net'), <Money key="net" value={view.netAmount} currency={currency} />],
          [t('links.tax'), <Money key="tax" value={view.taxAmount} currency={currency} />],
          [
            t('links.gross'),
            <strong key="gross">
              <Money value={view.grossAmount} currency={currency} />
            </strong>,
          ],
        ]}
      />
    </>
  );
}
