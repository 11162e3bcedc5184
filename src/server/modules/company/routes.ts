import {
  calendarDaySet,
  calendarGet,
  calendarYearSet,
  companyGet,
  companyUpdate,
  policyList,
  policySet,
  policyWithdraw,
  regionList,
  staffList,
  warehouseCreate,
  warehouseList,
  warehouseUpdate,
} from '../../../contract/company.ts';
import {
  bankAccountCreate,
  bankAccountList,
  bankAccountUpdate,
  carrierCreate,
  carrierList,
  carrierUpdate,
  taxRateCreate,
  taxRateList,
  taxRateUpdate,
  unitCreate,
  unitList,
  unitUpdate,
} from '../../../contract/company-lists.ts';
import { regionTree } from '../../../../db/reference/regions.ts';
import { type AfterWrite, type Route, raw, read, write } from '../../platform/http/route.ts';
import { createBankAccount, updateBankAccount } from './commands/save-bank-account.ts';
import { createTaxRate, updateTaxRate } from './commands/save-tax-rate.ts';
import { createUnit, updateUnit } from './commands/save-unit.ts';
import { createCarrier, updateCarrier } from './commands/save-carrier.ts';
import { createWarehouse, updateWarehouse } from './commands/save-warehouse.ts';
import { setCalendarDay, setCalendarYear } from './commands/set-calendar.ts';
import { setPolicy, withdrawPolicy } from './commands/set-policy.ts';
import { listPolicies } from './policy-queries.ts';
import { updateCompany } from './commands/update-company.ts';
import {
  listBankAccounts,
  listCarriers,
  listStaff,
  listTaxRates,
  listUnits,
  listWarehouses,
  readCalendar,
  readCompany,
} from './company-queries.ts';

const forgetSettings: AfterWrite = ({ settings, authenticator }) => {
  settings.forget();
  authenticator.forget();
};
const flag = (text: 'true' | 'false' | undefined) => (text === undefined ? undefined : text === 'true');

export const companyRoutes: Route[] = [
  raw(regionList, async () => ({ items: regionTree() })),
  read(companyGet, ({ tx }) => readCompany(tx)),
  write(companyUpdate, updateCompany, ({ body }) => body, forgetSettings),
  read(warehouseList, async ({ tx, query }) => ({ items: await listWarehouses(tx, flag(query.active)) })),
  write(warehouseCreate, createWarehouse, ({ body }) => body),
  write(warehouseUpdate, updateWarehouse, ({ params, body }) => ({ ...body, ...params })),
  read(carrierList, async ({ tx, query }) => ({ items: await listCarriers(tx, flag(query.active)) })),
  write(carrierCreate, createCarrier, ({ body }) => body),
  write(carrierUpdate, updateCarrier, ({ params, body }) => ({ ...body, ...params })),
  read(bankAccountList, async ({ tx, query }) => ({ items: await listBankAccounts(tx, flag(query.active)) })),
  write(bankAccountCreate, createBankAccount, ({ body }) => body),
  write(bankAccountUpdate, updateBankAccount, ({ params, body }) => ({ ...body, ...params })),
  read(taxRateList, async ({ tx, query }) => ({ items: await listTaxRates(tx, flag(query.active)) })),
  write(taxRateCreate, createTaxRate, ({ body }) => body),
  write(taxRateUpdate, updateTaxRate, ({ params, body }) => ({ ...body, ...params })),
  read(unitList, async ({ tx, query }) => ({ items: await listUnits(tx, flag(query.active)) })),
  write(unitCreate, createUnit, ({ body }) => body),
  write(unitUpdate, updateUnit, ({ params, body }) => ({ ...body, ...params })),
  read(policyList, async ({ tx, now }) => ({ items: await listPolicies(tx, now) })),
  write(policySet, setPolicy, ({ params, body }) => ({ ...body, code: params.policyCode }), forgetSettings),
  write(
    policyWithdraw,
    withdrawPolicy,
    ({ params }) => ({ code: params.policyCode, entryId: params.entryId }),
    forgetSettings,
  ),
  read(calendarGet, ({ tx, params }) => readCalendar(tx, params.year)),
  write(calendarDaySet, setCalendarDay, ({ params, body }) => ({ ...body, date: params.date }), forgetSettings),
  write(calendarYearSet, setCalendarYear, ({ params, body }) => ({ ...body, ...params }), forgetSettings),
  read(staffList, async ({ tx, query }) => ({ items: await listStaff(tx, query) })),
];
