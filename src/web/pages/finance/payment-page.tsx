/** One receipt: what came in, to which orders it went, how it is posted. */
import { useParams } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BizDate, DateTime, Money } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { Conversation } from '../tasks/conversation.tsx';
import { AllocateForm } from './forms/allocate-form.tsx';
import { ReverseAllocationForm, ReversePaymentForm } from './forms/payment-reverse-forms.tsx';
import { OrderLink } from './links.tsx';
import '../orders/orders.css';
import { PersonName } from '../../ui/person-names.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

type Payment = Answer<'paymentGet'>;
type Allocation = Payment['allocations'][number];
type OpenForm = { form: 'confirm' | 'allocate' | 'reverse' } | { form: 'unallocate'; allocationId: string };

const LIVE_MS = 5_000;

export default function PaymentPage(): ReactElement {
  const { t } = useTranslation();
  const { paymentId } = useParams({ strict: false });
  const query = useApiQuery('paymentGet', { params: { paymentId: paymentId ?? '' } }, { refetchInterval: LIVE_MS });
  const crumbs = [{ title: t('common.menu.payments'), to: '/payments' }];
  const payment = query.data;
  if (payment === undefined)
    return (
      <Page title={t('states.document.payment')} crumbs={crumbs}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return (
    <Page
      title={t('finance.paymentOf', { no: payment.no })}
      crumbs={crumbs}
      extra={<StateTag of="payment" state={payment.state} />}
    >
      <PaymentShown key={payment.id} payment={payment} />
    </Page>
  );
}

function PaymentShown({ payment }: { payment: Payment }): ReactElement {
  const [open, setOpen] = useState<OpenForm | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <ActionBar
        document="payment"
        actions={payment.allowedActions}
        run={{
          confirm: () => setOpen({ form: 'confirm' }),
          allocate: () => setOpen({ form: 'allocate' }),
          reverse: { run: () => setOpen({ form: 'reverse' }), danger: true },
        }}
      />
      <PaymentFacts payment={payment} />
      <Allocations payment={payment} onReverse={(allocationId) => setOpen({ form: 'unallocate', allocationId })} />
      {payment.postings.length > 0 && <Postings payment={payment} />}
      <Conversation documentType="payment" documentId={payment.id} />
      {(open?.form === 'confirm' || open?.form === 'allocate') && (
        <AllocateForm payment={payment} action={open.form} onClose={close} />
      )}
      {open?.form === 'reverse' && <ReversePaymentForm payment={payment} onClose={close} />}
      {open?.form === 'unallocate' && (
        <ReverseAllocationForm payment={payment} allocationId={open.allocationId} onClose={close} />
      )}
    </>
  );
}

function PaymentFacts({ payment }: { payment: Payment }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const money = (value: string) => <Money value={value} currency={payment.currency} />;
  return (
    <section className="qc-card" aria-label={t('finance.summary')}>
      <Facts
        items={[
          [
            t('finance.partner'),
            <PathLink key="partner" to={`/receivables/${payment.partner.id}`}>
              {names.partner(payment.partner)}
            </PathLink>,
          ],
          [t('finance.amount'), <strong key="amount">{money(payment.amount)}</strong>],
          [t('finance.allocated'), money(payment.allocatedAmount)],
          [t('finance.unallocated'), money(payment.unallocatedAmount)],
          [t('finance.receivedOn'), <BizDate key="on" value={payment.receivedOn} />],
          [
            t('finance.method'),
            <span key="method">
              {t(`states.paymentMethod.${payment.method}`)}{' '}
              {payment.methodDiffers && <Tag color="warning">{t('finance.methodDiffers')}</Tag>}
            </span>,
          ],
          [
            t('finance.payer'),
            payment.payerName === null ? null : (
              <span>
                {payment.payerName} {payment.payerDiffers && <Tag color="warning">{t('finance.payerDiffers')}</Tag>}
              </span>
            ),
          ],
          [t('finance.bankRef'), payment.bankRef],
          [t('finance.recordedBy'), <PersonName key="recordedBy" name={payment.recordedBy?.name} />],
          [t('finance.recordedAt'), <DateTime key="recorded" value={payment.recordedAt} />],
          [t('finance.confirmedBy'), <PersonName key="confirmedBy" name={payment.confirmedBy?.name} />],
          [t('finance.confirmedAt'), <DateTime key="confirmed" value={payment.confirmedAt} />],
          ...(payment.note === null ? [] : [[t('finance.note'), payment.note] as const]),
          ...(payment.reverseReason === null ? [] : [[t('finance.reverseReason'), payment.reverseReason] as const]),
        ]}
      />
    </section>
  );
}

