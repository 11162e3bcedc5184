/** What papers show, read in one go by their own statements. The scope decides what exists. */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { fromBase } from '../catalog/unit-rules.ts';
import type { CompanyHead } from './paper.ts';

type Name = { hant: string; hans: string | null; en: string | null };

export type ConfirmationLine = {
  lineNo: number;
  sku: string;
  name: Name;
  spec: string | null;
  /** As it was ordered; the price is per that unit. */
  qty: bigint;
  unit: string;
  /** The same in the base unit, where that is another one. */
  base: { qty: bigint; unit: string } | null;
  unitPrice: bigint;
  taxRate: bigint;
  discount: bigint;
  gross: bigint;
  promisedOn: string | null;
  free: boolean;
  note: string | null;
};
export type ConfirmationDoc = {
  company: CompanyHead;
  partner: { no: string; name: string; nameEn: string | null };
  no: string;
  /** preliminary: the rows of today. round: what was sent. version: what is in effect. */
  standing:
    | { kind: 'preliminary' }
    | { kind: 'round'; round: number; sentOn: string; dueOn: string | null; silenceAccepts: boolean; hash: string }
    | { kind: 'version'; version: number; effectiveOn: string; hash: string };
  poNo: string | null;
  customerName: string | null;
  ownStock: boolean;
  currency: string;
  taxInclusive: boolean;
  term: { kind: string; days?: number; depositRate?: string; parts?: number };
  requestedOn: string | null;
  deliveryMethod: string | null;
  deliveryAddress: string | null;
  receiver: string | null;
  note: string | null;
  /** What a person takes off the whole order, and what promotions do. */
  orderDiscount: bigint;
  /** The part that was named, where it was not an amount. */
  orderDiscountRate: bigint | null;
  promotionDiscount: bigint;
  net: bigint;
  tax: bigint;
  gross: bigint;
  lines: ConfirmationLine[];
  plan: { kind: string; dueOn: string | null; amount: bigint }[];
};

/** The frozen content of a round or a version, as orders write it. Numbers are whole numbers as text. */
type Content = {
  poNo: string | null;
  currency: string;
  taxInclusive: boolean;
  paymentTerm: ConfirmationDoc['term'];
  requestedOn: string | null;
  deliveryMethod: string | null;
  deliveryAddress: string | null;
  receiver: string | null;
  note: string | null;
  orderDiscount: string;
  orderDiscountRate?: string | null;
  promotionDiscount?: string;
  net: string;
  tax: string;
  gross: string;
  lines: {
    lineNo: number;
    productId: string;
    qty: string;
    unit: string;
    orderUnit?: string | null;
    unitFactor?: string;
    unitPrice: string;
    taxRate: string;
    discount: string;
    gross: string;
    promisedOn: string | null;
    free: boolean;
    note: string | null;
  }[];
};

type OrderFacts = {
  id: string;
  no: string;
  state: string;
  effective_at: Date | null;
  customer_name: string | null;
  own_stock: boolean;
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
  now_content: Content;
};
type Frozen = {
  no: number;
  content: Content;
  content_hash: string;
  at: Date;
  due_at: Date | null;
  silence_accepts: boolean;
};
type ProductName = {
  id: string;
  sku: string;
  name: string;
  name_hans: string | null;
  name_en: string | null;
  spec: string | null;
};

export async function readCompanyHead(tx: Tx): Promise<CompanyHead> {
  type Row = {
    name: string;
    name_en: string | null;
    tax_no: string | null;
    address: string | null;
    phone: string | null;
    logo_svg: string | null;
    time_zone: string;
    accounts: CompanyHead['accounts'];
  };
  const [row] = await tx.query<Row>(sql`
    select name, name_en, tax_no, address, phone, logo_svg, time_zone, coalesce((
      select jsonb_agg(jsonb_build_object('bankName', bank_name, 'accountNo', account_no, 'currency', currency) order by bank_name, account_no)
      from bank_account where is_active), '[]') as accounts
    from company`);
  if (row === undefined) throw refuse('company.not_set');
  return {
    name: row.name,
    nameEn: row.name_en,
    taxNo: row.tax_no,
    address: row.address,
    phone: row.phone,
    logoSvg: row.logo_svg,
    timeZone: row.time_zone,
    accounts: row.accounts,
  };
}

