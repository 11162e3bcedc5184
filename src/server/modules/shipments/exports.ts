/** Picking lists and shipments as files. */
import { z } from 'zod';
import { pickingFilters } from '../../../contract/pickings.ts';
import { shipmentFilters } from '../../../contract/shipments.ts';
import { exportOf, type ListColumn, type Titles } from '../../platform/export/index.ts';
import { listPickings } from './picking-queries.ts';
import { listShipments } from './shipment-queries.ts';

const t = (hant: string, hans: string, en: string): Titles => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });
type Items<F extends (...args: never[]) => Promise<{ items: unknown[] }>> = Awaited<ReturnType<F>>['items'][number];

type OfOrder = {
  no: string;
  state: string;
  order: { no: string; poNo: string | null; partner: { no: string; name: string } };
  warehouse: { name: string };
};
/** `family`: that of the names of its states. */
const head = (family: string): ListColumn<OfOrder>[] => [
  { titles: t('單號', '单号', 'Number'), type: 'text', width: 18, value: (row) => row.no },
  { titles: t('狀態', '状态', 'State'), type: 'text', names: family, value: (row) => row.state },
  { titles: t('訂單編號', '订单编号', 'Order'), type: 'text', width: 18, value: (row) => row.order.no },
  { titles: t('客戶訂單號', '客户订单号', 'Purchase order'), type: 'text', width: 18, value: (row) => row.order.poNo },
  { titles: t('渠道編號', '渠道编号', 'Partner number'), type: 'text', value: (row) => row.order.partner.no },
  {
    titles: t('渠道名稱', '渠道名称', 'Partner name'),
    type: 'text',
    width: 36,
    value: (row) => row.order.partner.name,
  },
  { titles: t('倉庫', '仓库', 'Warehouse'), type: 'text', width: 24, value: (row) => row.warehouse.name },
];

export const pickingsExport = exportOf({
  list: 'pickings',
  titles: t('備貨單', '备货单', 'Picking lists'),
  can: 'stock.read',
  query: z.strictObject(pickingFilters),
  page: ({ tx, query, ...viewer }) => listPickings(tx, query, viewer),
  columns: [
    ...head('picking'),
    { titles: t('備妥日', '备妥日', 'Ready by'), type: 'date', value: (row) => row.readyByOn },
    { titles: t('行數', '行数', 'Lines'), type: 'number', value: (row) => String(row.lineCount) },
    { titles: t('應揀', '应拣', 'To pick'), type: 'number', value: (row) => row.qty },
    { titles: t('已揀', '已拣', 'Picked'), type: 'number', value: (row) => row.pickedQty },
    { titles: t('已發', '已发', 'Shipped'), type: 'number', value: (row) => row.shippedQty },
    { titles: t('備貨人', '备货人', 'Picker'), type: 'text', value: (row) => row.startedBy?.name ?? null },
  ] satisfies ListColumn<Items<typeof listPickings>>[],
});

export const shipmentsExport = exportOf({
  list: 'shipments',
  titles: t('出貨單', '出货单', 'Shipments'),
  can: 'shipment.read',
  query: z.strictObject(shipmentFilters),
  page: ({ tx, query, ...viewer }) => listShipments(tx, query, viewer),
  columns: [
    ...head('shipment'),
    { titles: t('承運商', '承运商', 'Carrier'), type: 'text', value: (row) => row.carrier?.name ?? null },
    { titles: t('運單號', '运单号', 'Waybill'), type: 'text', width: 22, value: (row) => row.waybillNo },
    { titles: t('發貨時間', '发货时间', 'Shipped at'), type: 'instant', width: 18, value: (row) => row.shippedAt },
    { titles: t('預計到達', '预计到达', 'Expected on'), type: 'date', value: (row) => row.expectedOn },
    { titles: t('送達時間', '送达时间', 'Delivered at'), type: 'instant', width: 18, value: (row) => row.deliveredAt },
    { titles: t('數量', '数量', 'Quantity'), type: 'number', value: (row) => row.qty },
  ] satisfies ListColumn<Items<typeof listShipments>>[],
});
