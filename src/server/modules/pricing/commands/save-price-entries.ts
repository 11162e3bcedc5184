import { OPEN_END } from '../../../../contract/prices.ts';
import { formatDecimal, PRICE_SCALE, parseDecimal, pow10 } from '../../../kernel/decimal.ts';
import { newId } from '../../../kernel/ids.ts';
import { formatQty, parseQty } from '../../../kernel/qty.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { deleteRows, insertRows, updateRows } from '../../../platform/db/table.ts';
import { type BatchCommand, decideOr, defineBatch } from '../../../platform/pipeline/define.ts';
import type { Accepted, Command } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { foldSku } from '../../catalog/index.ts';
import { fromBase, type Measured, ONE_UNIT, toBase, unitNamed, unitsOf } from '../../catalog/unit-rules.ts';
import { closedBefore, firstOverlap } from '../price-periods.ts';
import { readPriceList } from '../price-queries.ts';
import { besideKey, foldPrices, loadPriceState, type PriceSave, type PriceState } from '../price-state.ts';
import { type PriceEntryRow, type PriceListRow, priceEntryTable, priceListTable } from '../price-tables.ts';
import { priceListEvent } from './save-price-list.ts';

type Change = {
  list: PriceListRow;
  removed: readonly PriceEntryRow[];
  closed: readonly PriceEntryRow[];
  added: readonly PriceEntryRow[];
};

const parts: Omit<BatchCommand<PriceSave, PriceState, Change>, 'form' | 'name' | 'respond'> = {
  maxBatch: 500,
  savesAtOnce: true,
  refuses: [
    'price_list.not_found',
    'price_entry.not_found',
    'product.not_found',
    'price.overlap',
    'price.period',
    'price.scale',
    'order.unit_unknown',
    'request.version_stale',
  ],
  load: (tx, commands) =>
    loadPriceState(
      tx,
      commands.map(({ input }) => input),
      true,
    ),
  decide: (state, command) => decideOr(() => change(state, command)),
  save: (tx, state) => savePrices(tx, state),
};

/**
 * Prices are removed, then ended, then added, in one step; afterwards no two periods of a product and quantity break overlap. Orders keep
 * the prices that they were placed with.
 */
export const savePriceEntries = defineBatch<PriceSave, PriceState, Change>({
  ...parts,
  name: 'price_entry.save',
  respond: (tx, _commands, changes) =>
    Promise.all(
      changes.map(async ({ list }) => {
        const view = await readPriceList(tx, list.id);
        return { status: 200, body: view, etag: view.version };
      }),
    ),
});

/** The same for many at once, answered shortly: imports, the demo company. */
export const savePricesOfFile = defineBatch<PriceSave, PriceState, Change>({
  ...parts,
  name: 'price_entry.save_many',
  decide(state, command, env) {
    const decision = parts.decide(state, command, env);
    if (!decision.ok) return decision;
    const { id, code, version } = decision.change.list;
    const [entry] = command.input.set ?? [];
    const no = [code, entry?.sku, entry?.validFrom].filter((part) => part !== undefined).join(' ');
    return { ...decision, answer: { status: 200, body: { id, no }, etag: version } };
  },
});

function change(state: PriceState, command: Command<PriceSave>): Accepted<Change> {
  const { input, now } = command;
  const list = state.lists.get(input.priceListId);
  if (list === undefined) throw refuse('price_list.not_found');
  requireVersion(command, list);
  const added = newEntries(state, list, input.set ?? [], now);
  const known = besideOf(state, list, added, input);
  const { removed, closed, kept } = apply(known, added, input);
  const clash = firstOverlap(kept, added);
  if (clash !== null) throw overlap(clash.at, clash.with, input);
  if (removed.length + closed.length + added.length === 0)
    return { ok: true, change: { list, removed, closed, added }, events: [], tasks: [] };
  const next = { ...list, version: list.version + 1 };
  state.lists.set(next.id, next);
  foldPrices(state, { removed, closed, added });
  const event = priceListEvent(next, 'price_list.prices_changed', {
    added: added.map(logged),
    closed: closed.map(logged),
    removed: removed.map(logged),
  });
  return { ok: true, change: { list: next, removed, closed, added }, events: [event], tasks: [] };
}

/** The prices of this list for the products that the command speaks of. */
function besideOf(state: PriceState, list: PriceListRow, added: readonly PriceEntryRow[], input: PriceSave) {
  const named = idsOf(input).flatMap((id) => state.entries.get(id) ?? []);
  const keys = new Set([...added, ...named].map((row) => besideKey({ ...row, price_list_id: list.id })));
  return [...keys].flatMap((key) => state.beside.get(key) ?? []);
}

/** What all commands together have changed: a price that came and ended in one batch is written once. */
function savePrices(tx: Tx, { before, entries, lists }: PriceState): Promise<unknown> {
  const rows = [...entries.values()];
  return Promise.all([
    deleteRows(
      tx,
      priceEntryTable,
      [...before.values()].filter(({ id }) => !entries.has(id)),
    ),
    updateRows(
      tx,
      priceEntryTable,
      ['valid_to'],
      rows.filter(({ id, valid_to }) => before.has(id) && before.get(id)?.valid_to !== valid_to),
    ),
    insertRows(
      tx,
      priceEntryTable,
      rows.filter(({ id }) => !before.has(id)),
    ),
    updateRows(tx, priceListTable, ['version'], [...lists.values()]),
  ]);
}

