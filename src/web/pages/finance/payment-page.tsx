/** One receipt: what came in, to which orders it went, how it is posted. */
import { useParams } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Empty } from '../../ui/empty.tsx';
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
import { Sideways } from '../../ui/sideways.tsx';

type Payment = Answer<'paymentGet'>;
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
      {payment.allocations.length === 0 ? (
        <Empty text={t('finance.noAllocations')} />
      ) : (
        <Sideways>
          <table className="qo-table">
            <thead>
              <tr>
                <th scope="col">{t('finance.order')}</th>
                <th scope="col">{t('finance.planItem')}</th>
                <th scope="col">{t('finance.dueOn')}</th>
                <th scope="col">{t('finance.madeBy')}</th>
                <th scope="col" className="is-num">
                  {t('finance.amount')}
                </th>
                <th scope="col">
                  <span className="qc-visually-hidden">{t('common.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {payment.allocations.map((allocation) => (
                <tr key={allocation.id} className={allocation.reversedAt === null ? undefined : 'qo-struck qc-muted'}>
                  <td>
                    <OrderLink id={allocation.orderId} no={allocation.orderNo} />
                    <div className="qc-muted qc-num">{allocation.poNo}</div>
                  </td>
                  <td>
                    {allocation.itemNo}. {t(`states.planKind.${allocation.kind}`)}
                  </td>
                  <td>
                    <BizDate value={allocation.dueOn} />
                  </td>
                  <td>
                    <PersonName name={allocation.madeBy?.name} /> <DateTime value={allocation.madeAt} />
                  </td>
                  <td className="is-num">
                    <Money value={allocation.amount} currency={payment.currency} />
                  </td>
                  <td>
                    {allocation.reversedAt === null && reversible && (
                      <Button size="small" onClick={() => onReverse(allocation.id)}>
                        {t('states.action.payment.unallocate')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
      )}
    </Section>
  );
}

function Postings({ payment }: { payment: Payment }): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={t('finance.postings')}>
      <Sideways>
        <table className="qo-table">
          <thead>
            <tr>
              <th scope="col">{t('finance.voucherNo')}</th>
              <th scope="col">{t('finance.postedOn')}</th>
              <th scope="col">{t('finance.debit')}</th>
              <th scope="col">{t('finance.credit')}</th>
              <th scope="col" className="is-num">
                {t('finance.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {payment.postings.map((posting) => (
              <tr key={`${posting.voucherNo} ${posting.debitAccount} ${posting.creditAccount}`}>
                <td className="qc-num">
                  {posting.voucherNo} {posting.reversal && <Tag>{t('finance.reversal')}</Tag>}
                </td>
                <td>
                  <BizDate value={posting.postedOn} />
                </td>
                <td>
                  {posting.debitAccount} {t(`states.account.${posting.debitAccount}`)}
                </td>
                <td>
                  {posting.creditAccount} {t(`states.account.${posting.creditAccount}`)}
                </td>
                <td className="is-num">
                  <Money value={posting.amount} currency={payment.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Sideways>
    </Section>
  );
}
