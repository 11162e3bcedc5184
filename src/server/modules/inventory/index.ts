/** Front door of inventory: what lies in the warehouses, what will come, and what of it is free. */
export { addSupply } from './commands/plan-supply.ts';
export { type ReceiveStock } from './commands/receive-stock.ts';
export { stockExport, stockMovesExport, suppliesExport } from './exports.ts';
export {
  type GoodsColumns,
  goodsColumns,
  isGoods,
  type PlaceColumns,
  placeColumns,
  productView,
  requireGoods,
  requireWhole,
  warehouseView,
} from './goods.ts';
export { stockImport } from './import-stock.ts';
export { lockStock, moveEvent, moveOf, saveLevel, type StockLevel } from './stock-moves.ts';
export { countUpTo } from './stock-queries.ts';
export { type StockMoveRow, stockMoveTable, stockTable, type SupplyTableRow, supplyTable } from './stock-tables.ts';
export { lockOpenSupply, openQty, requireFuture, supplyEvent } from './supplies.ts';
export { readSupply } from './supply-queries.ts';
