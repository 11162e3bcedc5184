/** Templates of orders: what they hold, who sees them. Source: rulings, section 7. */
import { z } from 'zod';
import type { OrderTemplateView } from '../../../contract/order-templates.ts';
import { empty, type Sql, sql, type Tx } from '../../platform/db/database.ts';
import { defineTable, type RowOf } from '../../platform/db/table.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';

export const TemplateContent = z.object({
  customerName: z.string().nullable(),
  ownStock: z.boolean(),
  deliveryMethod: z.string().nullable(),
  addressId: z.string().nullable(),
  note: z.string().nullable(),
  lines: z.array(
    z.object({
      productId: z.string(),
      /** As it is written, in `unit`; without a unit, the base unit. */
      qty: z.string(),
      unit: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
});
export type TemplateContent = z.output<typeof TemplateContent>;

export const templateTable = defineTable('order_template', ['id'], {
  id: 'uuid',
  partner_id: 'uuid',
  is_internal: 'boolean',
  owner_id: 'uuid',
  is_shared: 'boolean',
  name: 'text',
  content: 'jsonb',
  version: 'int',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
});
export type TemplateRow = RowOf<typeof templateTable>;

/** One's own, and what one's side shares about the partners one may see. */
export const visibleTo = (actor: Actor): Sql =>
  sql`o.is_internal = ${actor.partnerId === null}::boolean and (o.owner_id = ${actor.userId} or o.is_shared) and ${inReach(actor)}`;
const inReach = ({ scope }: Actor): Sql =>
  scope.kind === 'company' ? sql`true` : sql`o.partner_id = any(${[...scope.ids]}::uuid[])`;

type Listed = TemplateRow & {
  owner: string;
  no: string;
  partner_name: string;
  partner_name_en: string | null;
  products: string[] | null;
};

const select = sql`
  select o.id, o.partner_id, o.is_internal, o.owner_id, o.is_shared, o.name, o.content, o.version, o.created_at, o.updated_at, u.name as owner,
    p.no, p.name as partner_name, p.name_en as partner_name_en,
    (select array_agg(d.name order by l.at) from (select value->>'productId' as id, ordinality as at from jsonb_array_elements(o.content->'lines') with ordinality limit 3) l
      join product d on d.id = l.id::uuid) as products
  from order_template o join app_user u on u.id = o.owner_id join partner p on p.id = o.partner_id`;

const view = (row: Listed, actor: Actor): z.output<typeof OrderTemplateView> => ({
  id: row.id,
  name: row.name,
  isShared: row.is_shared,
  mine: row.owner_id === actor.userId,
  owner: row.owner,
  partner: { id: row.partner_id, no: row.no, name: row.partner_name, nameEn: row.partner_name_en },
  lineCount: TemplateContent.parse(row.content).lines.length,
  products: row.products ?? [],
  updatedAt: row.updated_at.toISOString(),
  version: row.version,
});

export async function readTemplates(
  tx: Tx,
  query: { cursor?: string | undefined; limit: number; partnerId?: string | undefined },
  actor: Actor,
) {
  const cursor = decodeTypedCursor(query.cursor, ['id']);
  const of = query.partnerId === undefined ? empty : sql` and o.partner_id = ${query.partnerId}`;
  const after = cursor === null ? empty : sql` and o.id < ${cursor[0]}::uuid`;
  const [rows, counted] = await Promise.all([
    tx.query<Listed>(
      sql`${select} where ${visibleTo(actor)}${of}${after} order by o.id desc limit ${query.limit + 1}::int`,
    ),
    tx.query<{ count: number }>(
      sql`select count(*)::int as count from order_template o where ${visibleTo(actor)}${of}`,
    ),
  ]);
  return pageOf(
    rows,
    query.limit,
    (row) => view(row, actor),
    (row) => [row.id],
    { count: counted[0]?.count ?? 0, exact: true },
  );
}

export async function readTemplate(
  tx: Tx,
  id: string,
  actor: Actor,
): Promise<z.output<typeof OrderTemplateView> | undefined> {
  const rows = await tx.query<Listed>(sql`${select} where o.id = ${id} and ${visibleTo(actor)}`);
  return rows.map((row) => view(row, actor))[0];
}