/** Before anything was sent, and while it is being changed, an order has only its present state. */
const SENT = new Set(['awaiting_partner', 'objected']);
const IN_EFFECT = new Set(['in_effect', 'completed']);

/** A round when one is asked for; otherwise the version in effect, the round that waits for its answer, or the present state. */
export async function readConfirmation(
  tx: Tx,
  orderId: string,
  wantedRound: number | undefined,
): Promise<ConfirmationDoc> {
  const [company, orders, rounds, versions, products, plan] = await Promise.all([
    readCompanyHead(tx),
    tx.query<OrderFacts>(sql`
      select o.id, o.no, o.state, o.effective_at, o.customer_name, o.own_stock, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en,
        jsonb_build_object('poNo', o.po_no, 'currency', o.currency, 'taxInclusive', o.tax_inclusive, 'paymentTerm', o.payment_term, 'requestedOn', o.requested_on,
          'deliveryMethod', o.delivery_method, 'deliveryAddress', o.delivery_address, 'receiver', o.receiver, 'note', o.note, 'orderDiscount', o.order_discount_amount::text, 'orderDiscountRate', o.order_discount_rate::text,
          'promotionDiscount', (select coalesce(sum(s.promotion_share_amount), 0)::text from order_line s where s.order_id = o.id),
          'net', o.net_amount::text, 'tax', o.tax_amount::text, 'gross', o.gross_amount::text,
          'lines', coalesce((select jsonb_agg(jsonb_build_object('lineNo', l.line_no, 'productId', l.product_id, 'qty', l.qty::text, 'unit', l.unit, 'orderUnit', l.order_unit, 'unitFactor', l.unit_factor::text, 'unitPrice', l.unit_price::text,
            'taxRate', l.tax_rate::text, 'discount', l.discount_amount::text, 'gross', l.gross_amount::text, 'promisedOn', l.promised_on, 'free', l.free, 'note', l.note) order by l.line_no)
            from order_line l where l.order_id = o.id), '[]')) as now_content
      from sales_order o join partner p on p.id = o.partner_id where o.id = ${orderId}`),
    tx.query<Frozen>(
      sql`select round as no, content, content_hash, sent_at as at, due_at, silence_accepts from order_round where order_id = ${orderId} order by round`,
    ),
    tx.query<Frozen>(
      sql`select revision as no, content, content_hash, made_at as at, null as due_at, false as silence_accepts from order_revision where order_id = ${orderId} order by revision`,
    ),
    tx.query<ProductName>(sql`
      select id, sku, name, name_hans, name_en, spec from product
      where id in (select product_id from order_line where order_id = ${orderId}
        union select (l ->> 'productId')::uuid from order_round r cross join jsonb_array_elements(r.content -> 'lines') l where r.order_id = ${orderId})`),
    tx.query<{ kind: string; due_on: string | null; amount: bigint }>(
      sql`select kind, due_on, amount from payment_plan_item where order_id = ${orderId} order by item_no`,
    ),
  ]);
  const order = orders[0];
  if (order === undefined) throw refuse('order.not_found');
  const round =
    wantedRound === undefined
      ? SENT.has(order.state)
        ? rounds.at(-1)
        : undefined
      : rounds.find(({ no }) => no === wantedRound);
  if (wantedRound !== undefined && round === undefined) throw refuse('document.no_round', undefined, 'round');
  const version = wantedRound === undefined && IN_EFFECT.has(order.state) ? versions.at(-1) : undefined;
  const on = (at: Date) => bizDateOf(at, company.timeZone);
  const standing: ConfirmationDoc['standing'] =
    round !== undefined
      ? {
          kind: 'round',
          round: round.no,
          sentOn: on(round.at),
          dueOn:
            order.state === 'awaiting_partner' && round.no === rounds.at(-1)?.no && round.due_at !== null
              ? on(round.due_at)
              : null,
          silenceAccepts: round.silence_accepts,
          hash: round.content_hash,
        }
      : version !== undefined
        ? {
            kind: 'version',
            version: version.no,
            effectiveOn: on(order.effective_at ?? version.at),
            hash: version.content_hash,
          }
        : { kind: 'preliminary' };
  return {
    company,
    partner: { no: order.partner_no, name: order.partner_name, nameEn: order.partner_name_en },
    no: order.no,
    standing,
    customerName: order.customer_name,
    ownStock: order.own_stock,
    plan: standing.kind === 'version' ? plan.map(({ kind, due_on, amount }) => ({ kind, dueOn: due_on, amount })) : [],
    ...contentOf((round ?? version)?.content ?? order.now_content, new Map(products.map((row) => [row.id, row]))),
  };
}

