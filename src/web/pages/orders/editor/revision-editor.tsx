/** The partner objected: each objection is answered, the order is changed where need be, and goes through all checks again. */
import { Alert, Button, Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { orderShown } from '../../../lib/order-shown.ts';
import { Page, Section } from '../../../ui/page.tsx';
import { useGo } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useFieldLabel } from '../field-label.ts';
import { OrderEditor } from '../order-editor.tsx';
import { updateBody } from '../order-editor-model.ts';
import type { Order } from '../order-page.tsx';
import { usePromiseWords } from '../promise-words.tsx';
import { useOrderQuote } from '../use-order-quote.ts';
import { EditConflict } from './edit-conflict.tsx';
import { type Edit, useEdit } from './use-edit.ts';

type Reason = Order['rounds'][number]['reasons'][number];
const keyOf = ({ lineNo }: Reason): string => (lineNo === null ? 'order' : String(lineNo));

export function RevisionEditor({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const edit = useEdit(order);
  const [missing, setMissing] = useState(false);
  const revise = useApiAction('orderRevise', { becomes: orderShown });
  const quote = useOrderQuote(edit.typed, usePromiseWords(), edit.saving);
  const labelOf = useFieldLabel();
  const reasons = order.rounds.at(-1)?.reasons ?? [];
  const subjects = reasons.filter(
    (reason, index) => reasons.findIndex((other) => keyOf(other) === keyOf(reason)) === index,
  );
  const save = () => {
    const open = subjects.some((reason) => (edit.answers[keyOf(reason)] ?? '').trim() === '');
    setMissing(open);
    if (open) return window.scrollTo({ top: 0 });
    void edit.attempt(async () => {
      await revise.run({
        params: { orderId: order.id },
        body: {
          answers: subjects.map((reason) => ({
            answer: edit.answers[keyOf(reason)] ?? '',
            ...(reason.lineNo === null ? {} : { lineNo: reason.lineNo }),
          })),
          changes: updateBody(edit.typed),
        },
        ifMatch: edit.version,
      });
      edit.done();
      go(`/orders/${order.id}`);
    });
  };
  return (
    <Page
      title={t('orders.reviseOf', { no: order.no })}
      crumbs={[
        { title: t('orders.title'), to: '/orders' },
        { title: order.no, to: `/orders/${order.id}` },
      ]}
      footer={
        <>
          <Button
            onClick={() => {
              edit.done();
              go(`/orders/${order.id}`);
            }}
          >
            {t('orders.discard')}
          </Button>
          <Button type="primary" loading={revise.pending} onClick={save}>
            {t('states.action.order.revise')}
          </Button>
        </>
      }
    >
      {edit.restored && !edit.isBehind && <Alert type="info" showIcon title={t('common.draftRestored')} />}
      {edit.isBehind && <EditConflict order={order} edit={edit} />}
      {missing && <Alert type="error" showIcon role="alert" title={t('orders.answersMissing')} />}
      <ProblemAlert
        problem={edit.problem}
        labelOf={(field) => labelOf(field.replace(/^changes\./, ''))}
        onClose={edit.clearProblem}
      />
      <Answers reasons={reasons} subjects={subjects} edit={edit} />
      <OrderEditor typed={edit.typed} change={edit.change} quote={quote} isNew={false} problem={edit.problem} />
    </Page>
  );
}

/** Objections on the same line share their answer. */
function Answers({
  reasons,
  subjects,
  edit,
}: {
  reasons: readonly Reason[];
  subjects: readonly Reason[];
  edit: Edit;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={t('orders.objections')}>
      <Form layout="vertical" component="div">
        {subjects.map((subject) => {
          const key = keyOf(subject);
          return (
            <div key={key} className="qc-stack" style={{ gap: 8 }}>
              <strong>
                {subject.lineNo === null ? t('orders.wholeOrder') : t('common.lineNo', { no: subject.lineNo })}
              </strong>
              {reasons
                .filter((reason) => keyOf(reason) === key)
                .map((reason) => (
                  <p key={reason.reason} className="qo-quote">
                    {reason.reason}
                  </p>
                ))}
              <Form.Item label={t('orders.answer')} required htmlFor={`answer-${key}`}>
                <Input.TextArea
                  id={`answer-${key}`}
                  autoSize={{ minRows: 2, maxRows: 6 }}
                  maxLength={2000}
                  value={edit.answers[key] ?? ''}
                  onChange={(event) => edit.answer(key, event.target.value)}
                />
              </Form.Item>
            </div>
          );
        })}
      </Form>
    </Section>
  );
}
