/** A draft is changed: saved, or saved and submitted. */
import { Alert, Button } from 'antd';
import { memo, type ReactElement, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { orderShown } from '../../../lib/order-shown.ts';
import { useLatest } from '../../../lib/use-latest.ts';
import { Page } from '../../../ui/page.tsx';
import { useGo } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useFieldLabel } from '../field-label.ts';
import { OrderEditor } from '../order-editor.tsx';
import { updateBody } from '../order-editor-model.ts';
import type { Order } from '../order-page.tsx';
import { usePromiseWords } from '../promise-words.tsx';
import { useOrderQuote } from '../use-order-quote.ts';
import { EditConflict } from './edit-conflict.tsx';
import { useEdit } from './use-edit.ts';

export function DraftEditor({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const edit = useEdit(order);
  const update = useApiAction('orderUpdate', { becomes: orderShown });
  const quote = useOrderQuote(edit.typed, usePromiseWords(), edit.saving);
  const labelOf = useFieldLabel();
  const params = { orderId: order.id };
  const leave = (andSubmit = false) => {
    edit.done();
    go(`/orders/${order.id}${andSubmit ? '?do=submit' : ''}`);
  };
  const save = (andSubmit: boolean) =>
    void edit.attempt(async () => {
      await update.run({ params, body: updateBody(edit.typed), ifMatch: edit.version });
      leave(andSubmit);
    });
  const ways = useLatest({ leave, save });
  const onDiscard = useCallback(() => ways.current.leave(), [ways]);
  const onSave = useCallback((andSubmit: boolean) => ways.current.save(andSubmit), [ways]);
  return (
    <Page
      title={t('orders.editOf', { no: order.no })}
      crumbs={[
        { title: t('orders.title'), to: '/orders' },
        { title: order.no, to: `/orders/${order.id}` },
      ]}
      footer={<Ways busy={update.pending} onDiscard={onDiscard} onSave={onSave} />}
    >
      {edit.restored && !edit.isBehind && <Alert type="info" showIcon title={t('common.draftRestored')} />}
      {edit.isBehind && <EditConflict order={order} edit={edit} />}
      <ProblemAlert problem={edit.problem} labelOf={labelOf} onClose={edit.clearProblem} />
      <OrderEditor typed={edit.typed} change={edit.change} quote={quote} isNew={false} problem={edit.problem} />
    </Page>
  );
}

/** Not drawn with every key that is pressed above. */
const Ways = memo(function Ways({
  busy,
  onDiscard,
  onSave,
}: {
  busy: boolean;
  onDiscard: () => void;
  onSave: (andSubmit: boolean) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Button onClick={onDiscard}>{t('orders.discard')}</Button>
      <Button loading={busy} onClick={() => onSave(false)}>
        {t('orders.saveDraft')}
      </Button>
      <Button type="primary" loading={busy} onClick={() => onSave(true)}>
        {t('orders.saveAndSubmit')}
      </Button>
    </>
  );
});
