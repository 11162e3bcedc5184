import { chineseHolidays } from '../../kernel/holidays-cn.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { formatDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { likeText } from '../../platform/http/listing.ts';
import {
  type BankAccountRow,
  bankAccountTable,
  type CarrierRow,
  type CompanyRow,
  carrierTable,
  companyTable,
  type TaxRateRow,
  taxRateTable,
  type UnitRow,
  unitTable,
  type WarehouseRow,
  warehouseTable,
} from './company-tables.ts';
import { regionText } from './regions.ts';

export const companyView = (row: CompanyRow) => ({
  id: row.id,
  version: row.version,
  name: row.name,
  nameEn: row.name_en,
  taxNo: row.tax_no,
  address: row.address,
  phone: row.phone,
  currency: row.currency,
  timeZone: row.time_zone,
  logoSvg: row.logo_svg,
  deliveryMethod: row.delivery_method,
});

/** The company; refused with company.not_set before set-up. */
export async function readCompany(tx: Tx): Promise<ReturnType<typeof companyView>> {
  const rows = await tx.query<CompanyRow>(sql`select ${columnsOf(companyTable)} from company`);
  if (rows[0] === undefined) throw refuse('company.not_set');
  return companyView(rows[0]);
}

export const warehouseView = (row: WarehouseRow) => ({
  id: row.id,
  version: row.version,
  code: row.code,
  name: row.name,
  nameEn: row.name_en,
  regionCode: row.region_code,
  regionText: regionText(row.region_code),
  address: row.address,
  isActive: row.is_active,
  priority: row.priority,
});

/** Warehouses in the order in which promises are taken. `active`: only those in use, or only the others. */
export async function listWarehouses(tx: Tx, active?: boolean): Promise<ReturnType<typeof warehouseView>[]> {
  const rows = await tx.query<WarehouseRow>(
    sql`select ${columnsOf(warehouseTable)} from warehouse where ${active ?? null}::boolean is null or is_active = ${active ?? null}::boolean order by priority, code`,
  );
  return rows.map(warehouseView);
}

export const carrierView = (row: CarrierRow) => ({
  id: row.id,
  version: row.version,
  code: row.code,
  name: row.name,
  nameEn: row.name_en,
  phone: row.phone,
  isActive: row.is_active,
});

export async function listCarriers(tx: Tx, active?: boolean): Promise<ReturnType<typeof carrierView>[]> {
  const rows = await tx.query<CarrierRow>(
    sql`select ${columnsOf(carrierTable)} from carrier where ${active ?? null}::boolean is null or is_active = ${active ?? null}::boolean order by code`,
  );
  return rows.map(carrierView);
}

export const bankAccountView = (row: BankAccountRow) => ({
  id: row.id,
  version: row.version,
  bankName: row.bank_name,
  accountNo: row.account_no,
  currency: row.currency,
  isActive: row.is_active,
});

export async function listBankAccounts(tx: Tx, active?: boolean): Promise<ReturnType<typeof bankAccountView>[]> {
  const rows = await tx.query<BankAccountRow>(
    sql`select ${columnsOf(bankAccountTable)} from bank_account where ${active ?? null}::boolean is null or is_active = ${active ?? null}::boolean order by currency, bank_name, account_no`,
  );
  return rows.map(bankAccountView);
}

export const taxRateView = (row: TaxRateRow) => ({
  id: row.id,
  version: row.version,
  rate: formatDecimal(row.rate, RATE_SCALE),
  name: row.name,
  nameEn: row.name_en,
  isActive: row.is_active,
});

export async function listTaxRates(tx: Tx, active?: boolean): Promise<ReturnType<typeof taxRateView>[]> {
  const rows = await tx.query<TaxRateRow>(
    sql`select ${columnsOf(taxRateTable)} from tax_rate where ${active ?? null}::boolean is null or is_active = ${active ?? null}::boolean order by rate desc`,
  );
  return rows.map(taxRateView);
}

export const unitView = (row: UnitRow) => ({
  id: row.id,
  version: row.version,
  name: row.name,
  nameHans: row.name_hans,
  nameEn: row.name_en,
  wholeUnits: row.whole_units,
  isActive: row.is_active,
});

export async function listUnits(tx: Tx, active?: boolean): Promise<ReturnType<typeof unitView>[]> {
  const rows = await tx.query<UnitRow>(
    sql`select ${columnsOf(unitTable)} from unit_of_measure where ${active ?? null}::boolean is null or is_active = ${active ?? null}::boolean order by name`,
  );
  return rows.map(unitView);
}

/** The days of a year that differ from the plain week: the published ones, with the company's own over them. */
export async function readCalendar(tx: Tx, year: number) {
  const [own, years] = await Promise.all([
    tx.query<{ day: string; is_work: boolean; name: string }>(
      sql`select day, is_work, name from calendar_day where extract(year from day) = ${year} order by day`,
    ),
    tx.query<{ published: boolean }>(sql`select published from calendar_year where year = ${year}`),
  ]);
  const statutory = chineseHolidays();
  const days = new Map(
    statutory.days
      .filter(({ date }) => date.startsWith(`${year}-`))
      .map((day) => [day.date, { ...day, source: 'statutory' as const }] as const),
  );
  const all = new Map<string, { date: string; isWork: boolean; name: string; source: 'statutory' | 'company' }>(days);
  for (const { day, is_work, name } of own) all.set(day, { date: day, isWork: is_work, name, source: 'company' });
  return {
    year,
    published: statutory.publishedYears.includes(year) || years[0]?.published === true,
    days: [...all.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

type StaffRow = { id: string; name: string; name_en: string | null; roles: string[] };

/** Active people of the company, for pick lists. */
export async function listStaff(tx: Tx, filter: { role?: string | undefined; q?: string | undefined }) {
  const rows = await tx.query<StaffRow>(sql`
    select u.id, u.name, u.name_en, coalesce(array_agg(r.role order by r.role) filter (where r.role is not null), '{}') as roles
    from app_user u left join user_role r on r.user_id = u.id
    where u.kind = 'staff' and u.state = 'active'
      and (${filter.q ?? null}::text is null or u.name ilike '%' || ${likeText(filter.q)} || '%' or u.name_en ilike '%' || ${likeText(filter.q)} || '%')
    group by u.id
    having ${filter.role ?? null}::text is null or bool_or(r.role = ${filter.role ?? null}::text)
    order by u.name, u.id limit 500`);
  return rows.map((row) => ({ id: row.id, name: row.name, nameEn: row.name_en, roles: row.roles }));
}
