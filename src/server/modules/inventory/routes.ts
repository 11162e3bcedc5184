/** Stock, supplies and availability over HTTP: in and out, nothing decided here. Steps that cross modules are served from src/server/routes.ts. */
import * as contract from '../../../contract/stock.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { qtyOf } from '../../platform/http/wire.ts';
import { readAvailability } from './availability.ts';
import { adjustStock } from './commands/adjust-stock.ts';
import { cancelSupply } from './commands/cancel-supply.ts';
import { planSupply } from './commands/plan-supply.ts';
import { receiveStock } from './commands/receive-stock.ts';
import { reverseMove } from './commands/reverse-move.ts';
import { readPreferences, setPreference } from './commands/set-preference.ts';
import { setMinimum } from './commands/set-minimum.ts';
import { listMoves, listStock } from './stock-queries.ts';
import { listSupplies, readSupply } from './supply-queries.ts';

/** Asked without a quantity, availability answers for one. */
const ONE = 10_000n;

export const stockRoutes: Route[] = [
  read(contract.stockList, ({ tx, query }) => listStock(tx, query)),
  read(contract.stockMovesList, ({ tx, query, actor, env }) => listMoves(tx, query, actor, env.company.timeZone)),
  read(contract.suppliesList, ({ tx, query, now, env }) =>
    listSupplies(tx, query, bizDateOf(now, env.company.timeZone)),
  ),
  read(contract.supplyGet, ({ tx, params, now, env, actor }) => readSupply(tx, params.supplyId, { now, env, actor })),
  read(contract.availabilityGet, ({ tx, query, actor, now, env }) =>
    readAvailability(tx, {
      productId: query.productId,
      qty: query.qty === undefined ? ONE : qtyOf(query.qty, 'qty'),
      warehouseId: query.warehouseId,
      today: bizDateOf(now, env.company.timeZone),
      actor,
    }),
  ),
  write(contract.stockReceive, receiveStock, ({ body }) => ({
    ...body,
    qty: qtyOf(body.qty, 'qty'),
    note: body.note ?? null,
  })),
  write(contract.stockAdjust, adjustStock, ({ body }) => ({ ...body, qty: qtyOf(body.qty, 'qty') })),
  write(contract.stockMinimumSet, setMinimum, ({ body }) => ({
    ...body,
    minimumQty: qtyOf(body.minimumQty, 'minimumQty'),
  })),
  write(contract.stockMoveReverse, reverseMove, ({ params, body }) => ({ moveId: params.moveId, reason: body.reason })),
  write(contract.supplyCreate, planSupply, ({ body }) => ({
    ...body,
    qty: qtyOf(body.qty, 'qty'),
    note: body.note ?? null,
  })),
  read(contract.warehousePreferenceList, ({ tx, params }) => readPreferences(tx, params.partnerId)),
  write(contract.warehousePreferenceSet, setPreference, ({ params, body }) => ({ ...params, ...body })),
  write(contract.supplyCancel, cancelSupply, ({ params, body }) => ({
    supplyId: params.supplyId,
    reason: body.reason,
  })),
];
