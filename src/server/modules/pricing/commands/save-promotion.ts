import type { z } from 'zod';
import type { PromotionCreate, PromotionUpdate } from '../../../../contract/promotions.ts';
import { isCurrency } from '../../../kernel/currency.ts';
import { PRICE_SCALE, parseDecimal, RATE_SCALE } from '../../../kernel/decimal.ts';
import { newId } from '../../../kernel/ids.ts';
import { parseAmount } from '../../../kernel/money.ts';
import { parseQty } from '../../../kernel/qty.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../../company/index.ts';
import { readPromotion } from '../promotion-queries.ts';
import { ON_ORDER } from '../promotion-rules.ts';
import { type PromotionRow, promotionTable } from '../promotion-table.ts';

type Fields = z.output<typeof PromotionUpdate>;
const REFUSES = [
  'promotion.fields',
  'promotion.period',
  'promotion.quota_full',
  'product.not_found',
  'partner.not_found',
  'field.currency',
  'field.amount_decimals',
] as const;

/** A new promotion. Its code and kind stay: what orders were priced by means nothing without them. */
export const createPromotion = defineCommand<z.output<typeof PromotionCreate>>({
  name: 'promotion.create',
  refuses: ['promotion.duplicate', 'field.code_characters', ...REFUSES],
  async run({ tx, command, env, emit }, { code, kind, ...fields }) {
    if (codeProblem(code) !== null) throw refuse('field.code_characters', undefined, 'code');
    const same = await tx.query(sql`select 1 from promotion where lower(code) = lower(${code})`);
    if (same.length > 0) throw refuse('promotion.duplicate', { code }, 'code');
    const nothing = {
      name_en: null,
      rate: null,
      off_price: null,
      off_amount: null,
      buy_qty: null,
      get_qty: null,
      gift_product_id: null,
    };
    const row: PromotionRow = {
      ...nothing,
      currency: kind === 'amount' || ON_ORDER.has(kind) ? env.company.currency : null,
      min_amount: 0n,
      min_qty: 0n,
      product_ids: [],
      categories: [],
      levels: [],
      partner_ids: [],
      on_agreement: false,
      priority: 0,
      stacks: false,
      quota_qty: null,
      ...columns(fields, env.company.currency),
      id: newId(command.now),
      code,
      kind,
      name: fields.name,
      valid_from: fields.validFrom,
      valid_to: fields.validTo,
      used_qty: 0n,
      is_active: true,
      version: 1,
      created_at: command.now,
    };
    await requireConsistent(tx, row);
    await insertRows(tx, promotionTable, [row]);
    emit(
      event(row, 'promotion.created', { code, kind, name: row.name, validFrom: row.valid_from, validTo: row.valid_to }),
    );
    return { status: 201, body: await readPromotion(tx, row.id), etag: 1 };
  },
});

/** Changes, ends or revives a promotion. What orders that were submitted have from it stays with them. */
export const updatePromotion = defineCommand<Fields & { promotionId: string }>({
  name: 'promotion.update',
  refuses: ['promotion.not_found', 'request.version_stale', ...REFUSES],
  async run({ tx, command, env, emit }, { promotionId, ...fields }) {
    const rows = await tx.query<PromotionRow>(
      sql`select ${columnsOf(promotionTable)} from promotion where id = ${promotionId} for update`,
    );
    const before = rows[0];
    if (before === undefined) throw refuse('promotion.not_found');
    requireVersion(command, before);
    // Amounts are of their currency: another one would make other amounts of them.
    if (ON_ORDER.has(before.kind) && (fields.currency ?? before.currency) !== before.currency)
      throw refuse('promotion.fields', { kind: before.kind }, 'currency');
    const set = columns(fields, before.currency ?? env.company.currency);
    const changes = changesBetween(before, set);
    if (Object.keys(changes).length > 0) {
      const after: PromotionRow = { ...before, ...set, version: before.version + 1 };
      await requireConsistent(tx, after);
      const changing = [...Object.keys(set), 'version'] as (keyof PromotionRow & keyof typeof promotionTable.columns)[];
      await updateRows(tx, promotionTable, changing, [after]);
      emit(event(after, 'promotion.changed', { changes }));
    }
    const view = await readPromotion(tx, promotionId);
    return { status: 200, body: view, etag: view.version };
  },
});

const qty = (text: string | null | undefined, field: string): bigint | null | undefined => {
  if (text === undefined || text === null) return text;
  const value = parseQty(text);
  if (value === null) throw refuse('field.qty_format', undefined, field);
  return value;
};

