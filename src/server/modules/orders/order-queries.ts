/** Reads of orders: the whole view in one flight, the timeline. The list: order-list.ts. */
import { refuse } from '../../kernel/refusal.ts';
import { empty, sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { decodeCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import type { InquiryLineRow } from './order-load.ts';
import { type PartnerTerms, type ProductRow, productColumns } from './order-masters.ts';
import { compareWithInquiry } from './order-rules.ts';
import {
  type DifferenceRow,
  type DiscrepancyRow,
  discrepancy,
  type HoldRow,
  hold,
  inquiryDifference,
  type LineRow,
  type Order,
  type OrderRow,
  orderLine,
  orderRound,
  type ReservationRow,
  reservation,
  type RoundRow,
  salesOrder,
} from './order-tables.ts';
import { orderView, type PromisedSupply, type View, type ViewParts } from './order-view.ts';

export type Viewer = { actor: Actor; now: Date; locale?: string };

type OfOrder<T> = T & { order_id: string };

/** Views of orders, one for each id and its viewer, in the order of the ids. Orders out of scope are left out as undefined. */
export async function readOrderViews(
  tx: Tx,
  ids: readonly string[],
  _env: Env,
  viewers: readonly Viewer[],
): Promise<(View | undefined)[]> {
  const wanted = [...new Set(ids)];
  const of = sql`any(${wanted}::uuid[])`;
  const [
    orders,
    lines,
    reservations,
    discrepancies,
    differences,
    rounds,
    holds,
    partners,
    products,
    warehouses,
    users,
    tasks,
    plan,
    shipments,
    pickings,
    invoices,
    payments,
    inquiryLines,
    inquiries,
    proofs,
    cutOvers,
    supplies,
  ] = await Promise.all([
    tx.query<OrderRow>(sql`select ${columnsOf(salesOrder)} from sales_order where id = ${of}`),
    tx.query<LineRow>(
      sql`select ${columnsOf(orderLine)} from order_line where order_id = ${of} order by order_id, line_no`,
    ),
    tx.query<ReservationRow>(
      sql`select ${columnsOf(reservation)} from reservation where order_id = ${of} order by order_id, line_no, promised_on, id`,
    ),
    tx.query<DiscrepancyRow>(
      sql`select ${columnsOf(discrepancy)} from discrepancy where order_id = ${of} order by order_id, line_no nulls first, id`,
    ),
    tx.query<DifferenceRow>(sql`select ${columnsOf(inquiryDifference)} from inquiry_difference where order_id = ${of}`),
    tx.query<RoundRow>(
      sql`select ${columnsOf(orderRound)} from order_round where order_id = ${of} order by order_id, round`,
    ),
    tx.query<HoldRow>(sql`select ${columnsOf(hold)} from hold where order_id = ${of}
      union all select ${columnsOf(hold)} from hold where order_id is null and released_at is null and partner_id in (select partner_id from sales_order where id = ${of})`),
    tx.query<PartnerTerms>(sql`select p.id, p.no, p.name, p.name_en, p.state, p.currency, p.level, p.payment_method, p.payment_term, p.reply_days, false as silence_accepts, null::uuid as agreement_id, null as agreement_no, null::int as agreement_version, null::jsonb as preferred, p.sales_owner_id, u.name as sales_owner_name
      from partner p left join app_user u on u.id = p.sales_owner_id where p.id in (select partner_id from sales_order where id = ${of})`),
    tx.query<ProductRow>(
      sql`select ${productColumns} from product where id in (select product_id from order_line where order_id = ${of})`,
    ),
    tx.query<{ id: string; name: string }>(sql`select id, name from warehouse`),
    tx.query<{ id: string; name: string }>(sql`
      select id, name from app_user where id in (
        select created_by from sales_order where id = ${of} union select terms_reviewed_by from sales_order where id = ${of} union select settled_by from discrepancy where order_id = ${of}
        union select sent_by from order_round where order_id = ${of} union select replied_by from order_round where order_id = ${of}
        union select placed_by from hold where order_id = ${of}
        union select (e ->> 'by')::uuid from sales_order o, jsonb_array_elements(o.corrections) e where o.id = ${of}
        union select (e ->> 'answeredBy')::uuid from sales_order o, jsonb_array_elements(o.production_answers) e where o.id = ${of} union select user_id from task where document_id = ${of} and closed_at is null)`),
    tx.query<OfOrder<NonNullable<ViewParts['task']>>>(sql`
      select t.document_id as order_id, t.kind, t.side, t.role, t.user_id, t.due_at, t.due_is_provisional from task t where t.document_id = ${of} and t.closed_at is null
      union all
      select p.order_id, t.kind, t.side, t.role, t.user_id, t.due_at, t.due_is_provisional from picking p join task t on t.document_id = p.id and t.closed_at is null where p.order_id = ${of}
      order by 1, 6 nulls last`),
    tx.query<OfOrder<ViewParts['plan'][number]>>(
      sql`select order_id, item_no, kind, due_on, amount, paid_amount from payment_plan_item where order_id = ${of} order by order_id, item_no`,
    ),
    tx.query<OfOrder<ViewParts['shipments'][number]>>(
      sql`select s.order_id, s.id, s.no, s.state, s.waybill_no, c.name as carrier_name, s.shipped_at, s.expected_on, s.delivered_at from shipment s left join carrier c on c.id = s.carrier_id where s.order_id = ${of} order by s.id`,
    ),
    tx.query<OfOrder<ViewParts['pickings'][number]>>(
      sql`select p.order_id, p.id, p.no, p.state, w.name as warehouse_name, p.ready_by_on from picking p join warehouse w on w.id = p.warehouse_id where p.order_id = ${of} order by p.id`,
    ),
    tx.query<OfOrder<ViewParts['invoices'][number]>>(
      sql`select order_id, id, no, state, gross_amount, issued_on, tax_invoice_no from invoice where order_id = ${of} order by id`,
    ),
    tx.query<OfOrder<ViewParts['payments'][number]>>(
      sql`select a.order_id, p.id, p.no, sum(a.amount)::bigint as amount, p.received_on from allocation a join payment p on p.id = a.payment_id where a.order_id = ${of} and a.reversed_at is null group by a.order_id, p.id, p.no, p.received_on order by p.id`,
    ),
    tx.query<InquiryLineRow>(
      sql`select o.id as order_id, l.line_no, l.wanted, l.product_id, l.qty, l.unit, l.requested_on from sales_order o join inquiry_line l on l.inquiry_id = o.inquiry_id where o.id = ${of} and o.state = 'draft' order by o.id, l.line_no`,
    ),
    tx.query<{ order_id: string; no: string }>(
      sql`select o.id as order_id, i.no from sales_order o join inquiry i on i.id = o.inquiry_id where o.id = ${of}`,
    ),
    tx.query<{ id: string; name: string }>(sql`
      select a.id, a.file_name as name from order_round r join attachment a on a.id = r.reply_attachment_id where r.order_id = ${of}
      union all select c.id, c.name from order_round r join partner_contact c on c.id = r.reply_contact_id where r.order_id = ${of}`),
    tx.query<OfOrder<NonNullable<ViewParts['cutOver']>>>(
      sql`select order_id, reference, agreed_on, order_version from order_cut_over where order_id = ${of} and undone_at is null`,
    ),
    tx.query<PromisedSupply & { id: string }>(
      sql`select id, no, kind, expected_on from supply where id in (select supply_id from reservation where order_id = ${of})`,
    ),
  ]);
  const group = <T extends { order_id: string | null }>(rows: readonly T[]) =>
    Map.groupBy(rows, (row) => row.order_id ?? '');
  const byOrder = {
    lines: group(lines),
    reservations: group(reservations),
    discrepancies: group(discrepancies),
    differences: group(differences),
    rounds: group(rounds),
    holds: group(holds),
    tasks: group(tasks),
    plan: group(plan),
    shipments: group(shipments),
    pickings: group(pickings),
    invoices: group(invoices),
    payments: group(payments),
    inquiryLines: group(inquiryLines),
  };
  const shared = {
    products: new Map(products.map((row) => [row.id, row])),
    warehouseNames: new Map(warehouses.map(({ id, name }) => [id, name])),
    userNames: new Map(users.map(({ id, name }) => [id, name])),
    supplies: new Map(supplies.map((row) => [row.id, row])),
    proofNames: new Map(proofs.map(({ id, name }) => [id, name])),
  };
  const partnerById = new Map(partners.map((row) => [row.id, row]));
  const orderById = new Map(orders.map((row) => [row.id, row]));
  return ids.map((id, i) => {
    const row = orderById.get(id);
    const partner = row === undefined ? undefined : partnerById.get(row.partner_id);
    const viewer = viewers[i];
    if (row === undefined || partner === undefined || viewer === undefined) return undefined;
    const order: Order = {
      row,
      lines: byOrder.lines.get(id) ?? [],
      reservations: byOrder.reservations.get(id) ?? [],
      discrepancies: byOrder.discrepancies.get(id) ?? [],
      differences: byOrder.differences.get(id) ?? [],
      rounds: byOrder.rounds.get(id) ?? [],
      holds: byOrder.holds.get(id) ?? [],
    };
    const wantedLines = byOrder.inquiryLines.get(id) ?? [];
    const openDifferences =
      wantedLines.length === 0
        ? 0
        : compareWithInquiry(wantedLines, order.lines, (id) => shared.products.get(id)).filter(
            ({ differs, key }) => differs && !order.differences.some((accepted) => accepted.key === key),
          ).length;
    return orderView({
      ...shared,
      order,
      partner,
      partnerHolds: holds.filter((held) => held.order_id === null && held.partner_id === row.partner_id),
      openDifferences,
      inquiryNo: inquiries.find(({ order_id }) => order_id === id)?.no ?? null,
      task: byOrder.tasks.get(id)?.[0] ?? null,
      plan: byOrder.plan.get(id) ?? [],
      shipments: byOrder.shipments.get(id) ?? [],
      pickings: byOrder.pickings.get(id) ?? [],
      invoices: byOrder.invoices.get(id) ?? [],
      payments: byOrder.payments.get(id) ?? [],
      cutOver: cutOvers.find(({ order_id }) => order_id === id) ?? null,
      actor: viewer.actor,
      locale: viewer.locale ?? viewer.actor.locale,
      now: viewer.now,
    });
  });
}

export async function readOrderView(tx: Tx, id: string, env: Env, viewer: Viewer): Promise<View> {
  const [view] = await readOrderViews(tx, [id], env, [viewer]);
  if (view === undefined) throw refuse('order.not_found');
  return view;
}

type EventRow = {
  id: string;
  position: bigint;
  at: Date;
  type: string;
  document_type: string;
  document_id: string;
  document_no: string | null;
  version: number;
  actor_name: string | null;
  actor_kind: string;
  payload: Record<string, unknown>;
};

/**
 * One timeline: the order, its pickings, shipments, invoices, and the payments allocated to it. Newest first. Of the company's people a
 * partner reads the name of its sales contact only.
 */
export async function readTimeline(
  tx: Tx,
  orderId: string,
  query: { cursor?: string | undefined; limit: number },
  actor: Pick<Actor, 'partnerId'>,
) {
  const cursor = decodeCursor(query.cursor, 1);
  const found = await tx.query<{ id: string }>(sql`select id from sales_order where id = ${orderId}`);
  if (found.length === 0) throw refuse('order.not_found');
  const actorName =
    actor.partnerId === null
      ? sql`coalesce(u.name, k.name)`
      : sql`case when u.partner_id is not null or u.id = (select sales_owner_id from partner where id = ${actor.partnerId}) then u.name else k.name end`;
  const rows = await tx.query<EventRow>(sql`
    select e.id, e.position, e.at, e.type, e.document_type, e.document_id, e.document_no, e.version, ${actorName} as actor_name, e.actor_kind, e.payload
    from event e left join app_user u on u.id = e.actor_id left join partner_contact k on k.id = e.actor_id
    where e.document_id in (
      select ${orderId}::uuid union select inquiry_id from sales_order where id = ${orderId} union select id from picking where order_id = ${orderId} union select id from shipment where order_id = ${orderId}
      union select id from invoice where order_id = ${orderId} union select payment_id from allocation where order_id = ${orderId})
    ${cursor === null ? empty : sql`and e.position < ${cursor[0]}::text::bigint`}
    order by e.position desc limit ${query.limit + 1}`);
  return pageOf(
    rows,
    query.limit,
    (row) => ({
      id: row.id,
      at: row.at.toISOString(),
      type: row.type,
      documentType: row.document_type,
      documentId: row.document_id,
      documentNo: row.document_no,
      version: row.version,
      actorName: row.actor_name,
      actorKind: row.actor_kind,
      payload: row.payload,
    }),
    (row) => [row.position.toString()],
  );
}
