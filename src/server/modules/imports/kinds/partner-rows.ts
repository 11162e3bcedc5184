/** Partner files as rows of the import: what the export writes, and what a row that comes in again is compared with. */
import { sql, type Tx } from '../../../platform/db/database.ts';
import type { ImportValues } from '../../../platform/import/kind.ts';
import { given } from './shared.ts';

type FileRow = {
  id: string;
  values: Record<string, string | null>;
  term: { kind: string; days?: number; depositRate?: string; parts?: number };
};

/** The files with these ids or numbers (in the scope of the transaction), as cells by the technical name of their column. */
export async function readPartnerRows(
  tx: Tx,
  by: { ids: readonly string[] } | { numbers: readonly string[] },
): Promise<Map<string, ImportValues>> {
  const which = 'ids' in by ? sql`p.id = any(${[...by.ids]}::uuid[])` : sql`p.no = any(${[...by.numbers]}::text[])`;
  const rows = await tx.query<FileRow>(sql`
    select p.id, p.payment_term as term, jsonb_build_object(
      'no', p.no, 'name', p.name, 'nameEn', p.name_en, 'shortName', p.short_name, 'uscc', p.uscc,
      'usccOverrideReason', p.uscc_override_reason, 'level', p.level, 'regionCode', p.region_code, 'territory', p.territory, 'locale', p.locale,
      'country', p.country, 'salesOwner', o.login, 'currency', p.currency, 'paymentMethod', p.payment_method,
      'replyDays', p.reply_days::text, 'priceList', l.code, 'invoiceTitle', p.invoice_title, 'taxNo', p.tax_no,
      'bankName', p.bank_name, 'bankAccount', p.bank_account, 'invoiceAddress', p.invoice_address,
      'invoicePhone', p.invoice_phone, 'invoiceKind', p.invoice_kind, 'contactName', c.name,
      'contactDuties', array_to_string(c.duties, ', '), 'contactPhone', c.phone, 'contactEmail', c.email, 'contactLocale', c.locale,
      'addressLabel', a.label, 'addressRegionCode', a.region_code,
      'addressRegionText', case when a.region_code is null then a.region_text end, 'addressDetail', a.detail,
      'addressReceiver', a.receiver, 'addressPhone', a.phone, 'sourceRef', p.source_ref, 'obtainedOn', p.obtained_on) as values
    from partner p left join app_user o on o.id = p.sales_owner_id left join price_list l on l.id = p.price_list_id
    left join lateral (select * from partner_contact where partner_id = p.id and is_active order by id limit 1) c on true
    left join lateral (select * from partner_address where partner_id = p.id and is_active order by is_default desc, id limit 1) a on true
    where ${which}`);
  const key = (row: FileRow) => ('ids' in by ? row.id : (row.values['no'] ?? ''));
  return new Map(rows.map((row) => [key(row), { ...given(row.values), ...given(termCells(row.term)) }]));
}

const termCells = ({ kind, days, depositRate, parts }: FileRow['term']) => ({
  termKind: kind,
  termDays: days?.toString() ?? null,
  termDepositRate: depositRate?.replace(/\.?0+$/, '') ?? null,
  termParts: parts?.toString() ?? null,
});

/** A partner file that a row may change: its cells, and all its contacts and addresses in use. */
export type PartnerOnFile = {
  id: string;
  version: number;
  values: ImportValues;
  contacts: readonly (Record<string, string | null> & { id: string })[];
  addresses: readonly (Record<string, string | null> & { id: string })[];
};

/** The files with these numbers, by number. */
export async function readPartnersOnFile(tx: Tx, numbers: readonly string[]): Promise<Map<string, PartnerOnFile>> {
  const [cells, rows] = await Promise.all([
    readPartnerRows(tx, { numbers }),
    tx.query<Omit<PartnerOnFile, 'values'> & { no: string }>(sql`
      select p.id, p.no, p.version,
        coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'contactName', c.name, 'contactDuties', array_to_string(c.duties, ', '),
          'contactPhone', c.phone, 'contactEmail', c.email, 'contactLocale', c.locale) order by c.id)
          from partner_contact c where c.partner_id = p.id and c.is_active), '[]') as contacts,
        coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'addressLabel', a.label, 'addressRegionCode', a.region_code,
          'addressRegionText', case when a.region_code is null then a.region_text end, 'addressDetail', a.detail,
          'addressReceiver', a.receiver, 'addressPhone', a.phone) order by a.is_default desc, a.id)
          from partner_address a where a.partner_id = p.id and a.is_active), '[]') as addresses
      from partner p where p.no = any(${[...numbers]}::text[])`),
  ]);
  return new Map(rows.map(({ no, ...row }) => [no, { ...row, values: cells.get(no) ?? {} }]));
}
