/** What was sent when, and what was answered: the papers of each round. */
import { FilePdfOutlined } from '@ant-design/icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fileUrl } from '../../../api/client.ts';
import { Section } from '../../../ui/page.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DateTime } from '../../../ui/values.tsx';
import { RoundCompare } from '../../orders/sections/round-compare.tsx';
import type { Order } from './order-page.tsx';

export function RoundsSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  if (order.rounds.length === 0) return null;
  return (
    <Section title={t('portal.rounds')}>
      <ul className="qp-list">
        {[...order.rounds].reverse().map((round) => (
          <li key={round.round}>
            <span className="qp-what">
              {t('portal.roundNo', { no: round.round })}{' '}
              {round.reply !== null && <StateTag of="reply" state={round.reply} />}
              <br />
              <span className="qc-muted">
                <DateTime value={round.sentAt} />
                {round.repliedBy !== null && ` → ${round.repliedBy}`}{' '}
                {round.repliedAt !== null && <DateTime value={round.repliedAt} />}
                {round.how !== null && ` · ${t(`states.replyHow.${round.how}`)}`}
              </span>
              {round.reasons.map((item) => (
                <span key={`${item.lineNo ?? ''} ${item.reason}`} className="qc-block">
                  {item.lineNo !== null && `${t('common.lineNo', { no: item.lineNo })} · `}
                  {item.reason}
                  {item.answer !== null && <span className="qc-muted"> → {item.answer}</span>}
                </span>
              ))}
            </span>
            <a
              href={fileUrl('orderConfirmationPdf', { params: { orderId: order.id }, query: { round: round.round } })}
              target="_blank"
              rel="noreferrer"
            >
              <FilePdfOutlined /> {t('portal.confirmation')}
            </a>
          </li>
        ))}
      </ul>
      <RoundCompare order={order} />
    </Section>
  );
}
