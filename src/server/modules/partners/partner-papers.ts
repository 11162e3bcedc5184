/** Documents and range of a partner file as callers get them. */
import type { z } from 'zod';
import type { PartnerView } from '../../../contract/partners.ts';
import type { BizDate } from '../../kernel/biz-date.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { type DocumentRow, documentTable } from './partner-tables.ts';

type View = z.output<typeof PartnerView>;
type Paper = DocumentRow & { file_name: string; replaced_by: string | null };
type RangeRow = {
  category: string | null;
  id: string | null;
  sku: string | null;
  name: string | null;
  name_en: string | null;
};

export async function readUpkeep(
  tx: Tx,
  partnerId: string,
  today: BizDate,
): Promise<Pick<View, 'documents' | 'range'>> {
  const [papers, range] = await Promise.all([
    tx.query<Paper>(sql`
      select ${columnsOf(documentTable, 'd')}, a.file_name, n.id as replaced_by from partner_document d join attachment a on a.id = d.attachment_id
      left join partner_document n on n.replaces_id = d.id and n.retracted_at is null
      where d.partner_id = ${partnerId} order by d.retracted_at is not null, n.id is not null, d.id desc`),
    tx.query<RangeRow>(sql`
      select r.category, p.id, p.sku, p.name, p.name_en from partner_range r left join product p on p.id = r.product_id
      where r.partner_id = ${partnerId} order by r.category, p.sku`),
  ]);
  return {
    documents: papers.map((row) => paperView(row, today)),
    range: {
      categories: range.flatMap(({ category }) => (category === null ? [] : [category])),
      products: range.flatMap(({ id, sku, name, name_en }) =>
        id === null ? [] : [{ id, sku: sku ?? '', name: name ?? '', nameEn: name_en }],
      ),
    },
  };
}

const paperView = (row: Paper, today: BizDate): View['documents'][number] => ({
  id: row.id,
  attachmentId: row.attachment_id,
  kind: row.kind as View['documents'][number]['kind'],
  fileName: row.file_name,
  note: row.note,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  inForce: row.retracted_at === null && row.replaced_by === null && (row.valid_to === null || row.valid_to >= today),
  replacedBy: row.replaced_by,
  addedAt: row.added_at.toISOString(),
  retractedAt: row.retracted_at?.toISOString() ?? null,
});
