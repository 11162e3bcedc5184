/** The documents that can be talked about. Whether one exists is asked with the caller's scope: another partner's is not there. */
import type { ErrorCode } from '../../../contract/errors.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Sql, sql, type Tx } from '../../platform/db/database.ts';

export type DocumentType = 'order' | 'inquiry' | 'shipment' | 'partner';
export type Document = { type: DocumentType; id: string; no: string; partnerId: string };

const SOURCES: Record<DocumentType, { from: Sql; missing: ErrorCode }> = {
  order: { from: sql`select no, partner_id from sales_order`, missing: 'order.not_found' },
  inquiry: { from: sql`select no, partner_id from inquiry`, missing: 'inquiry.not_found' },
  shipment: { from: sql`select no, partner_id from shipment`, missing: 'shipment.not_found' },
  partner: { from: sql`select no, id as partner_id from partner`, missing: 'partner.not_found' },
};

/** The document, or a refusal that it is not there. */
export async function requireDocument(tx: Tx, type: DocumentType, id: string): Promise<Document> {
  const { from, missing } = SOURCES[type];
  const [row] = await tx.query<{ no: string; partner_id: string }>(sql`${from} where id = ${id}`);
  if (row === undefined) throw refuse(missing);
  return { type, id, no: row.no, partnerId: row.partner_id };
}
