/** One inquiry: what was written, what it means in our products, what is missing, and the way to an order. */
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts, Loaded, Page } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StageBar } from '../../ui/stage-bar.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { ComparisonSection } from '../orders/sections/comparison-section.tsx';
import { Conversation } from '../tasks/conversation.tsx';
import { AnswerForm } from './answer-form.tsx';
import { AskBackForm } from './ask-back-form.tsx';
import { DeclineForm } from './decline-form.tsx';
import { IdleAlert } from './idle-alert.tsx';
import { InquiryLines } from './inquiry-lines.tsx';
import { MailsSection } from './mails-section.tsx';
import '../orders/orders.css';
import { PersonName } from '../../ui/person-names.tsx';

export type Inquiry = Answer<'inquiryGet'>;
type OpenForm = { form: 'askBack' | 'decline' } | { form: 'answer'; lineNos: readonly number[] };

const LIVE_MS = 5_000;

export default function InquiryPage(): ReactElement {
  const { t } = useTranslation();
  const { inquiryId } = useParams({ strict: false });
  const inquiry = useApiQuery('inquiryGet', { params: { inquiryId: inquiryId ?? '' } }, { refetchInterval: LIVE_MS });
  const crumbs = [{ title: t('inquiries.title'), to: '/inquiries' }];
  if (inquiry.data === undefined)
    return (
      <Page title={t('states.document.inquiry')} crumbs={crumbs}>
        <Loaded query={inquiry}>{() => null}</Loaded>
      </Page>
    );
  const shown = inquiry.data;
  return (
    <Page
      title={t('inquiries.titleOf', { no: shown.no })}
      crumbs={crumbs}
      extra={<StateTag of="inquiry" state={shown.state} />}
    >
      <InquiryShown key={shown.id} inquiry={shown} />
    </Page>
  );
}

function InquiryShown({ inquiry }: { inquiry: Inquiry }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<OpenForm | null>(null);
  const close = () => setOpen(null);
  const withGaps = inquiry.lines.filter(({ gaps }) => gaps.length > 0).map(({ lineNo }) => lineNo);
  const correct = (lineNos: readonly number[]) => setOpen({ form: 'answer', lineNos });
  const everyLine = inquiry.lines.map(({ lineNo }) => lineNo);
  return (
    <>
      <Progress inquiry={inquiry} />
      <IdleAlert inquiry={inquiry} />
      <InquiryActions
        inquiry={inquiry}
        onForm={setOpen}
        onAnswer={() => correct(withGaps.length > 0 ? withGaps : everyLine)}
      />
      <div className="qo-columns">
        <div className="qc-stack">
          <InquiryLines inquiry={inquiry} onCorrect={(lineNo) => correct([lineNo])} />
          {inquiry.order !== null && <ComparisonSection order={inquiry.order} inquiryNo={inquiry.no} />}
        </div>
        <div className="qc-stack">
          <InquiryFacts inquiry={inquiry} />
          <MailsSection inquiryId={inquiry.id} />
          <Conversation documentType="inquiry" documentId={inquiry.id} />
        </div>
      </div>
      {open?.form === 'askBack' && <AskBackForm inquiry={inquiry} onClose={close} />}
      {open?.form === 'decline' && <DeclineForm inquiry={inquiry} onClose={close} />}
      {open?.form === 'answer' && <AnswerForm inquiry={inquiry} lineNos={open.lineNos} onClose={close} />}
      <span className="qc-visually-hidden" aria-live="polite">
        {t(`states.inquiry.${inquiry.state}`)}
      </span>
    </>
  );
}

