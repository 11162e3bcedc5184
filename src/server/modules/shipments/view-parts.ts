/** Parts that the views of picking lists and shipments share. */
import type { MachineRow } from '../../../contract/machine.ts';
import type { DeliveryStatus, OrderState } from '../../../contract/machines/order.ts';
import { isPermission } from '../../../contract/roles.ts';
import { raw, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { refusalView } from '../../platform/http/messages.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Held } from './execution.ts';

export type OrderColumns = {
  order_id: string;
  order_no: string;
  order_state: OrderState;
  delivery_status: DeliveryStatus;
  po_no: string | null;
  customer_name: string | null;
  requested_on: string | null;
  partner_id: string;
  partner_no: string;
  partner_name: string;
  partner_name_en: string | null;
};

/** Select list of an order `o` and its partner `b`; goes with {@link orderView}. */
export const orderColumns: Sql =
  raw(`o.id as order_id, o.no as order_no, o.state as order_state, o.delivery_status, o.po_no, o.customer_name, o.requested_on,
  b.id as partner_id, b.no as partner_no, b.name as partner_name, b.name_en as partner_name_en`);

export const orderView = (row: OrderColumns) => ({
  id: row.order_id,
  no: row.order_no,
  state: row.order_state,
  deliveryStatus: row.delivery_status,
  poNo: row.po_no,
  customerName: row.customer_name,
  requestedOn: row.requested_on,
  partner: { id: row.partner_id, no: row.partner_no, name: row.partner_name, nameEn: row.partner_name_en },
});

/** Only rows of partners that the actor may see; row-level security stands behind it. */
export const scopeCondition = ({ scope }: Actor, column: Sql): Sql =>
  scope.kind === 'company' ? sql`true` : sql`${column} in (select unnest(${[...scope.ids]}::uuid[]))`;

type HolderColumns = {
  side: 'staff' | 'partner';
  role: string;
  user_id: string | null;
  user_name: string | null;
  kind: string;
  due_at: Date | null;
};

/** Who has to do the next step on a document: its open task that is due first. */
export async function readHolder(tx: Tx, documentId: string) {
  const rows = await tx.query<HolderColumns>(sql`
    select t.side, t.role, t.user_id, u.name as user_name, t.kind, t.due_at from task t left join app_user u on u.id = t.user_id
    where t.document_id = ${documentId} and t.closed_at is null order by t.due_at nulls last, t.id limit 1`);
  const row = rows[0];
  if (row === undefined) return null;
  return {
    side: row.side,
    role: row.role,
    user: named(row.user_id, row.user_name),
    kind: row.kind,
    dueAt: row.due_at?.toISOString() ?? null,
  };
}

/** The live holds on an order and on its partner. */
export async function readHolds(tx: Tx, orderId: string): Promise<Held[]> {
  return tx.query<Held>(sql`
    select kind, reason from hold where released_at is null and order_id = ${orderId}
    union all
    select kind, reason from hold where released_at is null and order_id is null and partner_id = (select partner_id from sales_order where id = ${orderId})`);
}

export const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

/** The actions of a life-cycle table that this person has in this state, each with what stands against it now. */
export function allowedActions<A extends string>(
  rows: readonly MachineRow<string, A>[],
  state: string,
  { actor, locale, primary }: { actor: Actor; locale: string; primary: A | undefined },
  refusals: (action: A) => readonly Refusal[],
) {
  const side = actor.partnerId === null ? 'staff' : 'partner';
  return rows
    .filter(
      (row) =>
        row.from.includes(state) &&
        row.actor.includes(side) &&
        isPermission(row.permission) &&
        actor.permissions.has(row.permission),
    )
    .map(({ action }) => ({
      action,
      refusals: refusals(action).map((refusal) => refusalView(refusal, locale)),
      ...(action === primary ? { primary: true } : {}),
    }));
}
