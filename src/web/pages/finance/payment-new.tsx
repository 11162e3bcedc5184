/** Record a receipt: who, how much, when and how; confirmed and allocated to open orders in the same step if the money is there. */
import { useSearch } from '@tanstack/react-router';
import { Checkbox, Form, Input, Select } from 'antd';
import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PAYMENT_METHODS } from '../../../contract/partners.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { asOne, type ListSearch } from '../../lib/search-params.ts';
import { DateField, DecimalField, RemoteSelect } from '../../ui/fields.tsx';
import { parseDecimal } from '../../ui/line-editor-model.ts';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { Money } from '../../ui/values.tsx';
import { findPartners } from '../orders/lookups.ts';
import { useNames } from '../orders/names.ts';
import { useCompanyDay } from '../shipping/company-time.ts';
import { PageForm } from '../shipping/page-form.tsx';
import { type Allocated, AllocationField, allocationLabel, allocationsOf, type Proposal } from './allocation-field.tsx';
import '../orders/orders.css';

type Method = (typeof PAYMENT_METHODS)[number];
type Values = {
  partnerId?: string;
  amount?: string;
  receivedOn?: string;
  method: Method;
  payerName?: string;
  bankRef?: string;
  note?: string;
  confirm: boolean;
  allocations?: Allocated;
};

const AMOUNT = /^(?!0(\.0*)?$)(0|[1-9]\d{0,14})(\.\d{1,2})?$/;
const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const amountOf = ({ amount }: Values): string => (amount === undefined ? '' : (parseDecimal(amount) ?? amount));

export default function PaymentNew(): ReactElement {
  const { t } = useTranslation();
  const search: ListSearch = useSearch({ strict: false });
  const partnerId = asOne(search['partnerId']);
  const partner = useApiQuery(
    'partnerGet',
    { params: { partnerId: partnerId ?? '' } },
    { enabled: partnerId !== undefined },
  );
  return (
    <Page title={t('finance.recordPayment')} crumbs={[{ title: t('common.menu.payments'), to: '/payments' }]}>
      {partnerId === undefined ? (
        <PaymentForm partner={null} />
      ) : (
        <Loaded query={partner}>{(found) => <PaymentForm key={found.id} partner={found} />}</Loaded>
      )}
    </Page>
  );
}

type Partner = { id: string; no: string; name: string; nameEn: string | null };

function PaymentForm({ partner }: { partner: Partner | null }): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const day = useCompanyDay();
  const record = useApiAction('paymentRecord', { onDone: ({ id }) => go(`/payments/${id}`) });
  const sent = useRef<Allocated>({});
  const proposals = useRef<readonly Proposal[]>([]);
  const send = (values: Values) => {
    sent.current = values.allocations ?? {};
    const allocations = values.confirm ? allocationsOf(values.allocations) : [];
    return record.run({
      body: {
        partnerId: values.partnerId ?? '',
        amount: amountOf(values),
        receivedOn: values.receivedOn ?? '',
        method: values.method,
        ...(filled(values.payerName) ? { payerName: values.payerName } : {}),
        ...(filled(values.bankRef) ? { bankRef: values.bankRef.trim() } : {}),
        ...(filled(values.note) ? { note: values.note } : {}),
        confirm: values.confirm,
        ...(allocations.length === 0 ? {} : { allocations }),
      },
    });
  };
  return (
    <PageForm<Values>
      draftKey={partner === null ? 'payment.new' : `payment.new.${partner.id}`}
      initialValues={{
        receivedOn: day(),
        method: 'bank_transfer',
        confirm: true,
        ...(partner === null ? {} : { partnerId: partner.id }),
      }}
      submitText={t('finance.recordPayment')}
      onSubmit={send}
      labelOf={(field) => allocationLabel(field, sent.current, proposals.current)}
    >
      {(values, set) => (
        <>
          <Section title={t('finance.receipt')}>
            <ReceiptFields partner={partner} onPartner={() => set({ allocations: {} })} />
          </Section>
          {values.confirm && values.partnerId !== undefined && (
            <Section title={t('finance.allocation')}>
              <OpenOrders
                partnerId={values.partnerId}
                amount={amountOf(values)}
                onLoaded={(items) => {
                  proposals.current = items;
                }}
              />
            </Section>
          )}
        </>
      )}
    </PageForm>
  );
}

function ReceiptFields({ partner, onPartner }: { partner: Partner | null; onPartner: () => void }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const must = [{ required: true, message: t('common.required') }];
  return (
    <div className="qo-form-grid">
      <Form.Item name="partnerId" label={t('finance.partner')} rules={must}>
        <RemoteSelect
          search={findPartners}
          onPick={onPartner}
          initial={
            partner === null ? undefined : { value: partner.id, label: names.partner(partner), hint: partner.no }
          }
        />
      </Form.Item>
      <Form.Item name="amount" label={t('finance.amount')} rules={must}>
        <DecimalField />
      </Form.Item>
      <Form.Item name="receivedOn" label={t('finance.receivedOn')} rules={must}>
        <DateField />
      </Form.Item>
      <Form.Item name="method" label={t('finance.method')} rules={must}>
        <Select options={PAYMENT_METHODS.map((value) => ({ value, label: t(`states.paymentMethod.${value}`) }))} />
      </Form.Item>
      <Form.Item name="bankRef" label={t('finance.bankRef')} extra={t('finance.bankRefHint')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="payerName" label={t('finance.payer')} extra={t('finance.payerHint')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="note" label={t('finance.note')} className="is-wide">
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="confirm" valuePropName="checked" className="is-wide" style={{ marginBottom: 0 }}>
        <Checkbox>{t('finance.confirmNow')}</Checkbox>
      </Form.Item>
    </div>
  );
}

function OpenOrders({
  partnerId,
  amount,
  onLoaded,
}: {
  partnerId: string;
  amount: string;
  onLoaded: (items: readonly Proposal[]) => void;
}): ReactElement {
  const { t } = useTranslation();
  const partner = useApiQuery('partnerGet', { params: { partnerId } });
  const query = useApiQuery(
    'partnerProposals',
    { params: { partnerId }, query: AMOUNT.test(amount) ? { amount } : {} },
    { keepPrevious: true },
  );
  useEffect(() => {
    if (query.data !== undefined) onLoaded(query.data.items);
  });
  return (
    <Loaded query={query}>
      {({ items, unallocatedAmount }) => (
        <div className="qc-stack" style={{ gap: 8 }}>
          {parseDecimal(unallocatedAmount) !== '0' && (
            <div className="qc-muted">
              {t('finance.freeBefore')} <Money value={unallocatedAmount} currency={partner.data?.currency} />
            </div>
          )}
          <Form.Item name="allocations" style={{ marginBottom: 0 }}>
            <AllocationField items={items} currency={partner.data?.currency} />
          </Form.Item>
        </div>
      )}
    </Loaded>
  );
}