const idsOf = (input: PriceSave): string[] => [...(input.remove ?? []), ...(input.close ?? []).map(({ id }) => id)];

const logged = (entry: PriceEntryRow) => ({
  productId: entry.product_id,
  minQty: formatQty(fromBase(entry.min_qty, entry.unit_factor) ?? 0n),
  ...(entry.unit === null ? {} : { unit: entry.unit }),
  validFrom: entry.valid_from,
  validTo: entry.valid_to,
  unitPrice: formatDecimal(entry.unit_price, PRICE_SCALE, 2),
});

/** What goes, what ends, and what stands beside the new ones. */
function apply(known: readonly PriceEntryRow[], added: readonly PriceEntryRow[], input: PriceSave) {
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  const removed = (input.remove ?? []).map((id, at) => {
    const entry = byId.get(id);
    if (entry === undefined) throw refuse('price_entry.not_found', undefined, `remove.${at}`);
    byId.delete(id);
    return entry;
  });
  const closed = new Map<string, PriceEntryRow>();
  for (const [at, { id, validTo }] of (input.close ?? []).entries()) {
    const entry = byId.get(id);
    if (entry === undefined) throw refuse('price_entry.not_found', undefined, `close.${at}.id`);
    if (validTo < entry.valid_from)
      throw refuse('price.period', { validFrom: entry.valid_from }, `close.${at}.validTo`);
    const ended = { ...entry, valid_to: validTo };
    byId.set(id, ended);
    closed.set(id, ended);
  }
  if (input.closeRunning === true) {
    for (const ended of closedBefore([...byId.values()], added)) {
      byId.set(ended.id, ended);
      closed.set(ended.id, ended);
    }
  }
  // A last day that moves out may run into the next price: what has changed is judged like something new.
  const unchanged = [...byId.values()].filter(({ id }) => !closed.has(id));
  const clash = firstOverlap(unchanged, [...closed.values()]);
  if (clash !== null) {
    const id = [...closed.values()][clash.at]?.id;
    throw overlap(
      (input.close ?? []).findIndex((item) => item.id === id),
      clash.with,
      input,
      'close',
    );
  }
  return { removed, closed: [...closed.values()], kept: [...byId.values()] };
}

function overlap(at: number, other: PriceEntryRow, input: PriceSave, place: 'set' | 'close' = 'set') {
  const sku = input.set?.[at]?.sku ?? '';
  return refuse(
    'price.overlap',
    {
      sku,
      minQty: formatQty(fromBase(other.min_qty, other.unit_factor) ?? 0n),
      validFrom: other.valid_from,
      validTo: other.valid_to,
    },
    `${place}.${Math.max(at, 0)}.${place === 'set' ? 'validFrom' : 'validTo'}`,
  );
}

function newEntries(
  state: PriceState,
  list: PriceListRow,
  set: NonNullable<PriceSave['set']>,
  now: Date,
): PriceEntryRow[] {
  const products = set.map(({ productId, sku }) =>
    productId === undefined ? state.bySku.get(foldSku(sku ?? '')) : state.products.get(productId),
  );
  refuseIf(
    products.flatMap((product, at) =>
      product === undefined
        ? [{ code: 'product.not_found', field: `set.${at}.${set[at]?.sku === undefined ? 'productId' : 'sku'}` }]
        : [],
    ),
  );
  const step = pow10(PRICE_SCALE - list.price_scale);
  return set.map((entry, at) => {
    const validTo = entry.validTo ?? OPEN_END;
    if (validTo < entry.validFrom) throw refuse('price.period', { validFrom: entry.validFrom }, `set.${at}.validTo`);
    const price = parseDecimal(entry.unitPrice, PRICE_SCALE);
    const unit = unitOf(products[at], entry.unit, `set.${at}.unit`);
    const written = parseQty(entry.minQty ?? '0');
    const minQty = written === null ? null : toBase(written, unit.unit_factor);
    if (minQty === null) throw refuse('field.qty_format', undefined, `set.${at}.minQty`);
    if (price === null || price % step !== 0n) {
      throw refuse('price.scale', { decimals: String(list.price_scale) }, `set.${at}.unitPrice`);
    }
    return {
      id: newId(now),
      price_list_id: list.id,
      product_id: products[at]?.id ?? '',
      min_qty: minQty,
      valid_from: entry.validFrom,
      valid_to: validTo,
      unit_price: price,
      ...unit,
    };
  });
}

/** The unit that a price is of, with the factor of today; null: the base unit. */
function unitOf(product: (Measured & { sku: string }) | undefined, unit: string | undefined, field: string) {
  if (product === undefined || unit === undefined) return { unit: null, unit_factor: ONE_UNIT };
  const named = unitNamed(product, unit);
  if (named === null) {
    const known = unitsOf(product).map((each) => each.unit);
    throw refuse('order.unit_unknown', { sku: product.sku, unit, known: known.join(', ') }, field);
  }
  return { unit: named.unit === product.unit ? null : named.unit, unit_factor: named.factor };
}