function InquiryActions({
  inquiry,
  onForm,
  onAnswer,
}: {
  inquiry: Inquiry;
  onForm: (open: OpenForm) => void;
  onAnswer: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const check = useApiAction('inquiryCheck');
  const askBack = useApiAction('inquiryAskBack');
  const convert = useApiAction('inquiryConvert', { onDone: ({ id }) => go(`/orders/${id}`) });
  const withdraw = useApiAction('inquiryWithdraw');
  const reopen = useApiAction('inquiryReopen');
  const at = { params: { inquiryId: inquiry.id }, ifMatch: inquiry.version };
  const hasGaps = inquiry.lines.some(({ gaps }) => gaps.length > 0);
  const failed = [check, askBack, convert, withdraw, reopen].find(({ problem }) => problem !== null);
  const askable = can('inquiry.handle') && inquiry.allowedActions.some(({ action }) => action === 'askBack');
  return (
    <div className="qc-stack" style={{ gap: 8 }}>
      <ActionBar
        document="inquiry"
        actions={inquiry.allowedActions.map((allowed) => ({
          ...allowed,
          // While something is missing, asking for it is the next step.
          primary: hasGaps ? allowed.action === 'askBack' : allowed.primary === true,
        }))}
        run={{
          convert: () => convert.attempt(at),
          check: () => check.attempt(at),
          // One click when it is plain what is missing; otherwise the question has to be written.
          askBack: () => (hasGaps ? askBack.attempt({ ...at, body: {} }) : onForm({ form: 'askBack' })),
          answer: onAnswer,
          decline: { run: () => onForm({ form: 'decline' }), danger: true },
          withdraw: { run: () => withdraw.attempt(at), danger: true, confirm: t('inquiries.withdrawAsk') },
          reopen: () => reopen.attempt(at),
        }}
      >
        {askable && hasGaps && (
          <Button onClick={() => onForm({ form: 'askBack' })}>{t('inquiries.askBackWithNote')}</Button>
        )}
      </ActionBar>
      <ProblemAlert problem={failed?.problem} onClose={() => failed?.clear()} />
    </div>
  );
}

const STAGES = ['received', 'ready', 'converted'] as const;

function Progress({ inquiry }: { inquiry: Inquiry }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const { state } = inquiry;
  const gone = state === 'declined' || state === 'withdrawn' || state === 'lapsed';
  const task = { received: 'inquiry.handle', needs_data: 'inquiry.answer', ready: 'inquiry.convert' }[
    state as 'received' | 'needs_data' | 'ready'
  ];
  return (
    <StageBar
      stages={STAGES.map((key) => ({ key, label: t(`states.inquiry.${key}`) }))}
      current={gone ? 'cancelled' : state === 'needs_data' ? 'received' : state}
      trouble={state === 'needs_data'}
      waiting={
        task === undefined
          ? null
          : {
              holder:
                state === 'needs_data'
                  ? names.partner(inquiry.partner)
                  : (inquiry.salesOwner?.name ?? t('orders.staffRole', { role: t('states.role.sales') })),
              task: t(`states.task.${task}`),
              dueAt: inquiry.dueAt,
            }
      }
    />
  );
}

function InquiryFacts({ inquiry }: { inquiry: Inquiry }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <section className="qc-card" aria-label={t('orders.summary')}>
      <Facts
        items={[
          [
            t('orders.partner'),
            <PathLink key="partner" to={`/partners/${inquiry.partner.id}`}>
              {names.partner(inquiry.partner)}
            </PathLink>,
          ],
          [t('orders.customer'), inquiry.customerName],
          [t('orders.poNo'), inquiry.poNo],
          [t('orders.channel'), t(`states.channel.${inquiry.channel}`)],
          [t('orders.requestedOn'), <BizDate key="on" value={inquiry.requestedOn} />],
          [t('inquiries.receivedAt'), <DateTime key="at" value={inquiry.receivedAt} />],
          [t('inquiries.sentBy'), inquiry.sentBy === null ? null : <PersonName key="by" name={inquiry.sentBy} />],
          ...(inquiry.needsConfirmation
            ? [[t('inquiries.confirmedBy'), inquiry.confirmedBy ?? t('inquiries.needsConfirmation')] as const]
            : []),
          [t('orders.salesOwner'), <PersonName key="owner" name={inquiry.salesOwner?.name} />],
          ...(inquiry.order === null
            ? []
            : [
                [
                  t('states.document.order'),
                  <PathLink key="order" to={`/orders/${inquiry.order.id}`}>
                    {inquiry.order.no}
                  </PathLink>,
                ] as const,
              ]),
        ]}
      />
      {[
        [t('orders.remark'), inquiry.note] as const,
        [t('inquiries.asked'), inquiry.gapsNote] as const,
        [t('inquiries.declineReason'), inquiry.declineReason] as const,
      ].map(([label, text]) =>
        text === null ? null : (
          <div key={label} style={{ marginTop: 12 }}>
            <div className="qc-muted">{label}</div>
            <p className="qo-quote">{text}</p>
          </div>
        ),
      )}
    </section>
  );
}
