/** Receipts and open items as files. */
import { z } from 'zod';
import { OpenItemFilters, PaymentFilters } from '../../../contract/payments.ts';
import { exportOf, type ListColumn, type Titles } from '../../platform/export/index.ts';
import { listOpenItems } from './ledger-queries.ts';
import { listPayments } from './payment-queries.ts';

const t = (hant: string, hans: string, en: string): Titles => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });
type Items<F extends (...args: never[]) => Promise<{ items: unknown[] }>> = Awaited<ReturnType<F>>['items'][number];

const paymentColumns: ListColumn<Items<typeof listPayments>>[] = [
  { titles: t('收款單號', '收款单号', 'Receipt'), type: 'text', width: 18, value: (p) => p.no },
  { titles: t('狀態', '状态', 'State'), type: 'text', names: 'payment', value: (p) => p.state },
  { titles: t('到賬日期', '到账日期', 'Received on'), type: 'date', value: (p) => p.receivedOn },
  { titles: t('渠道編號', '渠道编号', 'Partner number'), type: 'text', value: (p) => p.partner.no },
  { titles: t('渠道名稱', '渠道名称', 'Partner name'), type: 'text', width: 36, value: (p) => p.partner.name },
  { titles: t('付款人', '付款人', 'Payer'), type: 'text', width: 30, value: (p) => p.payerName },
  {
    titles: t('代付', '代付', 'Other payer'),
    type: 'text',
    names: 'flag',
    value: (p) => (p.payerDiffers ? 'yes' : 'no'),
  },
  { titles: t('方式', '方式', 'Method'), type: 'text', names: 'paymentMethod', value: (p) => p.method },
  { titles: t('銀行流水號', '银行流水号', 'Bank reference'), type: 'text', width: 24, value: (p) => p.bankRef },
  { titles: t('幣種', '币种', 'Currency'), type: 'text', width: 8, value: (p) => p.currency },
  { titles: t('金額', '金额', 'Amount'), type: 'amount', value: (p) => p.amount },
  { titles: t('已分配', '已分配', 'Allocated'), type: 'amount', value: (p) => p.allocatedAmount },
  { titles: t('未分配', '未分配', 'Unallocated'), type: 'amount', value: (p) => p.unallocatedAmount },
];

export const paymentsExport = exportOf({
  list: 'payments',
  titles: t('收款', '收款', 'Receipts'),
  can: 'payment.read',
  query: z.strictObject(PaymentFilters),
  page: ({ tx, query, ...seeker }) => listPayments(tx, query, seeker),
  columns: paymentColumns,
});

const openColumns: ListColumn<Items<typeof listOpenItems>>[] = [
  { titles: t('渠道編號', '渠道编号', 'Partner number'), type: 'text', value: (p) => p.partner.no },
  { titles: t('渠道名稱', '渠道名称', 'Partner name'), type: 'text', width: 36, value: (p) => p.partner.name },
  { titles: t('銷售負責人', '销售负责人', 'Sales contact'), type: 'text', value: (p) => p.salesOwner?.name ?? null },
  { titles: t('幣種', '币种', 'Currency'), type: 'text', width: 8, value: (p) => p.currency },
  { titles: t('應收餘額', '应收余额', 'Balance'), type: 'amount', value: (p) => p.balanceAmount },
  { titles: t('未付合計', '未付合计', 'Open'), type: 'amount', value: (p) => p.openAmount },
  { titles: t('未到期', '未到期', 'Not due'), type: 'amount', value: (p) => p.notDueAmount },
  { titles: t('逾期 1–30 天', '逾期 1–30 天', '1–30 days'), type: 'amount', value: (p) => p.days1To30Amount },
  { titles: t('逾期 31–60 天', '逾期 31–60 天', '31–60 days'), type: 'amount', value: (p) => p.days31To60Amount },
  { titles: t('逾期 61–90 天', '逾期 61–90 天', '61–90 days'), type: 'amount', value: (p) => p.days61To90Amount },
  { titles: t('逾期 90 天以上', '逾期 90 天以上', 'Over 90 days'), type: 'amount', value: (p) => p.over90Amount },
  { titles: t('預收未分配', '预收未分配', 'Unallocated advances'), type: 'amount', value: (p) => p.unallocatedAmount },
  { titles: t('最早到期日', '最早到期日', 'Oldest due'), type: 'date', value: (p) => p.oldestDueOn },
];

export const openItemsExport = exportOf({
  list: 'open-items',
  titles: t('應收賬齡', '应收账龄', 'Open items'),
  can: 'payment.read',
  query: z.strictObject(OpenItemFilters),
  page: ({ tx, query, actor, env, now }) => listOpenItems(tx, query, actor, env, now),
  columns: openColumns,
});
