/** One inquiry of the partner: what was understood of it, what is missing, and the answer to that. */
import { useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/client.ts';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { productName } from '../../../ui/line-server.ts';
import { Facts, Loaded, Page, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, DateTime, Deadline, Qty } from '../../../ui/values.tsx';
import { IdleAlert } from '../../inquiries/idle-alert.tsx';
import { Conversation } from '../../tasks/conversation.tsx';
import { InquiryAnswer } from './inquiry-answer.tsx';
import { known } from '../known.ts';
import '../portal.css';

export type Inquiry = Answer<'inquiryGet'>;
const LIVE_MS = 15_000;

export default function InquiryPage(): ReactElement {
  const { t } = useTranslation();
  const { inquiryId = '' } = useParams({ strict: false });
  const query = useApiQuery('inquiryGet', { params: { inquiryId } }, { refetchInterval: LIVE_MS });
  if (query.data === undefined)
    return (
      <Page
        title={t('common.menu.myInquiries')}
        crumbs={[{ title: t('common.menu.myInquiries'), to: '/portal/inquiries' }]}
      >
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return <InquiryShown inquiry={query.data} />;
}

function InquiryShown({ inquiry }: { inquiry: Inquiry }): ReactElement {
  const { t } = useTranslation();
  const [answering, setAnswering] = useState(false);
  const withdraw = useApiAction('inquiryWithdraw');
  const reopen = useApiAction('inquiryReopen');
  const confirm = useApiAction('inquiryConfirm');
  const at = { params: { inquiryId: inquiry.id }, ifMatch: inquiry.version };
  const missing = inquiry.lines.some(({ gaps }) => gaps.length > 0);
  return (
    <Page
      title={t('portal.inquiry.titleOf', { no: inquiry.no })}
      extra={<StateTag of="inquiry" state={inquiry.state} />}
      crumbs={[{ title: t('common.menu.myInquiries'), to: '/portal/inquiries' }]}
      actions={
        <ActionBar
          document="inquiry"
          actions={inquiry.allowedActions}
          run={{
            confirm: () => confirm.attempt(at),
            answer: () => setAnswering(true),
            reopen: () => reopen.attempt(at),
            withdraw: {
              run: () => withdraw.attempt(at),
              danger: true,
              confirm: t('portal.inquiry.withdrawAsk'),
            },
          }}
        />
      }
    >
      <ProblemAlert
        problem={withdraw.problem ?? reopen.problem ?? confirm.problem}
        onClose={() => (withdraw.clear(), reopen.clear(), confirm.clear())}
      />
      <IdleAlert inquiry={inquiry} />
      {inquiry.allowedActions.some(({ action }) => action === 'confirm') && (
        <Alert type="warning" showIcon title={t('portal.inquiry.toConfirm')} />
      )}
      {inquiry.order !== null && (
        <Alert
          type="success"
          showIcon
          title={t('portal.inquiry.becameOrder')}
          description={<PathLink to={`/portal/orders/${inquiry.order.id}`}>{inquiry.order.no}</PathLink>}
        />
      )}
      {inquiry.declineReason !== null && (
        <Alert type="error" showIcon title={t('portal.inquiry.declined')} description={inquiry.declineReason} />
      )}
      {inquiry.state === 'needs_data' && (
        <Alert
          type="warning"
          showIcon
          title={t('portal.inquiry.asked')}
          description={
            <>
              {inquiry.gapsNote !== null && <p style={{ whiteSpace: 'pre-wrap' }}>{inquiry.gapsNote}</p>}
              {inquiry.dueAt !== null && (
                <p>
                  {t('common.until')} <Deadline value={inquiry.dueAt} />
                </p>
              )}
            </>
          }
        />
      )}
      {inquiry.state === 'received' && (
        <Alert
          type="info"
          showIcon
          title={t(missing ? 'portal.inquiry.receivedWithGaps' : 'portal.inquiry.received')}
        />
      )}
      <Section title={t('portal.inquiry.lines')}>
        <ol className="qp-check">
          {inquiry.lines.map((line) => (
            <InquiryLine key={line.lineNo} line={line} />
          ))}
        </ol>
      </Section>
      <Section title={t('portal.inquiry.about')}>
        <Facts
          items={known([
            [t('portal.customer'), inquiry.customerName],
            [t('portal.poNo'), inquiry.poNo],
            [t('portal.requestedOn'), inquiry.requestedOn === null ? null : <BizDate value={inquiry.requestedOn} />],
            [t('portal.sentAt'), <DateTime key="at" value={inquiry.receivedAt} />],
            [t('portal.sentBy'), inquiry.sentBy],
            [t('portal.contact'), inquiry.salesOwner?.name],
            [t('portal.note'), inquiry.note],
          ])}
        />
      </Section>
      <Conversation documentType="inquiry" documentId={inquiry.id} />
      <InquiryAnswer inquiry={inquiry} open={answering} onClose={() => setAnswering(false)} />
    </Page>
  );
}

function InquiryLine({ line }: { line: Inquiry['lines'][number] }): ReactElement {
  const { t } = useTranslation();
  return (
    <li>
      <span className="qc-muted qc-num">{line.lineNo}</span>
      <div>
        <div className="qc-row" style={{ justifyContent: 'space-between' }}>
          <strong className="qp-what">{line.wanted}</strong>
          {line.qty !== null && <Qty value={line.qty} unit={line.unit ?? line.product?.unit ?? null} />}
        </div>
        <div className="qc-muted qc-row">
          {line.product !== null && (
            <span>
              {t('portal.inquiry.as')} {line.product.sku} {productName(line.product)}
            </span>
          )}
          {line.spec !== null && <span>{line.spec}</span>}
          {line.requestedOn !== null && (
            <span>
              {t('portal.line.requestedOn')} <BizDate value={line.requestedOn} />
            </span>
          )}
          {line.note !== null && <span>{line.note}</span>}
        </div>
        {line.gaps.length > 0 && (
          <ul className="qp-notes">
            {line.gaps.map((gap) => (
              <li key={gap} className="is-gap">
                {t(`states.gap.${gap}`)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
