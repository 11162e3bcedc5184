/** What exists of orders already: locked in id order, with their partners' credit accounts behind them, then read with all that hangs on them. One flight. */
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { type Cells, hanging } from '../../platform/db/hanging.ts';
import { type DifferenceRow, inquiryDifference } from './order-tables.ts';
import { readWhole, type Whole } from './order-whole.ts';

export type CreditRow = {
  partner_id: string;
  limit_amount: bigint | null;
  balance_amount: bigint;
  held_amount: bigint;
};
export type InquiryLineRow = {
  order_id: string;
  line_no: number;
  wanted: string;
  product_id: string | null;
  qty: bigint | null;
  unit: string | null;
  requested_on: string | null;
};
export type PoTaken = { partner_id: string; po_no: string; order_id: string };

export type Own = {
  wholes: ReadonlyMap<string, Whole>;
  credit: readonly CreditRow[];
  differences: readonly DifferenceRow[];
  pos: readonly PoTaken[];
  inquiryLines: readonly InquiryLineRow[];
};

export const NOTHING: Own = { wholes: new Map(), credit: [], differences: [], pos: [], inquiryLines: [] };

/** What decisions need and readers do not. */
const PARTS = {
  differences: hanging<DifferenceRow>(
    inquiryDifference.columns,
    sql`inquiry_difference x where x.order_id = o.id`,
    sql`x.key`,
  ),
  pos: hanging<PoTaken>(
    { partner_id: 'uuid', po_no: 'text', order_id: 'uuid' },
    sql`partner_po x where x.order_id = o.id`,
    sql`x.po_no`,
  ),
  inquiryLines: hanging<InquiryLineRow>(
    {
      order_id: 'uuid',
      line_no: 'int',
      wanted: 'text',
      product_id: 'uuid?',
      qty: 'bigint?',
      unit: 'text?',
      requested_on: 'date?',
    },
    sql`(select o.id as order_id, l.line_no, l.wanted, l.product_id, l.qty, l.unit, l.requested_on from inquiry_line l where l.inquiry_id = o.inquiry_id) x`,
    sql`x.line_no`,
  ),
};

export const lockCredit = (tx: Tx, partners: Sql, locked: Sql) =>
  tx.query<CreditRow>(
    sql`select partner_id, limit_amount, balance_amount, held_amount from credit_account where partner_id = ${partners} order by partner_id${locked}`,
  );

export async function loadOwn(tx: Tx, orderIds: readonly string[], locked: Sql): Promise<Own> {
  const of = sql`any(array(select unnest(${orderIds}::uuid[])))`;
  const [, credit, wholes, more] = await Promise.all([
    locked === empty ? 0 : tx.run(sql`select from sales_order where id = ${of} order by id${locked}`),
    lockCredit(tx, sql`any(array(select partner_id from sales_order where id = ${of}))`, locked),
    readWhole(tx, orderIds),
    tx.query<Record<keyof typeof PARTS, Cells>>(
      sql`select ${PARTS.differences.value} as differences, ${PARTS.pos.value} as pos, ${PARTS.inquiryLines.value} as "inquiryLines" from sales_order o where o.id = ${of}`,
    ),
  ]);
  return {
    wholes,
    credit,
    differences: more.flatMap(({ differences }) => PARTS.differences.rows(differences)),
    pos: more.flatMap(({ pos }) => PARTS.pos.rows(pos)),
    inquiryLines: more.flatMap(({ inquiryLines }) => PARTS.inquiryLines.rows(inquiryLines)),
  };
}