function amount(text: string | undefined, currency: string, field: string): bigint | undefined {
  if (text === undefined) return undefined;
  const value = parseAmount(text, currency);
  if (value === null || value < 0n) throw refuse('field.amount_decimals', { currency }, field);
  return value;
}

/** `usual`: the currency of amounts where none is named. */
function columns(input: Fields, usual: string) {
  const currency = input.currency ?? usual;
  if (!isCurrency(currency)) throw refuse('field.currency', { currency }, 'currency');
  return given({
    name: input.name,
    name_en: input.nameEn,
    rate: input.rate === undefined ? undefined : parseDecimal(input.rate, RATE_SCALE),
    off_price: input.offPrice === undefined ? undefined : parseDecimal(input.offPrice, PRICE_SCALE),
    off_amount: amount(input.offAmount, currency, 'offAmount'),
    min_amount: amount(input.minAmount, currency, 'minAmount'),
    currency: input.currency,
    buy_qty: qty(input.buyQty, 'buyQty'),
    get_qty: qty(input.getQty, 'getQty'),
    gift_product_id: input.giftProductId,
    min_qty: qty(input.minQty, 'minQty') ?? undefined,
    valid_from: input.validFrom,
    valid_to: input.validTo,
    product_ids: input.productIds,
    categories: input.categories,
    levels: input.levels,
    partner_ids: input.partnerIds,
    on_agreement: input.onAgreement,
    priority: input.priority,
    stacks: input.stacks,
    quota_qty: qty(input.quotaQty, 'quotaQty'),
    is_active: input.isActive,
  });
}

const ONE = 10n ** BigInt(RATE_SCALE);

/** Each kind has its own fields and no others; the period has a day; the quota covers what is used; products and partners exist. */
async function requireConsistent(tx: Tx, row: PromotionRow): Promise<void> {
  const wrong = (field: string) => refuse('promotion.fields', { kind: row.kind }, field);
  const rate = row.rate ?? 0n;
  const byRate = row.kind === 'percentage' || row.kind === 'order_percentage';
  const onOrder = ON_ORDER.has(row.kind);
  if (byRate ? rate <= 0n || rate > ONE : row.rate !== null) throw wrong('rate');
  if (row.kind === 'amount' ? (row.off_price ?? 0n) <= 0n : row.off_price !== null) throw wrong('offPrice');
  if ((row.kind === 'order_amount') !== (row.off_amount !== null)) throw wrong('offAmount');
  if ((row.kind === 'amount' || onOrder) !== (row.currency !== null)) throw wrong('currency');
  if (!onOrder && row.min_amount !== 0n) throw wrong('minAmount');
  if (onOrder && row.min_qty !== 0n) throw wrong('minQty');
  if (onOrder && row.quota_qty !== null) throw wrong('quotaQty');
  if ((row.kind === 'free_goods') !== (row.buy_qty !== null)) throw wrong('buyQty');
  if ((row.kind === 'free_goods') !== (row.get_qty !== null)) throw wrong('getQty');
  if (row.kind !== 'free_goods' && row.gift_product_id !== null) throw wrong('giftProductId');
  if (row.valid_to < row.valid_from) throw refuse('promotion.period', { validFrom: row.valid_from }, 'validTo');
  if (row.quota_qty !== null && row.quota_qty < row.used_qty)
    throw refuse('promotion.quota_full', undefined, 'quotaQty');
  const products = [...row.product_ids, ...(row.gift_product_id === null ? [] : [row.gift_product_id])];
  const [knownProducts, knownPartners] = await Promise.all([
    tx.query<{ id: string }>(sql`select id from product where id = any(${products}::uuid[])`),
    tx.query<{ id: string }>(sql`select id from partner where id = any(${row.partner_ids}::uuid[])`),
  ]);
  const isIn = (rows: readonly { id: string }[], id: string) => rows.some((known) => known.id === id);
  const lost = products.find((id) => !isIn(knownProducts, id));
  if (lost !== undefined)
    throw refuse('product.not_found', undefined, lost === row.gift_product_id ? 'giftProductId' : 'productIds');
  if (row.partner_ids.some((id) => !isIn(knownPartners, id)))
    throw refuse('partner.not_found', undefined, 'partnerIds');
}

const event = (row: PromotionRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'promotion',
  documentId: row.id,
  documentNo: row.code,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
