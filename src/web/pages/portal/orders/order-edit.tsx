/** A draft of one's own, mended and submitted; also where a copy of an earlier order arrives. */
import { useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { orderShown } from '../../../lib/order-shown.ts';
import { useDraft } from '../../../lib/draft.ts';
import type { Quoted } from '../../../ui/line-server.ts';
import { Loaded, Page } from '../../../ui/page.tsx';
import { useGo } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { draftOf, type OrderDraft, orderBody, problemsAt, unreadLines } from './order-draft.ts';
import { OrderEditor } from './order-editor.tsx';
import type { Order } from './order-page.tsx';
import '../portal.css';
import { useTell } from '../../../ui/tell.tsx';

export default function OrderEdit(): ReactElement {
  const { t } = useTranslation();
  const { orderId = '' } = useParams({ strict: false });
  const query = useApiQuery('orderGet', { params: { orderId } });
  if (query.data === undefined)
    return (
      <Page title={t('portal.edit')} crumbs={[{ title: t('common.menu.myOrders'), to: '/portal/orders' }]}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return <Editing key={query.data.id} order={query.data} />;
}

function Editing({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const go = useGo();
  const [from] = useState(() => ({ version: order.version, draft: draftOf(order) }));
  const draft = useDraft<OrderDraft>(`portal-order.${order.id}.v${from.version}`, from.draft);
  const [quoted, setQuoted] = useState<Quoted | null>(null);
  const update = useApiAction('orderUpdate', { becomes: orderShown });
  const submit = useApiAction('orderSubmit');
  const { set } = draft;
  const change = useCallback((patch: Partial<OrderDraft>) => set((before) => ({ ...before, ...patch })), [set]);
  const params = { orderId: order.id };
  const problem = update.problem ?? submit.problem;
  const save = async (andSubmit: boolean) => {
    const body = orderBody(draft.value);
    const [unread] = unreadLines(draft.value);
    if (unread !== undefined) return void message.warning(t('portal.lineUnread', { no: unread }));
    submit.clear();
    // The version that the server has now: a submit that was refused after a save leaves a newer one behind.
    const saved = await update.attempt({ params, ifMatch: order.version, body });
    if (saved === undefined) return void window.scrollTo({ top: 0 });
    // Where it came from an inquiry, the differences are shown on its page before it goes on.
    if (andSubmit && saved.inquiry === null) {
      const sent = await submit.attempt({ params, ifMatch: saved.version, body: {} });
      if (sent === undefined) return void window.scrollTo({ top: 0 });
      void message.success(t('portal.orderSubmitted', { no: order.no }));
    }
    draft.clear(draft.value);
    go(`/portal/orders/${order.id}`);
  };
  const isDraft = order.state === 'draft';
  return (
    <Page
      title={t('portal.editOf', { no: order.no })}
      crumbs={[
        { title: t('common.menu.myOrders'), to: '/portal/orders' },
        { title: order.no, to: `/portal/orders/${order.id}` },
      ]}
      footer={
        <>
          <Button disabled={!isDraft || update.pending} onClick={() => void save(false)}>
            {t('portal.saveDraft')}
          </Button>
          <Button
            type="primary"
            disabled={!isDraft}
            loading={update.pending || submit.pending}
            onClick={() => void save(true)}
          >
            {t(order.inquiry === null ? 'portal.submitOrder' : 'portal.toSubmit')}
          </Button>
        </>
      }
    >
      {!isDraft && <Alert type="warning" showIcon title={t('portal.noDraft')} />}
      {draft.restored && <Alert type="info" showIcon title={t('common.draftRestored')} />}
      <ProblemAlert problem={problem} onClose={() => (update.clear(), submit.clear())} />
      <OrderEditor
        draft={draft.value}
        change={change}
        problemsAt={problemsAt(draft.value, problem)}
        quoted={quoted}
        onQuoted={setQuoted}
      />
    </Page>
  );
}
