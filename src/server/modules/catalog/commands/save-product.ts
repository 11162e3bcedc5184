import type { z } from 'zod';
import type { ProductCreate } from '../../../../contract/catalog.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { deleteRows, insertRows, updateRows } from '../../../platform/db/table.ts';
import { type BatchCommand, decideOr, defineBatch } from '../../../platform/pipeline/define.ts';
import type { Accepted, Actor, Command, NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, requireListed } from '../../company/index.ts';
import { type ProductFields, productColumns, requireConsistent } from '../product-columns.ts';
import { readProduct } from '../product-queries.ts';
import { foldSku, loadProductState, type ProductState } from '../product-state.ts';
import { type ProductRow, type ProductUnitRow, productTable, productUnitTable } from '../product-table.ts';
import { loggedUnits, productUnits, toInput } from '../product-units.ts';

/** A substitute may be named by its code: one that exists, or that comes before in the same batch. */
export type NewProduct = z.output<typeof ProductCreate> & { substituteSku?: string | undefined };
export type ProductChange = ProductFields & { productId: string; substituteSku?: string | undefined };
/** A product as it was (null: new) and as it is, with its further units. */
type Change = { row: ProductRow; isNew: boolean; had: readonly ProductUnitRow[]; units: readonly ProductUnitRow[] };

const REFUSES = [
  'product.not_found',
  'product.self_substitute',
  'product.not_service',
  'product.tax_rate',
  'product.tax_rate_unknown',
  'product.unit_unknown',
  'product.multiple',
  'product.unit',
  'permission.denied',
] as const;

const creating: Omit<BatchCommand<NewProduct, ProductState, Change>, 'form' | 'name' | 'respond'> = {
  maxBatch: 500,
  savesAtOnce: true,
  refuses: [...REFUSES, 'product.duplicate', 'field.code_characters'],
  load: (tx, commands) =>
    loadProductState(
      tx,
      commands.map(({ input }) => ({
        skus: [input.sku, input.substituteSku],
        substituteIds: input.substituteIds,
      })),
    ),
  decide: (state, command) => decideOr(() => accept(state, newProduct(state, command))),
  save: (tx, _state, changes) => saveProducts(tx, changes),
};

/** A new product. Codes are unique whatever their case, and never written with characters that look like others. */
export const createProduct = defineBatch<NewProduct, ProductState, Change>({
  ...creating,
  name: 'product.create',
  respond: (tx, commands, changes) => answerWithProducts(tx, commands, changes, 201),
});

/** The same for many at once, answered with id and code alone: imports, the demo company. */
export const createProducts = defineBatch<NewProduct, ProductState, Change>({
  ...creating,
  name: 'product.create_many',
  decide: (state, command, env) => shortly(creating.decide(state, command, env), 201),
});

const updating: Omit<BatchCommand<ProductChange, ProductState, Change>, 'form' | 'name' | 'respond'> = {
  maxBatch: 500,
  savesAtOnce: true,
  refuses: [...REFUSES, 'request.version_stale'],
  load: (tx, commands) =>
    loadProductState(
      tx,
      commands.map(({ input: { productId, substituteIds, substituteSku } }) => ({
        productId,
        substituteIds,
        skus: [substituteSku],
      })),
    ),
  decide: (state, command) => decideOr(() => changeProduct(state, command)),
  save: (tx, _state, changes) => saveProducts(tx, changes),
};

/** Changes what is given. Orders keep what they were placed with. */
export const updateProduct = defineBatch<ProductChange, ProductState, Change>({
  ...updating,
  name: 'product.update',
  respond: (tx, commands, changes) => answerWithProducts(tx, commands, changes, 200),
});

export const updateProducts = defineBatch<ProductChange, ProductState, Change>({
  ...updating,
  name: 'product.update_many',
  decide: (state, command, env) => shortly(updating.decide(state, command, env), 200),
});

const shortly = (decision: ReturnType<typeof creating.decide>, status: number) => {
  if (!decision.ok) return decision;
  const { id, sku, version } = decision.change.row;
  return { ...decision, answer: { status, body: { id, sku }, etag: version } };
};

const answerWithProducts = (
  tx: Tx,
  commands: readonly { actor: Actor }[],
  changes: readonly Change[],
  status: number,
) =>
  Promise.all(
    changes.map(async ({ row }, at) => {
      const body = await readProduct(tx, row.id, (commands[at] as Command<unknown>).actor);
      return { status, body, etag: body.version };
    }),
  );

function newProduct(state: ProductState, { input, now, actor }: Command<NewProduct>): Accepted<Change> {
  if (codeProblem(input.sku) !== null) throw refuse('field.code_characters', undefined, 'sku');
  if (state.skus.has(foldSku(input.sku))) throw refuse('product.duplicate', { sku: input.sku }, 'sku');
  const one = 10_000n;
  const columns = productColumns(input, actor);
  const row: ProductRow = {
    ...DEFAULTS,
    multiple_qty: one,
    min_qty: columns.multiple_qty ?? one,
    ...columns,
    ...substituteOf(state, input),
    name: input.name,
    unit: input.unit,
    tax_rate: columns.tax_rate ?? 0n,
    id: newId(now),
    sku: input.sku,
    version: 1,
    created_at: now,
    updated_at: now,
  };
  requireConsistent(state, row);
  const units = productUnits(row, input.units ?? []);
  requireListed(state.listed, { taxRate: row.tax_rate, units: named(row, units) });
  const { sku, name, category, kind, unit } = row;
  const created = event(row, 'product.created', {
    sku,
    name,
    category,
    kind,
    unit,
    taxRate: row.tax_rate.toString(),
    isSellable: row.is_sellable,
    ...(units.length > 0 ? { units: loggedUnits(units) } : {}),
  });
  return { ok: true, change: { row, isNew: true, had: [], units }, events: [created], tasks: [] };
}

