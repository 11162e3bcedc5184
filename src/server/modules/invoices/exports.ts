/** Invoices as a file. */
import { z } from 'zod';
import { InvoiceFilters } from '../../../contract/invoices.ts';
import { exportOf, type ListColumn, type Titles } from '../../platform/export/index.ts';
import { listInvoices } from './invoice-queries.ts';

const t = (hant: string, hans: string, en: string): Titles => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });

const columns: ListColumn<Awaited<ReturnType<typeof listInvoices>>['items'][number]>[] = [
  { titles: t('發票編號', '发票编号', 'Invoice'), type: 'text', width: 18, value: (i) => i.no },
  {
    titles: t('稅務發票號碼', '税务发票号码', 'Tax invoice number'),
    type: 'text',
    width: 24,
    value: (i) => i.taxInvoiceNo,
  },
  { titles: t('狀態', '状态', 'State'), type: 'text', names: 'invoice', value: (i) => i.state },
  { titles: t('票種', '票种', 'Kind'), type: 'text', names: 'invoiceKind', value: (i) => i.kind },
  { titles: t('紅字', '红字', 'Red letter'), type: 'text', names: 'flag', value: (i) => (i.isRed ? 'yes' : 'no') },
  { titles: t('開票日期', '开票日期', 'Issued on'), type: 'date', value: (i) => i.issuedOn },
  { titles: t('渠道編號', '渠道编号', 'Partner number'), type: 'text', value: (i) => i.partner.no },
  { titles: t('渠道名稱', '渠道名称', 'Partner name'), type: 'text', width: 36, value: (i) => i.partner.name },
  { titles: t('訂單號', '订单号', 'Order'), type: 'text', width: 18, value: (i) => i.order.no },
  {
    titles: t('渠道商訂單號', '渠道商订单号', 'Partner’s reference'),
    type: 'text',
    width: 18,
    value: (i) => i.order.poNo,
  },
  { titles: t('幣種', '币种', 'Currency'), type: 'text', width: 8, value: (i) => i.currency },
  { titles: t('不含稅金額', '不含税金额', 'Net'), type: 'amount', value: (i) => i.netAmount },
  { titles: t('稅額', '税额', 'Tax'), type: 'amount', value: (i) => i.taxAmount },
  { titles: t('價稅合計', '价税合计', 'Gross'), type: 'amount', value: (i) => i.grossAmount },
  { titles: t('交付時間', '交付时间', 'Sent at'), type: 'instant', width: 18, value: (i) => i.sentAt },
  { titles: t('簽收時間', '签收时间', 'Received at'), type: 'instant', width: 18, value: (i) => i.receivedAt },
];

export const invoicesExport = exportOf({
  list: 'invoices',
  titles: t('發票', '发票', 'Invoices'),
  can: 'invoice.read',
  query: z.strictObject(InvoiceFilters),
  page: ({ tx, query, ...seeker }) => listInvoices(tx, query, seeker),
  columns,
});
