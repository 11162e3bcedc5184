import type { z } from 'zod';
import { OPEN_END, type PriceEntrySave } from '../../../../contract/prices.ts';
import { formatDecimal, PRICE_SCALE, parseDecimal, pow10 } from '../../../kernel/decimal.ts';
import { newId } from '../../../kernel/ids.ts';
import { formatQty, parseQty } from '../../../kernel/qty.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, deleteRows, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { unitsColumn } from '../../catalog/index.ts';
import { fromBase, type Measured, ONE_UNIT, toBase, unitNamed, unitsOf } from '../../catalog/unit-rules.ts';
import { closedBefore, firstOverlap } from '../price-periods.ts';
import { readPriceList } from '../price-queries.ts';
import { type PriceEntryRow, type PriceListRow, priceEntryTable } from '../price-tables.ts';
import { lockPriceList, priceListEvent } from './save-price-list.ts';

type Input = z.output<typeof PriceEntrySave> & { priceListId: string };

/**
 * Prices are removed, then ended, then added, in one step; afterwards no two periods of a product and quantity break overlap. Orders keep
 * the prices that they were placed with.
 */
export const savePriceEntries = defineCommand<Input>({
  name: 'price_entry.save',
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
  async run({ tx, command, emit, answers }, input) {
    const list = await lockPriceList(tx, command, input.priceListId);
    const added = await newEntries(tx, list, input.set ?? [], command.now);
    const known = await tx.query<PriceEntryRow>(sql`
      select ${columnsOf(priceEntryTable)} from price_entry where price_list_id = ${list.id}
        and (product_id = any(${added.map((entry) => entry.product_id)}::uuid[]) or product_id in (select product_id from price_entry where id = any(${idsOf(input)}::uuid[]) and price_list_id = ${list.id}))
      order by product_id, min_qty, valid_from`);
    const { removed, closed, kept } = apply(known, added, input);
    const clash = firstOverlap(kept, added);
    if (clash !== null) throw overlap(clash.at, clash.with, input);
    await deleteRows(tx, priceEntryTable, removed);
    await updateRows(tx, priceEntryTable, ['valid_to'], closed);
    await insertRows(tx, priceEntryTable, added);
    if (removed.length + closed.length + added.length > 0) {
      const next = { ...list, version: list.version + 1 };
      await tx.run(sql`update price_list set version = ${next.version} where id = ${list.id}`);
      emit(
        priceListEvent(next, 'price_list.prices_changed', {
          added: added.map(logged),
          closed: closed.map(logged),
          removed: removed.map(logged),
        }),
      );
    }
    // Reading the list counts its prices: an import of many prices would count them for each.
    if (!answers) return { status: 200, body: { id: list.id } };
    const view = await readPriceList(tx, list.id);
    return { status: 200, body: view, etag: view.version };
  },
});

const idsOf = (input: Input): string[] => [...(input.remove ?? []), ...(input.close ?? []).map(({ id }) => id)];

const logged = (entry: PriceEntryRow) => ({
  productId: entry.product_id,
  minQty: formatQty(fromBase(entry.min_qty, entry.unit_factor) ?? 0n),
  ...(entry.unit === null ? {} : { unit: entry.unit }),
  validFrom: entry.valid_from,
  validTo: entry.valid_to,
  unitPrice: formatDecimal(entry.unit_price, PRICE_SCALE, 2),
});

/** What goes, what ends, and what stands beside the new ones. */
function apply(known: readonly PriceEntryRow[], added: readonly PriceEntryRow[], input: Input) {
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

function overlap(at: number, other: PriceEntryRow, input: Input, place: 'set' | 'close' = 'set') {
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

async function newEntries(
  tx: Tx,
  list: PriceListRow,
  set: NonNullable<Input['set']>,
  now: Date,
): Promise<PriceEntryRow[]> {
  if (set.length === 0) return [];
  const products = await tx.query<Measured & { id: string | null; sku: string }>(sql`
    select p.id, p.sku, p.unit, p.unit_en, ${unitsColumn('p')} from unnest(${set.map((entry) => entry.productId ?? null)}::uuid[], ${set.map((entry) => entry.sku ?? null)}::text[]) with ordinality as w(id, sku, at)
    left join product p on p.id = w.id or lower(p.sku) = lower(w.sku) order by w.at`);
  refuseIf(
    products.flatMap(({ id }, at) =>
      id === null
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
