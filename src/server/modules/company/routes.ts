import {
  calendarDaySet,
  calendarGet,
  calendarYearSet,
  carrierCreate,
  carrierList,
  carrierUpdate,
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
import { regionTree } from '../../../../db/reference/regions.ts';
import { type AfterWrite, type Route, raw, read, write } from '../../platform/http/route.ts';
import { createCarrier, updateCarrier } from './commands/save-carrier.ts';
import { createWarehouse, updateWarehouse } from './commands/save-warehouse.ts';
import { setCalendarDay, setCalendarYear } from './commands/set-calendar.ts';
import { setPolicy, withdrawPolicy } from './commands/set-policy.ts';
import { listPolicies } from './policy-queries.ts';
import { updateCompany } from './commands/update-company.ts';
import { listCarriers, listStaff, listWarehouses, readCalendar, readCompany } from './company-queries.ts';

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
