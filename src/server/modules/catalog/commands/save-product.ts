import type { z } from 'zod';
import type { ProductCreate } from '../../../../contract/catalog.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, deleteRows, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, requireListed } from '../../company/index.ts';
import { readProduct } from '../product-queries.ts';
import { type ProductFields, productColumns, requireConsistent } from '../product-columns.ts';
import { type ProductRow, type ProductUnitRow, productTable, productUnitTable } from '../product-table.ts';
import { loggedUnits, productUnits, readUnits, toInput } from '../product-units.ts';

/** A new product. Codes are unique whatever their case, and never written with characters that look like others. */
export const createProduct = defineCommand<z.output<typeof ProductCreate>>({
  name: 'product.create',
  refuses: [
    'product.duplicate',
    'product.not_found',
    'product.self_substitute',
    'product.not_service',
    'product.tax_rate',
    'product.tax_rate_unknown',
    'product.unit_unknown',
    'product.multiple',
    'product.unit',
    'permission.denied',
    'field.code_characters',
  ],
  async run({ tx, command, emit, answers }, input) {
    const { now, actor } = command;
    if (codeProblem(input.sku) !== null) throw refuse('field.code_characters', undefined, 'sku');
    const same = await tx.query(sql`select 1 from product where lower(sku) = lower(${input.sku})`);
    if (same.length > 0) throw refuse('product.duplicate', { sku: input.sku }, 'sku');
    const one = 10_000n;
    const columns = productColumns(input, actor);
    const row: ProductRow = {
      name_hans: null,
      name_en: null,
      pinyin: '',
      pinyin_initials: '',
      spec: null,
      category: null,
      kind: 'stock',
      unit_en: null,
      whole_units: true,
      multiple_qty: one,
      min_qty: columns.multiple_qty ?? one,
      tax_code: null,
      standard_cost_price: null,
      lead_days: 0,
      by_capacity: false,
      substitute_ids: [],
      is_sellable: true,
      source_ref: null,
      ...columns,
      name: input.name,
      unit: input.unit,
      tax_rate: columns.tax_rate ?? 0n,
      id: newId(now),
      sku: input.sku,
      version: 1,
      created_at: now,
      updated_at: now,
    };
    await requireConsistent(tx, row);
    const units = productUnits(row, input.units ?? []);
    await requireListed(tx, { taxRate: row.tax_rate, units: named(row, units) });
    await Promise.all([insertRows(tx, productTable, [row]), insertRows(tx, productUnitTable, units)]);
    const { sku, name, category, kind, unit } = row;
    emit(
      event(row, 'product.created', {
        sku,
        name,
        category,
        kind,
        unit,
        taxRate: row.tax_rate.toString(),
        isSellable: row.is_sellable,
        ...(units.length > 0 ? { units: loggedUnits(units) } : {}),
      }),
    );
    // Whoever does not look at the answer (imports) is spared its reading.
    const body = answers ? await readProduct(tx, row.id, actor) : { id: row.id, sku };
    return { status: 201, body, etag: 1 };
  },
});

const DERIVED = ['pinyin', 'pinyin_initials'];
/** Costs stay out of the log, which more people read than may see costs. */
const HIDDEN = new Set(['standard_cost_price']);
const COLUMNS = Object.keys(productTable.columns).filter(
  (column) => !['id', 'sku', 'created_at'].includes(column),
) as (keyof ProductRow & string)[];

/** Changes what is given. Orders keep what they were placed with. */
export const updateProduct = defineCommand<ProductFields & { productId: string }>({
  name: 'product.update',
  refuses: [
    'product.not_found',
    'product.self_substitute',
    'product.not_service',
    'product.tax_rate',
    'product.tax_rate_unknown',
    'product.unit_unknown',
    'product.multiple',
    'product.unit',
    'permission.denied',
    'request.version_stale',
  ],
  async run({ tx, command, emit }, { productId, ...input }) {
    const { now, actor } = command;
    const rows = await tx.query<ProductRow>(
      sql`select ${columnsOf(productTable)} from product where id = ${productId} for update`,
    );
    const before = rows[0];
    if (before === undefined) throw refuse('product.not_found');
    requireVersion(command, before);
    const set = productColumns(input, actor);
    const changes = changesBetween(
      before,
      Object.fromEntries(Object.entries(set).filter(([column]) => !DERIVED.includes(column))),
      HIDDEN,
    );
    const after: ProductRow = { ...before, ...set, version: before.version + 1, updated_at: now };
    const known = await readUnits(tx, productId);
    const units = productUnits(after, input.units ?? known.map(toInput));
    const [was, is] = [loggedUnits(known), loggedUnits(units)];
    if (was.join() !== is.join()) changes['units'] = { before: was.join(', '), after: is.join(', ') };
    if (Object.keys(changes).length > 0) {
      await requireConsistent(tx, after);
      const had = new Set([before.unit, ...known.map(({ unit }) => unit)]);
      await requireListed(tx, {
        taxRate: after.tax_rate === before.tax_rate ? null : after.tax_rate,
        units: named(after, units).filter(({ unit }) => !had.has(unit)),
      });
      await updateRows(tx, productTable, COLUMNS, [after]);
      await deleteRows(tx, productUnitTable, known);
      await insertRows(tx, productUnitTable, units);
      emit(event(after, 'product.changed', { changes }));
    }
    const view = await readProduct(tx, productId, actor);
    return { status: 200, body: view, etag: view.version };
  },
});

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
