/** What can be done with an order now: the next step first. Steps that need nothing are done at once, the others open their form. */
import { Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { type ApiProblem, isProblem } from '../../api/problem.ts';
import { useCan } from '../../session.tsx';
import { ActionBar } from '../../ui/action-bar.tsx';
import { isZero } from '../../ui/is-zero.ts';
import { useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SaveTemplateButton } from '../templates/template-list.tsx';
import { useOrderForms } from './order-forms.tsx';
import type { Order } from './order-page.tsx';
import { useTell } from '../../ui/tell.tsx';

const FINAL: readonly string[] = ['completed', 'cancelled'];

type Allowed = Order['allowedActions'][number];

/** Differences to the inquiry are accepted in the form that submits: they do not stand in its way. */
const inOurForms = (allowed: Allowed): Allowed =>
  allowed.action === 'submit'
    ? { ...allowed, refusals: allowed.refusals.filter(({ code }) => code !== 'order.inquiry_difference') }
    : allowed;

export function OrderActions({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const open = useOrderForms();
  const navigate = useNavigate();
  const edit = () => navigate({ to: '/orders/$orderId/edit', params: { orderId: order.id } });
  const { plain, problem, clear } = usePlainSteps(order);
  const hasServices = order.lines.some(({ kind }) => kind === 'service' || kind === 'freight');
  const deviation =
    order.state === 'terms_review' && can('order.settle_discrepancy')
      ? order.discrepancies.find(({ state }) => state === 'open')
      : undefined;
  return (
    <div className="qc-stack" style={{ gap: 8 }}>
      <ActionBar
        document="order"
        actions={order.allowedActions.map(inOurForms)}
        run={{
          submit: () => open({ form: 'submit' }),
          passTerms: () => plain.passTerms(),
          sendBack: () => open({ form: 'reason', action: 'sendBack' }),
          passAvailability: () => plain.passAvailability(),
          reportShortage: () => plain.reportShortage(),
          settleShortage: () => open({ form: 'settleShortage' }),
          sendConfirmation: () => plain.sendConfirmation(),
          correctPromise: () => open({ form: 'correctPromise' }),
          recheckAvailability: () => plain.recheckAvailability(),
          object: { run: () => open({ form: 'object' }), label: t('orders.objectForPartner') },
          accept: { run: () => open({ form: 'accept' }), label: t('orders.acceptForPartner') },
          recall: () => open({ form: 'reason', action: 'recall' }),
          revise: edit,
          withdraw: { run: () => open({ form: 'reason', action: 'withdraw' }), danger: true },
          shortClose: () => open({ form: 'shortClose' }),
          ...(hasServices ? { acceptService: () => open({ form: 'acceptService' }) } : {}),
          complete: () => plain.complete(),
          undoCutOver: { run: () => open({ form: 'reason', action: 'undoCutOver' }), danger: true },
        }}
      >
        {deviation !== undefined && (
          <Button type="primary" onClick={() => open({ form: 'discrepancy', id: deviation.id })}>
            {t('orders.settleDiscrepancy')}
          </Button>
        )}
        {order.state === 'draft' && can('order.create') && <Button onClick={edit}>{t('orders.edit')}</Button>}
        <OnwardButtons order={order} />
        {can('order.create') && <CopyButton order={order} />}
        {can('order.create') && order.lines.length > 0 && <SaveTemplateButton orderId={order.id} />}
        {can('hold.place') && !FINAL.includes(order.state) && (
          <Button onClick={() => open({ form: 'reason', action: 'hold' })}>{t('orders.placeHold')}</Button>
        )}
      </ActionBar>
      <ProblemAlert problem={problem} onClose={clear} />
    </div>
  );
}

/** The way on to what follows an order in effect: dispatch, receipt, invoice, each on its own page. */
function OnwardButtons({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  if (order.state !== 'in_effect') return null;
  const ready = order.pickings.some(({ state }) => state === 'ready');
  return (
    <>
      {ready && can('shipment.dispatch') && (
        <Button onClick={() => go(`/shipments/new?orderId=${order.id}`)}>{t('shipping.dispatch')}</Button>
      )}
      {order.paymentStatus !== 'paid' && can('payment.record') && (
        <Button onClick={() => go(`/payments/new?partnerId=${order.partner.id}`)}>{t('finance.recordPayment')}</Button>
      )}
      {order.invoicedAmount !== order.grossAmount && can('invoice.issue') && (
        <Button onClick={() => go(`/invoices/new?orderId=${order.id}`)}>{t('finance.issueInvoice')}</Button>
      )}
    </>
  );
}

/** Steps without a form. The version is that of the order on the screen: whoever sees an old one is told so. */
function usePlainSteps(order: Order) {
  const { t } = useTranslation();
  const { message } = useTell();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const done = (after: Order) => void message.success(t('orders.nowIn', { state: t(`states.order.${after.state}`) }));
  const options = { onDone: done };
  const steps = {
    passTerms: useApiAction('orderPassTerms', options),
    passAvailability: useApiAction('orderPassAvailability', options),
    reportShortage: useApiAction('orderReportShortage', options),
    sendConfirmation: useApiAction('orderSendConfirmation', options),
    recheckAvailability: useApiAction('orderRecheckAvailability', options),
    complete: useApiAction('orderComplete', options),
  };
  const step = (name: keyof typeof steps) => async () => {
    setProblem(null);
    try {
      await steps[name].run({ params: { orderId: order.id }, ifMatch: order.version });
    } catch (error) {
      setProblem(isProblem(error) ? error : null);
    }
  };
  return {
    problem,
    clear: () => setProblem(null),
    plain: {
      passTerms: step('passTerms'),
      passAvailability: step('passAvailability'),
      reportShortage: step('reportShortage'),
      sendConfirmation: step('sendConfirmation'),
      recheckAvailability: step('recheckAvailability'),
      complete: step('complete'),
    },
  };
}

const COPY_NOTE_SECONDS = 8;

/** Whether somebody gave a price or a discount on this order by hand: for this one only, a copy is priced as agreed. */
const hasConcessions = ({ orderDiscountAmount, lines }: Order): boolean =>
  [orderDiscountAmount, ...lines.map(({ discountAmount }) => discountAmount)].some((amount) => !isZero(amount)) ||
  lines.some(({ agreedPrice, unitPrice }) => agreedPrice !== null && agreedPrice !== unitPrice);

function CopyButton({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const { message } = useTell();
  const copy = useApiAction('orderCopy', {
    onDone: ({ id }) => {
      go(`/orders/${id}/edit`);
      if (hasConcessions(order)) void message.info(t('orders.copyLeft'), COPY_NOTE_SECONDS);
    },
  });
  return (
    <>
      <Button loading={copy.pending} onClick={() => void copy.attempt({ params: { orderId: order.id } })}>
        {t('orders.copy')}
      </Button>
      <ProblemAlert problem={copy.problem} onClose={copy.clear} />
    </>
  );
}
