/** A shortage: what may be done about it, worked out and stored in the transaction that finds it, and what production is asked. Source: R4.2. */
import { mayBuy } from '../partners/range-rules.ts';
import { holderOf } from '../../../contract/tasks.ts';
import { divRoundHalfUp, formatDecimal, PRICE_SCALE } from '../../kernel/decimal.ts';
import { formatQty, isMultipleOf } from '../../kernel/qty.ts';
import { ONE_UNIT } from '../catalog/unit-rules.ts';
import type { LinePlan } from '../inventory/promise-rules.ts';
import { priceAll } from '../pricing/line-price-rules.ts';
import { BASE_UNIT } from '../pricing/price-rules.ts';
import { demandsOf } from './availability-steps.ts';
import { pricingFor } from './order-load.ts';
import type { LineRow, ProductionAnswer, Shortage } from './order-tables.ts';
import { deadlineOf, go, type Work } from './order-work.ts';

/** Tells sales at once what is missing and what could be done about it; production is asked about what its plan does not hold. */
export function reportShortage(work: Work, plans: readonly LinePlan[], automatic: readonly string[]): void {
  const short = plans.filter((plan) => plan.short > 0n);
  work.order.row.shortages = short.flatMap((plan) => shortageOptions(work, plan));
  go(work, 'reportShortage', {
    payload: {
      lines: short.map((plan) => ({ lineNo: plan.lineNo, short: plan.short.toString(), laterOn: plan.laterOn })),
      ...(automatic.length > 0 ? { automatic } : {}),
    },
  });
  askProduction(work, short);
}

function shortageOptions(work: Work, plan: LinePlan): Shortage[] {
  const { order, state } = work;
  const line = order.lines.find(({ line_no }) => line_no === plan.lineNo);
  if (line === undefined) return [];
  const available = line.qty - plan.short;
  const options: Shortage[] = [];
  const base = { lineNo: plan.lineNo, availableQty: formatQty(available), substitute: null };
  if (plan.laterOn !== null) options.push({ ...base, kind: 'later_date', on: plan.laterOn });
  if (plan.laterOn !== null && available > 0n) options.push({ ...base, kind: 'split', on: plan.laterOn });
  const product = state.products.get(line.product_id);
  if (
    available > 0n &&
    product !== undefined &&
    available >= product.min_qty &&
    isMultipleOf(available, product.multiple_qty)
  )
    options.push({ ...base, kind: 'reduce', on: line.requested_on });
  const elsewhere = fromElsewhere(work, line);
  if (elsewhere !== null) options.push({ ...base, kind: 'other_warehouse', ...elsewhere });
  for (const id of product?.substitute_ids ?? []) {
    const offer = substituteFor(work, line, id);
    if (offer !== null) options.push({ ...base, kind: 'substitute', ...offer });
  }
  return options;
}

/** What the line could have from all warehouses together, where it is bound to one. */
function fromElsewhere(work: Work, line: LineRow): Pick<Shortage, 'on' | 'warehouse'> | null {
  const demands = demandsOf(work);
  const bound = demands.find(({ lineNo, only }) => lineNo === line.line_no && only?.warehouseId != null);
  if (bound === undefined) return null;
  const { only: _only, ...free } = bound;
  const plan = work.state.ledger
    .plan(
      demands.map((demand) => (demand === bound ? free : demand)),
      work.today,
    )
    .find(({ lineNo }) => lineNo === line.line_no);
  const other = plan?.pieces.find(({ warehouseId }) => warehouseId !== bound.only?.warehouseId);
  if (plan === undefined || plan.short > 0n || other === undefined) return null;
  const name = work.state.warehouses.get(other.warehouseId)?.name ?? '';
  return { on: lastDay(plan), warehouse: { id: other.warehouseId, name } };
}

/** Another product in time and in full, priced by the same agreement, with the difference of a base unit. */
function substituteFor(work: Work, line: LineRow, productId: string): Pick<Shortage, 'on' | 'substitute'> | null {
  const { order, state } = work;
  const substitute = state.products.get(productId);
  if (substitute === undefined || !substitute.is_sellable || !mayBuy(work.partner, substitute)) return null;
  if (line.qty < substitute.min_qty || !isMultipleOf(line.qty, substitute.multiple_qty)) return null;
  const on = order.row.pricing_on ?? work.today;
  const agreed = agreedPrice(work, productId, line.qty, on);
  if (agreed === null) return null;
  const demands = demandsOf(work).map((demand) => (demand.lineNo === line.line_no ? { ...demand, productId } : demand));
  const plan = state.ledger.plan(demands, work.today).find(({ lineNo }) => lineNo === line.line_no);
  if (plan === undefined || plan.short > 0n) return null;
  const before = divRoundHalfUp(line.unit_price * ONE_UNIT, line.unit_factor);
  return {
    on: lastDay(plan),
    substitute: {
      productId,
      sku: substitute.sku,
      name: substitute.name,
      nameHans: substitute.name_hans,
      nameEn: substitute.name_en,
      unitPrice: formatDecimal(agreed, PRICE_SCALE, 2),
      priceDifference: formatDecimal(agreed - before, PRICE_SCALE, 2),
    },
  };
}

/** What a base unit costs by the agreement, promotions included; null: nothing is agreed. */
function agreedPrice({ state, partner, order }: Work, productId: string, qty: bigint, on: string): bigint | null {
  const { lines } = priceAll([{ productId, qty, unit: BASE_UNIT, free: false }], {
    ...pricingFor(state, partner, on),
    taxInclusive: order.row.tax_inclusive,
    quotaLeft: ({ quota_qty, used_qty }) => (quota_qty === null ? null : quota_qty - used_qty),
    kept: new Set(),
  });
  return lines[0]?.agreed ?? null;
}

const lastDay = ({ pieces }: LinePlan): string | null =>
  pieces
    .map(({ promisedOn }) => promisedOn)
    .sort()
    .at(-1) ?? null;

/** Production answers for goods that are made and that neither stock nor plan will ever cover; what it has answered it is not asked again. */
function askProduction(work: Work, short: readonly LinePlan[]): void {
  const { order, state } = work;
  const answered = order.row.production_answers.filter(({ answer }) => answer !== null);
  const asked = short.flatMap((plan): ProductionAnswer[] => {
    const line = order.lines.find(({ line_no }) => line_no === plan.lineNo);
    if (line === undefined || plan.laterOn !== null || state.products.get(line.product_id)?.kind !== 'made') return [];
    if (answered.some(({ lineNo, productId }) => lineNo === plan.lineNo && productId === line.product_id)) return [];
    return [
      {
        lineNo: plan.lineNo,
        productId: line.product_id,
        qty: formatQty(plan.short),
        wantedOn: line.requested_on,
        askedAt: work.now.toISOString(),
        answer: null,
        on: null,
        reason: null,
        answeredBy: null,
        answeredAt: null,
      },
    ];
  });
  order.row.production_answers = [...answered, ...asked];
  if (asked.length > 0) work.tasks.push({ open: productionTask(work) });
}

export const productionTask = (work: Work) => ({
  kind: 'order.production_answer',
  documentType: 'order',
  documentId: work.order.row.id,
  documentNo: work.order.row.no,
  partnerId: work.order.row.partner_id,
  holder: holderOf('order.production_answer'),
  article: 'R4.2',
  due: deadlineOf(work, 'order.production_answer'),
});
