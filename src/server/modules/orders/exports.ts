/** Orders as a file: exactly what the list shows with the same filters. */
import { z } from 'zod';
import { OrderFilters } from '../../../contract/orders.ts';
import { exportOf, type ListColumn, type Titles } from '../../platform/export/index.ts';
import { readOrderList } from './order-list.ts';

const t = (hant: string, hans: string, en: string): Titles => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });
type Item = Awaited<ReturnType<typeof readOrderList>>['items'][number];

const columns: ListColumn<Item>[] = [
  { titles: t('訂單號', '订单号', 'Order'), type: 'text', width: 18, value: (o) => o.no },
  { titles: t('渠道編號', '渠道编号', 'Partner number'), type: 'text', value: (o) => o.partner.no },
  { titles: t('渠道名稱', '渠道名称', 'Partner name'), type: 'text', width: 36, value: (o) => o.partner.name },
  { titles: t('採購單號', '采购单号', 'PO number'), type: 'text', width: 20, value: (o) => o.poNo },
  { titles: t('客戶', '客户', 'Customer'), type: 'text', width: 24, value: (o) => o.customerName },
  { titles: t('狀態', '状态', 'State'), type: 'text', names: 'order', value: (o) => o.state },
  { titles: t('交付', '交付', 'Delivery'), type: 'text', names: 'delivery', value: (o) => o.deliveryStatus },
  { titles: t('付款', '付款', 'Payment'), type: 'text', names: 'paymentStatus', value: (o) => o.paymentStatus },
  { titles: t('開票', '开票', 'Invoice'), type: 'text', names: 'invoiceStatus', value: (o) => o.invoiceStatus },
  { titles: t('銷售對接人', '销售对接人', 'Sales contact'), type: 'text', value: (o) => o.salesOwner?.name ?? null },
  { titles: t('幣種', '币种', 'Currency'), type: 'text', width: 8, value: (o) => o.currency },
  { titles: t('金額', '金额', 'Amount'), type: 'amount', value: (o) => o.grossAmount },
  { titles: t('已付', '已付', 'Paid'), type: 'amount', value: (o) => o.paidAmount },
  { titles: t('要求交期', '要求交期', 'Delivery date'), type: 'date', value: (o) => o.requestedOn },
];

export const ordersExport = exportOf({
  list: 'orders',
  titles: t('訂單', '订单', 'Orders'),
  can: 'order.read',
  query: z.strictObject(OrderFilters),
  page: ({ tx, query, actor, now, env }) => readOrderList(tx, query, { actor, now, env }),
  columns,
});