function Allocations({ payment, onReverse }: { payment: Payment; onReverse: (id: string) => void }): ReactElement {
  const { t } = useTranslation();
  const back = payment.allowedActions.find(({ action }) => action === 'unallocate');
  const reversible = back !== undefined && back.refusals.length === 0;
  return (
    <Section title={t('finance.allocation')}>
      <PlainTable
        rows={payment.allocations}
        rowKey={({ id }) => id}
        empty={t('finance.noAllocations')}
        columns={[
          {
            key: 'order',
            title: t('finance.order'),
            render: ({ orderId, orderNo, poNo, reversedAt }) => (
              <>
                <OrderLink id={orderId} no={orderNo} /> {reversedAt !== null && <Tag>{t('finance.reversed')}</Tag>}
                <div className="qc-muted qc-num">{poNo}</div>
              </>
            ),
          },
          {
            key: 'item',
            title: t('finance.planItem'),
            render: ({ itemNo, kind }) => `${itemNo}. ${t(`states.planKind.${kind}`)}`,
          },
          { key: 'due', title: t('finance.dueOn'), render: ({ dueOn }) => <BizDate value={dueOn} /> },
          {
            key: 'by',
            title: t('finance.madeBy'),
            render: ({ madeBy, madeAt }) => (
              <>
                <PersonName name={madeBy?.name} /> <DateTime value={madeAt} />
              </>
            ),
          },
          {
            key: 'amount',
            title: t('finance.amount'),
            align: 'right',
            render: ({ amount, reversedAt }) => {
              const money = <Money value={amount} currency={payment.currency} />;
              return reversedAt === null ? money : <s className="qc-muted">{money}</s>;
            },
          },
          ...(reversible
            ? [
                {
                  key: 'actions',
                  title: t('common.actions'),
                  render: ({ id, reversedAt }: Allocation) =>
                    reversedAt === null && (
                      <Button size="small" onClick={() => onReverse(id)}>
                        {t('states.action.payment.unallocate')}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Postings({ payment }: { payment: Payment }): ReactElement {
  const { t } = useTranslation();
  const account = (no: Payment['postings'][number]['debitAccount']) => `${no} ${t(`states.account.${no}`)}`;
  return (
    <Section title={t('finance.postings')}>
      <PlainTable
        rows={payment.postings}
        rowKey={({ voucherNo, debitAccount, creditAccount }) => `${voucherNo} ${debitAccount} ${creditAccount}`}
        columns={[
          {
            key: 'no',
            title: t('finance.voucherNo'),
            render: ({ voucherNo, reversal }) => (
              <>
                <span className="qc-num">{voucherNo}</span> {reversal && <Tag>{t('finance.reversal')}</Tag>}
              </>
            ),
          },
          { key: 'on', title: t('finance.postedOn'), render: ({ postedOn }) => <BizDate value={postedOn} /> },
          { key: 'debit', title: t('finance.debit'), render: ({ debitAccount }) => account(debitAccount) },
          { key: 'credit', title: t('finance.credit'), render: ({ creditAccount }) => account(creditAccount) },
          {
            key: 'amount',
            title: t('finance.amount'),
            align: 'right',
            render: ({ amount }) => <Money value={amount} currency={payment.currency} />,
          },
        ]}
      />
    </Section>
  );
}