const DEFAULTS = {
  name_hans: null,
  name_en: null,
  pinyin: '',
  pinyin_initials: '',
  spec: null,
  category: null,
  kind: 'stock',
  unit_en: null,
  whole_units: true,
  tax_code: null,
  standard_cost_price: null,
  lead_days: 0,
  by_capacity: false,
  substitute_ids: [],
  is_sellable: true,
  source_ref: null,
} as const;

const DERIVED = ['pinyin', 'pinyin_initials'];
/** Costs stay out of the log, which more people read than may see costs. */
const HIDDEN = new Set(['standard_cost_price']);

function changeProduct(state: ProductState, command: Command<ProductChange>): Accepted<Change> {
  const { now, actor, input } = command;
  const before = state.products.get(input.productId);
  if (before === undefined) throw refuse('product.not_found');
  requireVersion(command, before);
  // What stands in for it stays, whether or not the change speaks of it.
  for (const id of before.substitute_ids) state.known.add(id);
  const set = { ...productColumns(input, actor), ...substituteOf(state, input) };
  const changes = changesBetween(
    before,
    Object.fromEntries(Object.entries(set).filter(([column]) => !DERIVED.includes(column))),
    HIDDEN,
  );
  const after: ProductRow = { ...before, ...set, version: before.version + 1, updated_at: now };
  const had = state.units.get(before.id) ?? [];
  const units = productUnits(after, input.units ?? had.map(toInput));
  const [was, is] = [loggedUnits(had), loggedUnits(units)];
  if (was.join() !== is.join()) changes['units'] = { before: was.join(', '), after: is.join(', ') };
  if (Object.keys(changes).length === 0)
    return { ok: true, change: { row: before, isNew: false, had, units: had }, events: [], tasks: [] };
  requireConsistent(state, after);
  const names = new Set([before.unit, ...had.map(({ unit }) => unit)]);
  requireListed(state.listed, {
    taxRate: after.tax_rate === before.tax_rate ? null : after.tax_rate,
    units: named(after, units).filter(({ unit }) => !names.has(unit)),
  });
  return accept(state, {
    ok: true,
    change: { row: after, isNew: false, had, units },
    events: [event(after, 'product.changed', { changes })],
    tasks: [],
  });
}

/** What was decided stands for whatever follows in the same batch. */
function accept(state: ProductState, decision: Accepted<Change>): Accepted<Change> {
  const { row, units } = decision.change;
  state.skus.set(foldSku(row.sku), row.id);
  state.known.add(row.id);
  state.products.set(row.id, row);
  state.units.set(row.id, units);
  return decision;
}

function substituteOf(state: ProductState, { substituteSku }: { substituteSku?: string | undefined }) {
  if (substituteSku === undefined) return {};
  const id = state.skus.get(foldSku(substituteSku));
  if (id === undefined) throw refuse('product.not_found', { product: substituteSku }, 'substituteSku');
  state.known.add(id);
  return { substitute_ids: [id] };
}

const COLUMNS = Object.keys(productTable.columns).filter(
  (column) => !['id', 'sku', 'created_at'].includes(column),
) as (keyof ProductRow & string)[];

/** A product that changes twice in a batch is written once, as it is in the end. */
function saveProducts(tx: Tx, changes: readonly Change[]): Promise<unknown> {
  const last = [...new Map(changes.map((change) => [change.row.id, change])).values()];
  const first = new Map(changes.toReversed().map((change) => [change.row.id, change]));
  const isNew = ({ row }: Change) => first.get(row.id)?.isNew === true;
  const differs = last.filter(
    ({ row, units }) => loggedUnits(units).join() !== loggedUnits(first.get(row.id)?.had ?? []).join(),
  );
  return Promise.all([
    insertRows(
      tx,
      productTable,
      last.filter(isNew).map(({ row }) => row),
    ),
    updateRows(
      tx,
      productTable,
      COLUMNS,
      last.filter((change) => !isNew(change)).map(({ row }) => row),
    ),
    deleteRows(
      tx,
      productUnitTable,
      differs.flatMap(({ row }) => [...(first.get(row.id)?.had ?? [])]),
    ),
    insertRows(
      tx,
      productUnitTable,
      differs.flatMap(({ units }) => [...units]),
    ),
  ]);
}

/** All units of a product with the fields that name them. */
const named = (row: ProductRow, units: readonly ProductUnitRow[]) => [
  { field: 'unit', unit: row.unit },
  ...units.map(({ unit }, at) => ({ field: `units.${at}.unit`, unit })),
];

const event = (row: ProductRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'product',
  documentId: row.id,
  documentNo: row.sku,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