function contentOf(content: Content, products: ReadonlyMap<string, ProductName>) {
  const { poNo, currency, taxInclusive, requestedOn, deliveryMethod, deliveryAddress, receiver, note } = content;
  return {
    poNo,
    currency,
    taxInclusive,
    requestedOn,
    deliveryMethod,
    deliveryAddress,
    receiver,
    note,
    term: content.paymentTerm,
    orderDiscount: BigInt(content.orderDiscount),
    orderDiscountRate: content.orderDiscountRate == null ? null : BigInt(content.orderDiscountRate),
    promotionDiscount: BigInt(content.promotionDiscount ?? '0'),
    net: BigInt(content.net),
    tax: BigInt(content.tax),
    gross: BigInt(content.gross),
    lines: content.lines.map((line) => {
      const product = products.get(line.productId);
      return {
        lineNo: line.lineNo,
        sku: product?.sku ?? '',
        name: { hant: product?.name ?? '', hans: product?.name_hans ?? null, en: product?.name_en ?? null },
        spec: product?.spec ?? null,
        ...measured(line),
        unitPrice: BigInt(line.unitPrice),
        taxRate: BigInt(line.taxRate),
        discount: BigInt(line.discount),
        gross: BigInt(line.gross),
        promisedOn: line.promisedOn,
        free: line.free,
        note: line.note,
      };
    }),
  };
}

/** Quantity and unit as ordered, and in the base unit beside them. */
function measured({ qty, unit, orderUnit, unitFactor }: Content['lines'][number]) {
  const base = { qty: BigInt(qty), unit };
  const ordered = orderUnit == null || unitFactor === undefined ? null : fromBase(base.qty, BigInt(unitFactor));
  return ordered === null ? { ...base, base: null } : { qty: ordered, unit: orderUnit ?? unit, base };
}

export type GoodsLine = {
  lineNo: number;
  sku: string;
  name: Name;
  spec: string | null;
  qty: bigint;
  unit: string;
  note: string | null;
};
type GoodsRow = ProductName & { line_no: number; qty: bigint; unit: string; note: string | null };
const goodsLine = (row: GoodsRow): GoodsLine => ({
  lineNo: row.line_no,
  sku: row.sku,
  name: { hant: row.name, hans: row.name_hans, en: row.name_en },
  spec: row.spec,
  qty: row.qty,
  unit: row.unit,
  note: row.note,
});

export type ShippingDoc = {
  company: CompanyHead;
  partner: { no: string; name: string; nameEn: string | null };
  no: string;
  orderNo: string;
  poNo: string | null;
  customerName: string | null;
  warehouse: Name;
  carrier: Name | null;
  waybillNo: string | null;
  shippedAt: Date;
  expectedOn: string | null;
  deliveryAddress: string | null;
  receiver: string | null;
  receiverPhone: string | null;
  lines: GoodsLine[];
};
type ShipmentFacts = {
  no: string;
  order_no: string;
  po_no: string | null;
  customer_name: string | null;
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
  warehouse_name: string;
  warehouse_name_en: string | null;
  carrier_name: string | null;
  carrier_name_en: string | null;
  waybill_no: string | null;
  shipped_at: Date;
  expected_on: string | null;
  delivery_address: string | null;
  receiver: string | null;
  receiver_phone: string | null;
};

