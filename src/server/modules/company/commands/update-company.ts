import type { z } from 'zod';
import type { CompanyUpdate } from '../../../../contract/company.ts';
import { isCurrency } from '../../../kernel/currency.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../changes.ts';
import { companyView } from '../company-queries.ts';
import { type CompanyRow, companyTable } from '../company-tables.ts';
import { isPlainSvg } from '../logo.ts';

/** On every print; not repeated in the log. */
const HIDDEN = new Set(['phone', 'logo_svg']);

export const updateCompany = defineCommand<z.output<typeof CompanyUpdate>>({
  name: 'company.update',
  refuses: [
    'company.not_set',
    'company.currency_fixed',
    'company.time_zone',
    'company.logo_unsafe',
    'field.currency',
    'request.version_stale',
  ],
  async run({ tx, command, emit }, input) {
    const rows = await tx.query<CompanyRow>(sql`select ${columnsOf(companyTable)} from company for update`);
    const before = rows[0];
    if (before === undefined) throw refuse('company.not_set');
    requireVersion(command, before);
    if (input.timeZone !== undefined && !isTimeZone(input.timeZone))
      throw refuse('company.time_zone', undefined, 'timeZone');
    if (typeof input.logoSvg === 'string' && !isPlainSvg(input.logoSvg))
      throw refuse('company.logo_unsafe', undefined, 'logoSvg');
    if (input.currency !== undefined && input.currency !== before.currency) {
      if (!isCurrency(input.currency)) throw refuse('field.currency', undefined, 'currency');
      const used = await tx.query(sql`select 1 from credit_account union all select 1 from price_list limit 1`);
      if (used.length > 0) throw refuse('company.currency_fixed', { currency: before.currency }, 'currency');
    }
    const set = given({
      name: input.name,
      name_en: input.nameEn,
      tax_no: input.taxNo,
      address: input.address,
      phone: input.phone,
      currency: input.currency,
      time_zone: input.timeZone,
      logo_svg: input.logoSvg,
      delivery_method: input.deliveryMethod,
    });
    const changes = changesBetween(before, set, HIDDEN);
    if (Object.keys(changes).length === 0) return { status: 200, body: companyView(before), etag: before.version };
    const after: CompanyRow = { ...before, ...set, version: before.version + 1, updated_at: command.now };
    await updateRows(tx, companyTable, COLUMNS, [after]);
    emit({
      documentType: 'company',
      documentId: after.id,
      documentNo: null,
      version: after.version,
      type: 'company.changed',
      partnerId: null,
      payload: { changes },
    });
    return { status: 200, body: companyView(after), etag: after.version };
  },
});

const COLUMNS = [
  'name',
  'name_en',
  'tax_no',
  'address',
  'phone',
  'currency',
  'time_zone',
  'logo_svg',
  'delivery_method',
  'version',
  'updated_at',
] as const;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
