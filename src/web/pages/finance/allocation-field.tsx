/** How much of a receipt goes to which open order. Proposals come from the server; one press takes them over. */
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { Empty } from '../../ui/empty.tsx';
import { DecimalField } from '../../ui/fields.tsx';
import { parseDecimal } from '../../ui/line-editor-model.ts';
import { BizDate, Money } from '../../ui/values.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { OrderLink } from './links.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

export type Proposal = Answer<'paymentProposals'>['items'][number];
/** Amounts as typed, by order. */
export type Allocated = Record<string, string | undefined>;

/** As the API takes them; in the order of the proposals, so that a refusal's index finds its order. */
export function allocationsOf(allocated: Allocated | undefined): { orderId: string; amount: string }[] {
  return Object.entries(allocated ?? {}).flatMap(([orderId, text]) => {
    if (text === undefined || text.trim() === '') return [];
    const amount = parseDecimal(text) ?? text;
    return amount === '0' ? [] : [{ orderId, amount }];
  });
}

/** "Order SO-1, amount" of `allocations.0.amount`. */
export function allocationLabel(
  field: string,
  allocated: Allocated | undefined,
  items: readonly Proposal[],
): string | null {
  const index = /^allocations\.(\d+)/.exec(field)?.[1];
  if (index === undefined) return null;
  const orderId = allocationsOf(allocated)[Number.parseInt(index, 10)]?.orderId;
  return items.find((item) => item.orderId === orderId)?.orderNo ?? null;
}

const proposedOf = (items: readonly Proposal[]): Allocated =>
  Object.fromEntries(
    items
      .filter(({ proposedAmount }) => parseDecimal(proposedAmount) !== '0')
      .map((item) => [item.orderId, item.proposedAmount]),
  );

export function AllocationField({
  value,
  onChange,
  items,
  currency,
}: {
  value?: Allocated | undefined;
  onChange?: (value: Allocated) => void;
  items: readonly Proposal[];
  currency: string | undefined;
}): ReactElement {
  const { t } = useTranslation();
  const money = (amount: string) => <Money value={amount} currency={currency} />;
  const put = (next: Allocated) => onChange?.(next);
  if (items.length === 0) return <Empty text={t('finance.noOpenOrders')} />;
  return (
    <div className="qc-stack" style={{ gap: 8 }}>
      <div className="qc-row">
        <Button onClick={() => put(proposedOf(items))}>{t('finance.takeProposal')}</Button>
        <Button type="text" onClick={() => put({})}>
          {t('finance.clearAllocation')}
        </Button>
      </div>
      <PlainTable
        rows={items}
        rowKey={({ orderId }) => orderId}
        columns={[
          {
            key: 'order',
            title: t('finance.order'),
            render: (item) => (
              <>
                <OrderLink id={item.orderId} no={item.orderNo} />{' '}
                {item.exact && <Tag color="success">{t('finance.exact')}</Tag>}
                <div className="qc-muted">
                  <span className="qc-num">{item.poNo}</span> <StateTag of="paymentStatus" state={item.paymentStatus} />
                </div>
              </>
            ),
          },
          {
            key: 'due',
            title: t('finance.dueOn'),
            render: ({ dueOn, overdueDays }) => (
              <span className={overdueDays > 0 ? 'qc-overdue' : undefined}>
                <BizDate value={dueOn} />
                {overdueDays > 0 && <div>{t('finance.overdueDays', { count: overdueDays })}</div>}
              </span>
            ),
          },
          { key: 'open', title: t('finance.open'), align: 'right', render: ({ openAmount }) => money(openAmount) },
          { key: 'dueNow', title: t('finance.due'), align: 'right', render: ({ dueAmount }) => money(dueAmount) },
          {
            key: 'now',
            title: t('finance.allocateNow'),
            width: 170,
            render: ({ orderId, orderNo }) => (
              <DecimalField
                aria-label={t('finance.allocateTo', { no: orderNo })}
                value={value?.[orderId]}
                onChange={(amount) => put({ ...value, [orderId]: amount })}
              />
            ),
          },
        ]}
      />
    </div>
  );
}