export async function readShipping(tx: Tx, shipmentId: string): Promise<ShippingDoc> {
  const [company, rows, lines] = await Promise.all([
    readCompanyHead(tx),
    tx.query<ShipmentFacts>(sql`
      select s.no, o.no as order_no, o.po_no, o.customer_name, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en, w.name as warehouse_name, w.name_en as warehouse_name_en,
        c.name as carrier_name, c.name_en as carrier_name_en, s.waybill_no, s.shipped_at, s.expected_on, s.delivery_address, s.receiver, s.receiver_phone
      from shipment s join sales_order o on o.id = s.order_id join partner p on p.id = s.partner_id join warehouse w on w.id = s.warehouse_id left join carrier c on c.id = s.carrier_id
      where s.id = ${shipmentId}`),
    tx.query<GoodsRow>(sql`
      select d.id, d.sku, d.name, d.name_hans, d.name_en, d.spec, l.line_no, sum(l.qty)::bigint as qty, ol.unit, ol.note
      from shipment_line l join product d on d.id = l.product_id join order_line ol on ol.order_id = l.order_id and ol.line_no = l.line_no
      where l.shipment_id = ${shipmentId} group by d.id, l.line_no, ol.unit, ol.note order by l.line_no`),
  ]);
  const row = rows[0];
  if (row === undefined) throw refuse('shipment.not_found');
  return {
    company,
    partner: { no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
    no: row.no,
    orderNo: row.order_no,
    poNo: row.po_no,
    customerName: row.customer_name,
    warehouse: { hant: row.warehouse_name, hans: null, en: row.warehouse_name_en },
    carrier: row.carrier_name === null ? null : { hant: row.carrier_name, hans: null, en: row.carrier_name_en },
    waybillNo: row.waybill_no,
    shippedAt: row.shipped_at,
    expectedOn: row.expected_on,
    deliveryAddress: row.delivery_address,
    receiver: row.receiver,
    receiverPhone: row.receiver_phone,
    lines: lines.map(goodsLine),
  };
}

export type PickingDoc = {
  company: CompanyHead;
  no: string;
  orderNo: string;
  partner: string;
  warehouse: Name;
  readyByOn: string | null;
  deliveryAddress: string | null;
  lines: GoodsLine[];
};

export async function readPickingList(tx: Tx, pickingId: string): Promise<PickingDoc> {
  type Row = {
    no: string;
    order_no: string;
    partner_name: string;
    warehouse_name: string;
    warehouse_name_en: string | null;
    ready_by_on: string | null;
    delivery_address: string | null;
  };
  const [company, rows, lines] = await Promise.all([
    readCompanyHead(tx),
    tx.query<Row>(sql`
      select k.no, o.no as order_no, p.name as partner_name, w.name as warehouse_name, w.name_en as warehouse_name_en, k.ready_by_on, o.delivery_address
      from picking k join sales_order o on o.id = k.order_id join partner p on p.id = k.partner_id join warehouse w on w.id = k.warehouse_id where k.id = ${pickingId}`),
    tx.query<GoodsRow>(sql`
      select d.id, d.sku, d.name, d.name_hans, d.name_en, d.spec, l.line_no, l.qty, ol.unit, ol.note
      from picking_line l join product d on d.id = l.product_id join order_line ol on ol.order_id = l.order_id and ol.line_no = l.line_no
      where l.picking_id = ${pickingId} order by d.sku, l.line_no`),
  ]);
  const row = rows[0];
  if (row === undefined) throw refuse('picking.not_found');
  return {
    company,
    no: row.no,
    orderNo: row.order_no,
    partner: row.partner_name,
    warehouse: { hant: row.warehouse_name, hans: null, en: row.warehouse_name_en },
    readyByOn: row.ready_by_on,
    deliveryAddress: row.delivery_address,
    lines: lines.map(goodsLine),
  };
}
