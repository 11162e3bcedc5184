/** What a product must fulfil, and its columns from what callers give. */
import type { z } from 'zod';
import type { ProductUpdate } from '../../../contract/catalog.ts';
import { PRICE_SCALE, parseDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { isMultipleOf, isWhole, parseQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { pinyinOf } from '../../kernel/text.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { given } from '../company/index.ts';
import type { ProductState } from './product-state.ts';
import type { ProductRow } from './product-table.ts';

export type ProductFields = z.output<typeof ProductUpdate>;

const MOST_TAX = 1_000_000n;

/** Columns of the fields that were given. Refuses tax rates above 100 % and costs by people who may not see them. */
export function productColumns(input: ProductFields, actor: Actor) {
  if (input.standardCostPrice !== undefined && actor.kind !== 'system' && !actor.permissions.has('cost.read')) {
    throw refuse('permission.denied', { permission: 'cost.read' }, 'standardCostPrice');
  }
  const rate = input.taxRate === undefined ? undefined : parseDecimal(input.taxRate, RATE_SCALE);
  if (rate === null || (rate !== undefined && rate > MOST_TAX)) throw refuse('product.tax_rate', undefined, 'taxRate');
  const name = input.name === undefined ? undefined : pinyinOf(input.name);
  return given({
    name: input.name,
    pinyin: name?.full,
    pinyin_initials: name?.initials,
    name_hans: input.nameHans,
    name_en: input.nameEn,
    spec: input.spec,
    category: input.category,
    kind: input.kind,
    unit: input.unit,
    unit_en: input.unitEn,
    whole_units: input.wholeUnits,
    min_qty: qtyOf(input.minQty, 'minQty'),
    multiple_qty: qtyOf(input.multipleQty, 'multipleQty'),
    tax_rate: rate,
    tax_code: input.taxCode,
    standard_cost_price: priceOf(input.standardCostPrice),
    lead_days: input.leadDays,
    by_capacity: input.byCapacity,
    substitute_ids: input.substituteIds === undefined ? undefined : [...new Set(input.substituteIds)],
    is_sellable: input.isSellable,
    source_ref: input.sourceRef,
  });
}

function qtyOf(text: string | undefined, field: string): bigint | undefined {
  if (text === undefined) return undefined;
  const qty = parseQty(text);
  if (qty === null) throw refuse('field.qty_format', undefined, field);
  return qty;
}

function priceOf(text: string | null | undefined): bigint | null | undefined {
  if (text === undefined || text === null) return text;
  const price = parseDecimal(text, PRICE_SCALE);
  if (price === null) throw refuse('field.price_format', undefined, 'standardCostPrice');
  return price;
}

/** The smallest order must itself be a multiple of the pack; whole-unit items have whole packs; a product is not its own substitute. */
export function requireConsistent({ known }: Pick<ProductState, 'known'>, product: ProductRow): void {
  if (!isMultipleOf(product.min_qty, product.multiple_qty)) throw refuse('product.multiple', undefined, 'minQty');
  if (product.whole_units && !isWhole(product.multiple_qty)) throw refuse('product.multiple', undefined, 'multipleQty');
  if (product.by_capacity && product.kind !== 'service') throw refuse('product.not_service', undefined, 'byCapacity');
  const ids = product.substitute_ids;
  if (ids.includes(product.id)) throw refuse('product.self_substitute', undefined, 'substituteIds');
  if (!ids.every((id) => known.has(id))) throw refuse('product.not_found', undefined, 'substituteIds');
}
