/** Stock, movements and supplies as files. */
import { z } from 'zod';
import { stockFilters, stockMoveFilters, supplyFilters } from '../../../contract/stock.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { exportOf, type ListColumn, type Titles } from '../../platform/export/index.ts';
import { listMoves, listStock } from './stock-queries.ts';
import { listSupplies } from './supply-queries.ts';

const t = (hant: string, hans: string, en: string): Titles => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });
type Items<F extends (...args: never[]) => Promise<{ items: unknown[] }>> = Awaited<ReturnType<F>>['items'][number];
type Place = { product: { sku: string; name: string; unit: string }; warehouse: { code: string; name: string } };

const place: ListColumn<Place>[] = [
  { titles: t('產品編碼', '产品编码', 'Product code'), type: 'text', width: 20, value: (row) => row.product.sku },
  { titles: t('產品名稱', '产品名称', 'Product name'), type: 'text', width: 36, value: (row) => row.product.name },
  { titles: t('單位', '单位', 'Unit'), type: 'text', width: 8, value: (row) => row.product.unit },
  { titles: t('倉庫編碼', '仓库编码', 'Warehouse code'), type: 'text', value: (row) => row.warehouse.code },
  { titles: t('倉庫', '仓库', 'Warehouse'), type: 'text', width: 24, value: (row) => row.warehouse.name },
];

export const stockExport = exportOf({
  list: 'stock',
  titles: t('庫存', '库存', 'Stock'),
  can: 'stock.read',
  query: z.strictObject(stockFilters),
  page: ({ tx, query }) => listStock(tx, query),
  columns: [
    ...place,
    { titles: t('在庫', '在库', 'On hand'), type: 'number', value: (row) => row.onHandQty },
    { titles: t('已預留', '已预留', 'Reserved'), type: 'number', value: (row) => row.reservedQty },
    { titles: t('可用', '可用', 'Available'), type: 'number', value: (row) => row.availableQty },
    { titles: t('在途', '在途', 'Incoming'), type: 'number', value: (row) => row.incomingQty },
    { titles: t('下次到貨', '下次到货', 'Next arrival'), type: 'date', value: (row) => row.nextIncomingOn },
    { titles: t('安全庫存', '安全库存', 'Minimum'), type: 'number', value: (row) => row.minimumQty },
  ] satisfies ListColumn<Items<typeof listStock>>[],
});

export const stockMovesExport = exportOf({
  list: 'stockMoves',
  titles: t('庫存異動', '库存异动', 'Stock movements'),
  can: 'stock.read',
  query: z.strictObject(stockMoveFilters),
  page: ({ tx, query, actor, env }) => listMoves(tx, query, actor, env.company.timeZone),
  columns: [
    { titles: t('時間', '时间', 'At'), type: 'instant', width: 18, value: (row) => row.at },
    ...place,
    { titles: t('種類', '种类', 'Kind'), type: 'text', names: 'moveKind', value: (row) => row.kind },
    { titles: t('數量', '数量', 'Quantity'), type: 'number', value: (row) => row.qty },
    { titles: t('來源單號', '来源单号', 'Source'), type: 'text', value: (row) => row.source.no },
    { titles: t('備註', '备注', 'Note'), type: 'text', width: 36, value: (row) => row.note },
    { titles: t('經手人', '经手人', 'By'), type: 'text', value: (row) => row.actor?.name ?? null },
  ] satisfies ListColumn<Items<typeof listMoves>>[],
});

export const suppliesExport = exportOf({
  list: 'supplies',
  titles: t('來貨', '来货', 'Incoming goods'),
  can: 'stock.read',
  query: z.strictObject(supplyFilters),
  page: ({ tx, query, env, now }) => listSupplies(tx, query, bizDateOf(now, env.company.timeZone)),
  columns: [
    { titles: t('單號', '单号', 'Number'), type: 'text', width: 18, value: (row) => row.no },
    { titles: t('種類', '种类', 'Kind'), type: 'text', names: 'supplyKind', value: (row) => row.kind },
    { titles: t('狀態', '状态', 'State'), type: 'text', names: 'supply', value: (row) => row.state },
    ...place,
    { titles: t('預計到貨日', '预计到货日', 'Expected on'), type: 'date', value: (row) => row.expectedOn },
    { titles: t('數量', '数量', 'Quantity'), type: 'number', value: (row) => row.qty },
    { titles: t('已到', '已到', 'Received'), type: 'number', value: (row) => row.receivedQty },
    { titles: t('未到', '未到', 'Still to come'), type: 'number', value: (row) => row.openQty },
    { titles: t('已承諾', '已承诺', 'Promised'), type: 'number', value: (row) => row.reservedQty },
  ] satisfies ListColumn<Items<typeof listSupplies>>[],
});
