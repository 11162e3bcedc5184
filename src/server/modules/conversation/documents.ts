/** The documents that can be talked about. Whether one exists is asked with the caller's scope: another partner's is not there. */
import type { ErrorCode } from '../../../contract/errors.ts';
import type { Permission } from '../../../contract/roles.ts';
import { CONVERSATION_TYPES } from '../../../contract/work.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';
import type { Actor } from '../../platform/pipeline/types.ts';

export type DocumentType = (typeof CONVERSATION_TYPES)[number];
export type Document = { type: DocumentType; id: string; no: string; partnerId: string; insideOnly: boolean };

/** insideOnly: partners do not see such documents at all; whatever is said there is internal. */
type Source = { from: Sql; missing: ErrorCode; can: Permission; insideOnly?: true };

const SOURCES: Record<DocumentType, Source> = {
  order: { from: sql`select no, partner_id from sales_order`, missing: 'order.not_found', can: 'order.read' },
  inquiry: { from: sql`select no, partner_id from inquiry`, missing: 'inquiry.not_found', can: 'inquiry.read' },
  picking: {
    from: sql`select no, partner_id from picking`,
    missing: 'picking.not_found',
    can: 'stock.read',
    insideOnly: true,
  },
  shipment: { from: sql`select no, partner_id from shipment`, missing: 'shipment.not_found', can: 'shipment.read' },
  payment: { from: sql`select no, partner_id from payment`, missing: 'payment.not_found', can: 'payment.read' },
  invoice: { from: sql`select no, partner_id from invoice`, missing: 'invoice.not_found', can: 'invoice.read' },
  partner: { from: sql`select no, id as partner_id from partner`, missing: 'partner.not_found', can: 'partner.read' },
};

/** The kinds of documents whose conversations this person may read. */
export const readableTypes = (actor: Pick<Actor, 'permissions'>): DocumentType[] =>
  CONVERSATION_TYPES.filter((type) => actor.permissions.has(SOURCES[type].can));

/** The document, or a refusal that it is not there. */
export async function requireDocument(
  tx: Tx,
  type: DocumentType,
  id: string,
  actor: Pick<Actor, 'permissions'>,
): Promise<Document> {
  const { from, missing, can, insideOnly = false } = SOURCES[type];
  if (!actor.permissions.has(can)) throw refuse(missing);
  const [row] = await tx.query<{ no: string; partner_id: string }>(sql`${from} where id = ${id}`);
  if (row === undefined) throw refuse(missing);
  return { type, id, no: row.no, partnerId: row.partner_id, insideOnly };
}
