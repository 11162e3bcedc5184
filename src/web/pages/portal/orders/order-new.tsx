/** An order straight away from products: typed, priced while typing, submitted or kept as a draft. */
import { useSearch } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { orderShown } from '../../../lib/order-shown.ts';
import { useDraft } from '../../../lib/draft.ts';
import { asOne, type ListSearch } from '../../../lib/search-params.ts';
import { useLatest } from '../../../lib/use-latest.ts';
import { emptyLine, isBlank } from '../../../ui/line-editor-model.ts';
import { productName, type Quoted } from '../../../ui/line-server.ts';
import { Page } from '../../../ui/page.tsx';
import { useGo } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { EMPTY_ORDER, type OrderDraft, orderBody, problemsAt, unreadLines } from './order-draft.ts';
import { OrderEditor } from './order-editor.tsx';
import '../portal.css';
import { useTell } from '../../../ui/tell.tsx';

export default function OrderNew(): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const go = useGo();
  const draft = useDraft<OrderDraft>('portal-order.new', EMPTY_ORDER);
  const [quoted, setQuoted] = useState<Quoted | null>(null);
  const create = useApiAction('orderCreate', { becomes: orderShown });
  const { set } = draft;
  const change = useCallback((patch: Partial<OrderDraft>) => set((before) => ({ ...before, ...patch })), [set]);
  useWantedProduct(draft.value, change);
  const save = async (submit: boolean) => {
    const body = orderBody(draft.value);
    const [unread] = unreadLines(draft.value);
    if (unread !== undefined) return void message.warning(t('portal.lineUnread', { no: unread }));
    if (body.lines.length === 0) return void message.warning(t('portal.inquiry.noLines'));
    const made = await create.attempt({ body: { ...body, ...(submit ? { submit } : {}) } });
    if (made === undefined) return void window.scrollTo({ top: 0 });
    draft.clear(EMPTY_ORDER);
    void message.success(t(submit ? 'portal.orderSubmitted' : 'portal.orderSaved', { no: made.no }));
    go(`/portal/orders/${made.id}`);
  };
  return (
    <Page
      title={t('portal.newOrder')}
      crumbs={[{ title: t('common.menu.myOrders'), to: '/portal/orders' }]}
      footer={
        <>
          <Button disabled={create.pending} onClick={() => void save(false)}>
            {t('portal.saveDraft')}
          </Button>
          <Button type="primary" loading={create.pending} onClick={() => void save(true)}>
            {t('portal.submitOrder')}
          </Button>
        </>
      }
    >
      {draft.restored && (
        <Alert
          type="info"
          showIcon
          title={t('common.draftRestored')}
          action={
            <Button size="small" onClick={() => draft.clear(EMPTY_ORDER)}>
              {t('common.startOver')}
            </Button>
          }
        />
      )}
      <ProblemAlert problem={create.problem} onClose={create.clear} />
      <OrderEditor
        draft={draft.value}
        change={change}
        problemsAt={problemsAt(draft.value, create.problem)}
        quoted={quoted}
        onQuoted={setQuoted}
      />
    </Page>
  );
}

/** `?product=…`: somebody came from a product's page; it becomes a line, once. */
function useWantedProduct(draft: OrderDraft, change: (patch: Partial<OrderDraft>) => void): void {
  const search: ListSearch = useSearch({ strict: false });
  const productId = asOne(search['product']);
  const latest = useLatest(draft);
  useEffect(() => {
    if (productId === undefined) return;
    const control = new AbortController();
    api('productGet', { params: { productId } }, { signal: control.signal }).then(
      (found) => {
        const { lines } = latest.current;
        if (control.signal.aborted || lines.some(({ product }) => product?.id === found.id)) return;
        const product = { id: found.id, sku: found.sku, name: productName(found), unit: found.unit };
        change({
          lines: [
            ...lines.filter((line) => !isBlank(line)),
            { ...emptyLine(), product, text: found.sku, qty: found.minQty },
          ],
        });
      },
      () => {},
    );
    return () => control.abort();
  }, [productId, change, latest]);
}
