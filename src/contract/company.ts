/** The company itself: its data, warehouses, policy parameters, working calendar, people for pick lists. */
import { z } from 'zod';
import { BizDate, Code, Currency, Id, Instant, LongText, Text } from './common.ts';
import { operation } from './operation.ts';
import { DeliveryMethod } from './order-shapes.ts';
import { DURATION_UNITS } from './policy.ts';

const LOGO_BYTES = 64 * 1024;

export const CompanyView = z
  .object({
    id: Id,
    version: z.number().int(),
    name: z.string(),
    nameEn: z.string().nullable(),
    taxNo: z.string().nullable(),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    currency: Currency,
    timeZone: z.string(),
    logoSvg: z.string().nullable(),
    /** How goods go when neither order nor address says it; null: every order has to. */
    deliveryMethod: z.string().nullable(),
  })
  .meta({ id: 'Company' });

export const CompanyUpdate = z
  .strictObject({
    name: Text(200),
    nameEn: Text(200).nullable(),
    taxNo: Code(30).nullable(),
    address: Text(300).nullable(),
    phone: Text(60).nullable(),
    currency: Currency,
    timeZone: z.string().max(60, 'field.too_long'),
    logoSvg: z.string().max(LOGO_BYTES, 'field.too_long').nullable(),
    deliveryMethod: DeliveryMethod.nullable(),
  })
  .partial()
  .meta({
    id: 'CompanyUpdate',
    description: 'Only what is given is changed; null empties',
  });

export const WarehouseView = z
  .object({
    id: Id,
    version: z.number().int(),
    code: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    regionCode: z.string().nullable(),
    regionText: z.string().nullable(),
    address: z.string().nullable(),
    isActive: z.boolean(),
    priority: z.number().int(),
  })
  .meta({ id: 'Warehouse' });
const warehouseFields = {
  name: Text(100),
  nameEn: Text(100).nullable().optional(),
  regionCode: Code(6).nullable().optional(),
  address: Text(300).nullable().optional(),
  isActive: z.boolean().optional(),
  priority: z.number().int().min(1).max(9999).optional(),
};
export const WarehouseCreate = z.strictObject({ code: Code(20), ...warehouseFields }).meta({ id: 'WarehouseCreate' });
export const WarehouseUpdate = z.strictObject(warehouseFields).partial().meta({ id: 'WarehouseUpdate' });

export const POLICY_UNITS = ['wh', 'wd', 'h', 'd', 'flag', 'percent', 'amount'] as const;
const Duration = z.strictObject({ value: z.number().int().min(1).max(1000), unit: z.enum(DURATION_UNITS) });
/** When the holder is reminded before the end, and the managers are told after it. */
export const PolicyReminders = z
  .strictObject({ half: z.boolean(), before: Duration.nullable(), manager: Duration.nullable() })
  .meta({ id: 'PolicyReminders' });

/** Whom a value is for; without both: the company. */
const PolicyTarget = z.object({
  level: z.string().nullable(),
  agreement: z.object({ id: Id, no: z.string(), partnerId: Id, partnerName: z.string() }).nullable(),
});
export const PolicyEntry = PolicyTarget.extend({
  id: Id,
  /** null: goes by the company's value again. */
  value: z.number().int().nullable(),
  unit: z.enum(POLICY_UNITS),
  validFrom: Instant,
  reminders: PolicyReminders.nullable(),
  setBy: z.string().nullable(),
  note: z.string().nullable(),
  state: z.enum(['past', 'in_force', 'future', 'withdrawn']),
}).meta({ id: 'PolicyEntry' });

export const PolicyView = z
  .object({
    code: z.string(),
    article: z.string(),
    /** What its clock starts with: an event, or the end of another parameter; null for switches. */
    starts: z.string().nullable(),
    defaultValue: z.number().int(),
    defaultUnit: z.enum(POLICY_UNITS),
    /** In force now, for the company. */
    value: z.number().int(),
    unit: z.enum(POLICY_UNITS),
    reminders: PolicyReminders.nullable(),
    /** null: the default holds. */
    validFrom: Instant.nullable(),
    setBy: z.string().nullable(),
    note: z.string().nullable(),
    /** Every value ever set, newest first: for the company, for levels, for agreements. */
    entries: z.array(PolicyEntry),
  })
  .meta({ id: 'Policy' });
export const PolicySet = z
  .strictObject({
    /** null, for a level or an agreement: the company's value again. */
    value: z.number().int().min(0).max(10_000).nullable(),
    /** Another unit than the default's; durations only. */
    unit: z.enum(DURATION_UNITS).optional(),
    /** In force from the start of this day in the zone of the company; left out: from now on. */
    validFrom: BizDate.optional(),
    note: LongText(500).optional(),
    level: Text(20).optional(),
    agreementId: Id.optional(),
    reminders: PolicyReminders.nullable().optional(),
  })
  .meta({ id: 'PolicySet' });

export const CalendarView = z
  .object({
    year: z.number().int(),
    /** false: holidays of the year are not announced; deadlines that reach into it are provisional. */
    published: z.boolean(),
    days: z.array(
      z.object({
        date: BizDate,
        isWork: z.boolean(),
        name: z.string(),
        source: z.enum(['statutory', 'company']),
      }),
    ),
  })
  .meta({ id: 'Calendar' });

export const StaffView = z
  .object({
    id: Id,
    name: z.string(),
    nameEn: z.string().nullable(),
    roles: z.array(z.string()),
  })
  .meta({ id: 'Staff' });

