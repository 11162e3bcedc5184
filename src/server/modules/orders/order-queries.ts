/** Reads of orders: the whole view, the timeline. The list: order-list.ts. */
import { refuse } from '../../kernel/refusal.ts';
import { empty, sql, type Tx } from '../../platform/db/database.ts';
import { decodeCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { loadNames, type Names } from './order-names.ts';
import { compareWithInquiry } from './order-rules.ts';
import type { HoldRow } from './order-tables.ts';
import { orderView, type View } from './order-view.ts';
import { readWhole, type Whole } from './order-whole.ts';

export type Viewer = { actor: Actor; now: Date; locale?: string };

/** Views of orders, one for each id and its viewer, in the order of the ids. Orders out of scope are left out as undefined. */
export async function readOrderViews(
  tx: Tx,
  ids: readonly string[],
  { masters }: Env,
  viewers: readonly Viewer[],
): Promise<(View | undefined)[]> {
  const found = await readWhole(tx, [...new Set(ids)]);
  const wholes = [...found.values()];
  const names = await loadNames(tx, masters.at(wholes[0]?.masters ?? 0n), wholes);
  return ids.map((id, i) => {
    const whole = found.get(id);
    const viewer = viewers[i];
    return whole === undefined || viewer === undefined ? undefined : viewOf(whole, names, viewer);
  });
}

/** Views of orders that need not be read: each as a decision has left it (wholeAfter), with the names that the node remembers. */
export async function viewsOfWholes(
  tx: Tx,
  wholes: readonly Whole[],
  { masters }: Env,
  viewers: readonly Viewer[],
): Promise<(View | undefined)[]> {
  const names = await loadNames(tx, masters.at(wholes[0]?.masters ?? 0n), wholes);
  return wholes.map((whole, i) => {
    const viewer = viewers[i];
    return viewer === undefined ? undefined : viewOf(whole, names, viewer);
  });
}

function viewOf(whole: Whole, names: Names, viewer: Viewer): View | undefined {
  const { row, lines, reservations, discrepancies, rounds, holds, tasks, cutOver, ...rest } = whole;
  const partner = names.partners.get(row.partner_id);
  if (partner === undefined) return undefined;
  const [own, partnerHolds] = [holds.filter(isOwn), holds.filter((held) => !isOwn(held))];
  return orderView({
    ...rest,
    order: { row, lines, reservations, discrepancies, rounds, holds: own },
    partner,
    partnerHolds,
    products: names.products,
    warehouseNames: names.warehouses,
    people: names.people,
    supplies: names.supplies,
    proofNames: names.proofs,
    openDifferences: openDifferencesOf(whole, names),
    task: tasks[0] ?? null,
    shipments: rest.shipments.map((shipment) => ({
      ...shipment,
      carrier: names.carriers.get(shipment.carrier_id ?? '') ?? null,
    })),
    pickings: rest.pickings.map((picking) => ({
      ...picking,
      warehouse_name: names.warehouses.get(picking.warehouse_id) ?? '',
    })),
    cutOver: cutOver[0] ?? null,
    actor: viewer.actor,
    locale: viewer.locale ?? viewer.actor.locale,
    now: viewer.now,
  });
}

const isOwn = ({ order_id }: HoldRow): boolean => order_id !== null;

function openDifferencesOf({ row, lines }: Whole, { products, inquiryLines, accepted }: Names): number {
  const wanted = inquiryLines.filter(({ order_id }) => order_id === row.id);
  if (wanted.length === 0) return 0;
  const settled = new Set(accepted.flatMap(({ order_id, key }) => (order_id === row.id ? [key] : [])));
  const all = compareWithInquiry(wanted, lines, (id) => products.get(id));
  return all.filter(({ differs, key }) => differs && !settled.has(key)).length;
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
