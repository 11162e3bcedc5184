/** Links for the partner's customer: made, and ended. Source: R5.3. */
import { addMs } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows } from '../../../platform/db/table.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import type { SecretBox } from '../../../platform/secrets/index.ts';
import { statusRow } from '../link-queries.ts';
import { type LinkRow, linkTable } from '../link-tables.ts';

const DAY_MS = 86_400_000;
const DAYS = 90;
const MOST = 20;

/** `secrets` is for the route, which signs the token. */
type Create = { orderId: string; note: string | null; days?: number | undefined; secrets: SecretBox };

export const createStatusLink = defineCommand<Create>({
  name: 'link.create',
  refuses: ['order.not_found', 'link.too_many'],
  async run(context, { orderId, note, days }) {
    const { tx, command } = context;
    const { now, actor } = command;
    const [order] = await tx.query<{ partner_id: string; no: string }>(
      sql`select partner_id, no from sales_order where id = ${orderId} for update`,
    );
    if (order === undefined) throw refuse('order.not_found');
    const [counted] = await tx.query<{ n: number }>(sql`
      select count(*)::int as n from signed_link where order_id = ${orderId} and kind = 'status' and revoked_at is null and expires_at > ${now}`);
    if ((counted?.n ?? 0) >= MOST) throw refuse('link.too_many', { most: String(MOST) });
    const row: LinkRow = {
      id: newId(now),
      kind: 'status',
      partner_id: order.partner_id,
      order_id: orderId,
      round: null,
      content_hash: null,
      user_id: null,
      contact_id: null,
      note,
      created_by: actor.userId,
      created_at: now,
      expires_at: addMs(now, (days ?? DAYS) * DAY_MS),
      revoked_at: null,
      opened_at: null,
      version: 1,
    };
    await insertRows(tx, linkTable, [row]);
    tell(context, row, order.no, 'link.created');
    return { status: 201, body: statusRow(row, null) };
  },
});

type Revoke = { orderId: string; linkId: string };

export const revokeStatusLink = defineCommand<Revoke>({
  name: 'link.revoke',
  refuses: ['link.not_found'],
  async run(context, { orderId, linkId }) {
    const { tx, command } = context;
    const [before] = await tx.query<LinkRow & { order_no: string }>(sql`
      select ${columnsOf(linkTable, 'l')}, o.no as order_no from signed_link l join sales_order o on o.id = l.order_id
      where l.id = ${linkId} and l.order_id = ${orderId} and l.kind = 'status' for update of l`);
    if (before === undefined) throw refuse('link.not_found');
    if (before.revoked_at !== null) return { status: 200, body: statusRow(before, null) };
    const after = { ...before, revoked_at: command.now, version: before.version + 1 };
    await tx.run(
      sql`update signed_link set revoked_at = ${command.now}, version = ${after.version}::int where id = ${linkId}`,
    );
    tell(context, after, before.order_no, 'link.revoked');
    return { status: 200, body: statusRow(after, null) };
  },
});

function tell({ emit }: Pick<Context<unknown>, 'emit'>, row: LinkRow, orderNo: string, type: string): void {
  emit({
    documentType: 'link',
    documentId: row.id,
    documentNo: orderNo,
    version: row.version,
    type,
    partnerId: row.partner_id,
    payload: { orderId: row.order_id, expiresAt: row.expires_at.toISOString() },
  });
}
