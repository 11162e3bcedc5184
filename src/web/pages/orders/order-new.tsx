/** A new order, taken down by sales. Saved as a draft, or submitted at once. */
import { Alert, Button } from 'antd';
import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { orderShown } from '../../lib/order-shown.ts';
import { type ApiProblem, isProblem } from '../../api/problem.ts';
import { useDraft } from '../../lib/draft.ts';
import { Page } from '../../ui/page.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { OrderEditor } from './order-editor.tsx';
import { createBody, emptyOrder, type OrderTyped } from './order-editor-model.ts';
import { usePromiseWords } from './promise-words.tsx';
import { useFieldLabel } from './field-label.ts';
import { useOrderQuote } from './use-order-quote.ts';
import { nameNow } from '../../i18n/use-name.ts';

const EMPTY = emptyOrder();

export default function OrderNew(): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const draft = useDraft<OrderTyped>('order.new', EMPTY);
  const { set, value: typed } = draft;
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [incomplete, setIncomplete] = useState(false);
  const create = useApiAction('orderCreate', { becomes: orderShown });
  const quote = useOrderQuote(typed, usePromiseWords());
  const change = useCallback((patch: Partial<OrderTyped>) => set((before) => ({ ...before, ...patch })), [set]);
  const labelOf = useFieldLabel();
  usePartnerFromAddress(typed, change);

  const save = async (submit: boolean) => {
    setProblem(null);
    setIncomplete(typed.partner === null);
    if (typed.partner === null) return;
    const expected = quote.totals?.grossAmount;
    try {
      const made = await create.run({
        body: createBody(
          typed,
          submit ? { submit, ...(expected === undefined ? {} : { expectedGrossAmount: expected }) } : {},
        ),
      });
      draft.clear(EMPTY);
      go(`/orders/${made.id}`);
    } catch (error) {
      setProblem(isProblem(error) ? error : null);
      window.scrollTo({ top: 0 });
    }
  };
  return (
    <Page
      title={t('orders.new')}
      crumbs={[{ title: t('orders.title'), to: '/orders' }]}
      footer={
        <>
          <Button onClick={() => draft.clear(EMPTY)}>{t('common.startOver')}</Button>
          <Button loading={create.pending} onClick={() => void save(false)}>
            {t('orders.saveDraft')}
          </Button>
          <Button type="primary" loading={create.pending} onClick={() => void save(true)}>
            {t('states.action.order.submit')}
          </Button>
        </>
      }
    >
      {draft.restored && <Alert type="info" showIcon title={t('common.draftRestored')} />}
      {incomplete && <Alert type="error" showIcon role="alert" title={t('orders.partnerMissing')} />}
      <ProblemAlert problem={problem} labelOf={labelOf} onClose={() => setProblem(null)} />
      <OrderEditor typed={typed} change={change} quote={quote} isNew problem={problem} />
    </Page>
  );
}

/** From a partner's page: `/orders/new?partnerId=…` begins with that partner. */
function usePartnerFromAddress(typed: OrderTyped, change: (patch: Partial<OrderTyped>) => void): void {
  const isOpen = typed.partner === null;
  useEffect(() => {
    const partnerId = new URLSearchParams(window.location.search).get('partnerId');
    if (partnerId === null || !isOpen) return;
    api('partnerGet', { params: { partnerId } }).then(
      (partner) => change({ partner: { value: partner.id, label: nameNow(partner) } }),
      () => {},
    );
  }, [isOpen, change]);
}
