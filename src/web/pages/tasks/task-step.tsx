/** The one next step of a task, where it needs no more than a look: the document in brief, and the button. */
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { Facts, Loaded } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, Money } from '../../ui/values.tsx';

type Task = Item<'taskList'>;

/** Task → action of the life cycle that solves it without any input. */
const PLAIN = {
  'order.review_terms': 'passTerms',
  'order.check_availability': 'passAvailability',
  'order.send_confirmation': 'sendConfirmation',
  'order.recheck_availability': 'recheckAvailability',
  'order.complete': 'complete',
} as const;
type PlainKind = keyof typeof PLAIN;

const isPlainKind = (kind: string): kind is PlainKind => Object.hasOwn(PLAIN, kind);
export const isPlainTask = ({ kind, documentType }: Task): boolean =>
  (documentType === 'order' && isPlainKind(kind)) || kind === 'inquiry.convert';

export function TaskStep({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const action = isPlainKind(task.kind) ? `order.${PLAIN[task.kind]}` : 'inquiry.convert';
  const label = t(`states.action.${action}`);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={`${label} · ${task.documentNo}`}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {isPlainKind(task.kind) ? (
          <OrderStep task={task} action={PLAIN[task.kind]} label={label} onDone={() => setOpen(false)} />
        ) : (
          <ConvertStep task={task} label={label} />
        )}
      </Modal>
    </>
  );
}

type StepProps = { task: Task; label: string };

function OrderStep({
  task,
  action,
  label,
  onDone,
}: StepProps & { action: (typeof PLAIN)[PlainKind]; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const order = useApiQuery('orderGet', { params: { orderId: task.documentId } });
  const steps = {
    passTerms: useApiAction('orderPassTerms', { onDone }),
    passAvailability: useApiAction('orderPassAvailability', { onDone }),
    sendConfirmation: useApiAction('orderSendConfirmation', { onDone }),
    recheckAvailability: useApiAction('orderRecheckAvailability', { onDone }),
    complete: useApiAction('orderComplete', { onDone }),
  };
  const step = steps[action];
  return (
    <Loaded query={order}>
      {(shown) => {
        const allowed = shown.allowedActions.find((offered) => offered.action === action);
        return (
          <div className="qc-stack">
            <Facts
              items={[
                [t('tasks.partner'), shown.partner.name],
                [t('tasks.amount'), <Money key="amount" value={shown.grossAmount} currency={shown.currency} />],
                [t('tasks.requestedOn'), <BizDate key="on" value={shown.requestedOn} />],
                [t('tasks.lines'), String(shown.lines.length)],
                [t('tasks.state'), <StateTag key="state" of="order" state={shown.state} />],
              ]}
            />
            <ProblemAlert problem={step.problem} onClose={step.clear} />
            {(allowed?.refusals ?? []).map((refusal) => (
              <p key={refusal.code} className="qc-overdue">
                {refusal.title}
              </p>
            ))}
            <div className="qc-row" style={{ justifyContent: 'flex-end' }}>
              <PathLink to={`/orders/${shown.id}`}>{t('tasks.openDocument')}</PathLink>
              <Button
                type="primary"
                loading={step.pending}
                disabled={allowed === undefined || allowed.refusals.length > 0}
                onClick={() => void step.attempt({ params: { orderId: shown.id }, ifMatch: shown.version })}
              >
                {label}
              </Button>
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

function ConvertStep({ task, label }: StepProps): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const inquiry = useApiQuery('inquiryGet', { params: { inquiryId: task.documentId } });
  const convert = useApiAction('inquiryConvert', { onDone: ({ id }) => go(`/orders/${id}`) });
  return (
    <Loaded query={inquiry}>
      {(shown) => (
        <div className="qc-stack">
          <Facts
            items={[
              [t('tasks.partner'), shown.partner.name],
              [t('tasks.lines'), String(shown.lines.length)],
              [t('tasks.state'), <StateTag key="state" of="inquiry" state={shown.state} />],
            ]}
          />
          <ProblemAlert problem={convert.problem} onClose={convert.clear} />
          <div className="qc-row" style={{ justifyContent: 'flex-end' }}>
            <PathLink to={`/inquiries/${shown.id}`}>{t('tasks.openDocument')}</PathLink>
            <Button
              type="primary"
              loading={convert.pending}
              onClick={() => void convert.attempt({ params: { inquiryId: shown.id }, ifMatch: shown.version })}
            >
              {label}
            </Button>
          </div>
        </div>
      )}
    </Loaded>
  );
}