const all = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const yearParam = z.coerce.number({ error: 'request.bad_id' }).int('request.bad_id').min(2000).max(2999);

export const companyGet = operation({
  id: 'companyGet',
  method: 'GET',
  path: '/api/v1/company',
  summary: 'The company',
  can: 'company.read',
  response: CompanyView,
  errors: ['company.not_set'],
});
export const companyUpdate = operation({
  id: 'companyUpdate',
  method: 'PATCH',
  path: '/api/v1/company',
  summary: 'Change data of the company',
  can: 'company.manage',
  body: CompanyUpdate,
  response: CompanyView,
  idempotent: true,
  versioned: true,
  errors: ['company.not_set', 'company.currency_fixed', 'company.time_zone', 'company.logo_unsafe', 'field.currency'],
});
export const warehouseList = operation({
  id: 'warehouseList',
  method: 'GET',
  path: '/api/v1/warehouses',
  summary: 'Warehouses, in the order in which promises are taken',
  can: 'staff.read',
  query: z.strictObject({ active: z.enum(['true', 'false']).optional() }),
  response: all(WarehouseView),
  errors: [],
});
export const warehouseCreate = operation({
  id: 'warehouseCreate',
  method: 'POST',
  path: '/api/v1/warehouses',
  summary: 'Add a warehouse',
  can: 'company.manage',
  body: WarehouseCreate,
  response: WarehouseView,
  status: 201,
  idempotent: true,
  errors: ['warehouse.duplicate', 'region.unknown', 'field.code_characters'],
});
export const warehouseUpdate = operation({
  id: 'warehouseUpdate',
  method: 'PATCH',
  path: '/api/v1/warehouses/:warehouseId',
  summary: 'Change a warehouse',
  can: 'company.manage',
  params: z.object({ warehouseId: Id }),
  body: WarehouseUpdate,
  response: WarehouseView,
  idempotent: true,
  versioned: true,
  errors: ['warehouse.not_found', 'region.unknown'],
});
export const policyList = operation({
  id: 'policyList',
  method: 'GET',
  path: '/api/v1/policies',
  summary: 'Policy parameters with their values in force',
  can: 'policy.read',
  response: all(PolicyView),
  errors: [],
});
export const policySet = operation({
  id: 'policySet',
  method: 'POST',
  path: '/api/v1/policies/:policyCode',
  summary: 'Set a policy parameter from a day on',
  can: 'policy.manage',
  params: z.object({ policyCode: z.string().max(60) }),
  body: PolicySet,
  response: PolicyView,
  idempotent: true,
  errors: [
    'policy.not_found',
    'policy.value',
    'policy.past',
    'policy.duplicate',
    'policy.scope',
    'agreement.not_found',
  ],
});
export const policyWithdraw = operation({
  id: 'policyWithdraw',
  method: 'POST',
  path: '/api/v1/policies/:policyCode/entries/:entryId/withdraw',
  summary: 'Take back a value that has not begun to hold',
  can: 'policy.manage',
  params: z.object({ policyCode: z.string().max(60), entryId: Id }),
  response: PolicyView,
  idempotent: true,
  errors: ['policy.not_found', 'policy.entry_not_found', 'policy.begun'],
});
export const calendarGet = operation({
  id: 'calendarGet',
  method: 'GET',
  path: '/api/v1/calendar/:year',
  summary: 'Days of a year that differ from the plain week',
  can: 'company.read',
  params: z.object({ year: yearParam }),
  response: CalendarView,
  errors: [],
});
export const calendarDaySet = operation({
  id: 'calendarDaySet',
  method: 'PUT',
  path: '/api/v1/calendar/days/:date',
  summary: 'Make a day a working day or a day off for the company; isWork null takes the own rule back',
  can: 'company.manage',
  params: z.object({ date: BizDate }),
  body: z.strictObject({
    isWork: z.boolean().nullable(),
    name: Text(60).optional(),
  }),
  response: CalendarView,
  idempotent: true,
  errors: ['field.required'],
});
export const calendarYearSet = operation({
  id: 'calendarYearSet',
  method: 'PUT',
  path: '/api/v1/calendar/:year',
  summary: 'Say that the holidays of a year are complete: deadlines are no longer provisional',
  can: 'company.manage',
  params: z.object({ year: yearParam }),
  body: z.strictObject({ published: z.boolean() }),
  response: CalendarView,
  idempotent: true,
  errors: [],
});
export const staffList = operation({
  id: 'staffList',
  method: 'GET',
  path: '/api/v1/staff',
  summary: 'Active staff for pick lists',
  can: 'staff.read',
  query: z.strictObject({
    role: z.string().max(40).optional(),
    q: z.string().max(100).optional(),
  }),
  response: all(StaffView),
  errors: [],
});

type RegionNode = { code: string | null; name: string; children: RegionNode[] };
export const RegionNodeView: z.ZodType<RegionNode> = z
  .lazy(() => z.object({ code: z.string().nullable(), name: z.string(), children: z.array(RegionNodeView) }))
  .meta({ id: 'Region' });
export const regionList = operation({
  id: 'regionList',
  method: 'GET',
  path: '/api/v1/regions',
  summary: 'Provinces with their cities and districts (GB/T 2260)',
  article: 'R3.1',
  can: 'public',
  response: all(RegionNodeView),
  errors: [],
});

export const companyOperations = [
  regionList,
  companyGet,
  companyUpdate,
  warehouseList,
  warehouseCreate,
  warehouseUpdate,
  policyList,
  policySet,
  policyWithdraw,
  calendarGet,
  calendarDaySet,
  calendarYearSet,
  staffList,
] as const;
