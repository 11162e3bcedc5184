/** An order is saved as a template, renamed, shared, deleted, and used: the start of a new draft. */
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { runInside } from '../../../platform/pipeline/inside.ts';
import { inScope } from '../../../platform/pipeline/scope.ts';
import type { Actor, NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { formatQty } from '../../../kernel/qty.ts';
import { fromBase } from '../../catalog/unit-rules.ts';
import { readOrderViews } from '../order-queries.ts';
import { type LineRow, orderLine, type OrderRow, salesOrder } from '../order-tables.ts';
import { readTemplate, TemplateContent, type TemplateRow, templateTable, visibleTo } from '../order-templates.ts';
import { createOrder } from './create-order.ts';

const event = (row: TemplateRow, type: string, payload: Record<string, unknown> = {}): NewEvent => ({
  documentType: 'order_template',
  documentId: row.id,
  documentNo: row.name,
  version: row.version,
  type,
  // What the company's people keep for themselves is not in the partner's log.
  partnerId: row.is_internal ? null : row.partner_id,
  payload: { partnerId: row.partner_id, ...payload },
});

async function requireFreeName(
  tx: Tx,
  row: Pick<TemplateRow, 'id' | 'partner_id' | 'owner_id' | 'name'>,
): Promise<void> {
  const same = await tx.query(sql`
    select 1 from order_template where partner_id = ${row.partner_id} and owner_id = ${row.owner_id} and lower(name) = lower(${row.name}) and id <> ${row.id}`);
  if (same.length > 0) throw refuse('template.name_taken', { name: row.name }, 'name');
}

export const saveTemplate = defineCommand<{ orderId: string; name: string; isShared: boolean }>({
  name: 'order_templates.save',
  refuses: ['order.not_found', 'order.no_lines', 'template.name_taken'],
  async run({ tx, command, emit }, { orderId, name, isShared }) {
    const { actor, now } = command;
    const [orders, lines] = await Promise.all([
      tx.query<OrderRow>(sql`select ${columnsOf(salesOrder)} from sales_order where id = ${orderId}`),
      tx.query<LineRow>(
        sql`select ${columnsOf(orderLine)} from order_line where order_id = ${orderId} order by line_no`,
      ),
    ]);
    const order = orders[0];
    if (order === undefined || !inScope(actor, order.partner_id)) throw refuse('order.not_found');
    const kept = lines.filter(({ free }) => !free);
    if (kept.length === 0) throw refuse('order.no_lines');
    const content: TemplateContent = {
      customerName: order.customer_name,
      ownStock: order.own_stock,
      deliveryMethod: order.delivery_method,
      addressId: order.address_id,
      note: order.note,
      lines: kept.map((line) => {
        const written = line.order_unit === null ? null : fromBase(line.qty, line.unit_factor);
        return {
          productId: line.product_id,
          qty: formatQty(written ?? line.qty),
          unit: written === null ? null : line.order_unit,
          note: line.note,
        };
      }),
    };
    const row: TemplateRow = {
      id: newId(now),
      partner_id: order.partner_id,
      is_internal: actor.partnerId === null,
      owner_id: actor.userId,
      is_shared: isShared,
      name,
      content,
      version: 1,
      created_at: now,
      updated_at: now,
    };
    await requireFreeName(tx, row);
    await insertRows(tx, templateTable, [row]);
    emit(event(row, 'order_template.saved', { orderId, lines: kept.length }));
    return { status: 201, body: await readTemplate(tx, row.id, actor), etag: 1 };
  },
});

/** Locked; only the owner changes it, others do not even learn that it is there to be changed. */
async function lockOwn(tx: Tx, id: string, actor: Actor): Promise<TemplateRow> {
  const [row] = await tx.query<TemplateRow>(
    sql`select ${columnsOf(templateTable)} from order_template where id = ${id} and owner_id = ${actor.userId} for update`,
  );
  if (row === undefined || !inScope(actor, row.partner_id)) throw refuse('template.not_found');
  return row;
}

type Change = { templateId: string; name?: string | undefined; isShared?: boolean | undefined };
export const updateTemplate = defineCommand<Change>({
  name: 'order_templates.update',
  refuses: ['template.not_found', 'template.name_taken', 'request.version_stale'],
  async run({ tx, command, emit }, { templateId, name, isShared }) {
    const before = await lockOwn(tx, templateId, command.actor);
    requireVersion(command, before);
    const after = {
      ...before,
      name: name ?? before.name,
      is_shared: isShared ?? before.is_shared,
      version: before.version + 1,
      updated_at: command.now,
    };
    await requireFreeName(tx, after);
    await updateRows(tx, templateTable, ['name', 'is_shared', 'version', 'updated_at'], [after]);
    emit(event(after, 'order_template.changed', { isShared: after.is_shared }));
    return { status: 200, body: await readTemplate(tx, templateId, command.actor), etag: after.version };
  },
});

export const deleteTemplate = defineCommand<{ templateId: string }>({
  name: 'order_templates.delete',
  refuses: ['template.not_found', 'request.version_stale'],
  async run({ tx, command, emit }, { templateId }) {
    const row = await lockOwn(tx, templateId, command.actor);
    requireVersion(command, row);
    await tx.run(sql`delete from order_template where id = ${templateId}`);
    emit(event({ ...row, version: row.version + 1 }, 'order_template.deleted'));
    return { status: 200, body: { id: templateId } };
  },
});

export const applyTemplate = defineCommand<{ templateId: string }>({
  name: 'order_templates.use',
  refuses: ['template.not_found', 'order.no_lines', ...createOrder.refuses],
  async run(context, { templateId }) {
    const { tx, command, env } = context;
    const { actor } = command;
    const [row] = await tx.query<{ partner_id: string; content: unknown }>(
      sql`select o.partner_id, o.content from order_template o where o.id = ${templateId} and ${visibleTo(actor)}`,
    );
    if (row === undefined) throw refuse('template.not_found');
    const { lines, addressId, ownStock, customerName, deliveryMethod, note } = TemplateContent.parse(row.content);
    const [sold, addresses] = await Promise.all([
      tx.query<{ id: string }>(
        sql`select id from product where is_sellable and id = any(${lines.map(({ productId }) => productId)}::uuid[])`,
      ),
      tx.query(sql`select 1 from partner_address where id = ${addressId} and partner_id = ${row.partner_id}`),
    ]);
    const kept = lines.filter(({ productId }) => sold.some(({ id }) => id === productId));
    if (kept.length === 0) throw refuse('order.no_lines');
    const { after } = await runInside(context, createOrder, {
      ...(actor.partnerId === null ? { partnerId: row.partner_id } : {}),
      ...(customerName === null ? { ownStock } : { customerName }),
      ...(deliveryMethod === null ? {} : { deliveryMethod }),
      ...(addressId === null || addresses.length === 0 ? {} : { addressId }),
      ...(note === null ? {} : { note }),
      lines: kept.map(({ unit, note: lineNote, ...line }) => ({
        ...line,
        ...(unit === null ? {} : { unit }),
        ...(lineNote === null ? {} : { note: lineNote }),
      })),
    });
    const [view] = await readOrderViews(tx, [after.row.id], env, [{ actor, now: command.now }]);
    return { status: 201, body: view, etag: after.row.version };
  },
});
