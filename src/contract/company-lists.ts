/** Lists of the company's own that documents choose from: carriers, accounts that partners pay into, tax rates, units of measure. */
import { z } from 'zod';
import { Code, Currency, Id, Rate, Text } from './common.ts';
import { operation } from './operation.ts';

const entry = { id: Id, version: z.number().int(), isActive: z.boolean() };

export const CarrierView = z
  .object({
    id: Id,
    version: z.number().int(),
    code: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    phone: z.string().nullable(),
    isActive: z.boolean(),
  })
  .meta({ id: 'Carrier' });
const carrierFields = {
  name: Text(100),
  nameEn: Text(100).nullable().optional(),
  phone: Text(40).nullable().optional(),
  isActive: z.boolean().optional(),
};
export const CarrierCreate = z.strictObject({ code: Code(20), ...carrierFields }).meta({ id: 'CarrierCreate' });
export const CarrierUpdate = z.strictObject(carrierFields).partial().meta({ id: 'CarrierUpdate' });

export const BankAccountView = z
  .object({ ...entry, bankName: z.string(), accountNo: z.string(), currency: Currency })
  .meta({ id: 'BankAccount', description: 'An account that partners pay into; papers in its currency name it' });
const bankAccountFields = { bankName: Text(200), accountNo: Code(60), currency: Currency };
export const BankAccountCreate = z
  .strictObject({ ...bankAccountFields, isActive: z.boolean().optional() })
  .meta({ id: 'BankAccountCreate' });
export const BankAccountUpdate = z
  .strictObject({ ...bankAccountFields, isActive: z.boolean() })
  .partial()
  .meta({ id: 'BankAccountUpdate' });

export const TaxRateView = z
  .object({ ...entry, rate: Rate, name: z.string(), nameEn: z.string().nullable() })
  .meta({ id: 'TaxRate', description: 'A rate that products may have' });
const nameFields = { name: Text(100), nameEn: Text(100).nullable().optional(), isActive: z.boolean().optional() };
export const TaxRateCreate = z.strictObject({ rate: Rate, ...nameFields }).meta({ id: 'TaxRateCreate' });
export const TaxRateUpdate = z.strictObject(nameFields).partial().meta({ id: 'TaxRateUpdate' });

export const UnitView = z
  .object({
    ...entry,
    name: z.string(),
    nameHans: z.string().nullable(),
    nameEn: z.string().nullable(),
    wholeUnits: z.boolean(),
  })
  .meta({ id: 'Unit', description: 'A unit of measure that products may be counted, ordered and priced in' });
const unitFields = {
  nameHans: Text(20).nullable().optional(),
  nameEn: Text(20).nullable().optional(),
  wholeUnits: z.boolean().optional(),
  isActive: z.boolean().optional(),
};
export const UnitCreate = z.strictObject({ name: Text(20), ...unitFields }).meta({ id: 'UnitCreate' });
export const UnitUpdate = z.strictObject(unitFields).partial().meta({ id: 'UnitUpdate' });

const all = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const query = z.strictObject({ active: z.enum(['true', 'false']).optional() });

export const carrierList = operation({
  id: 'carrierList',
  method: 'GET',
  path: '/api/v1/carriers',
  summary: 'Carriers',
  can: 'staff.read',
  query,
  response: all(CarrierView),
  errors: [],
});
export const carrierCreate = operation({
  id: 'carrierCreate',
  method: 'POST',
  path: '/api/v1/carriers',
  summary: 'Add a carrier',
  can: 'company.manage',
  body: CarrierCreate,
  response: CarrierView,
  status: 201,
  idempotent: true,
  errors: ['carrier.duplicate', 'field.code_characters'],
});
export const carrierUpdate = operation({
  id: 'carrierUpdate',
  method: 'PATCH',
  path: '/api/v1/carriers/:carrierId',
  summary: 'Change a carrier',
  can: 'company.manage',
  params: z.object({ carrierId: Id }),
  body: CarrierUpdate,
  response: CarrierView,
  idempotent: true,
  versioned: true,
  errors: ['carrier.not_found'],
});

export const bankAccountList = operation({
  id: 'bankAccountList',
  method: 'GET',
  path: '/api/v1/bank-accounts',
  summary: 'Accounts that partners pay into',
  can: 'company.read',
  query,
  response: all(BankAccountView),
  errors: [],
});
export const bankAccountCreate = operation({
  id: 'bankAccountCreate',
  method: 'POST',
  path: '/api/v1/bank-accounts',
  summary: 'Add an account',
  can: 'company.manage',
  body: BankAccountCreate,
  response: BankAccountView,
  status: 201,
  idempotent: true,
  errors: ['bank_account.duplicate', 'field.code_characters', 'field.currency'],
});
export const bankAccountUpdate = operation({
  id: 'bankAccountUpdate',
  method: 'PATCH',
  path: '/api/v1/bank-accounts/:bankAccountId',
  summary: 'Change or retire an account',
  can: 'company.manage',
  params: z.object({ bankAccountId: Id }),
  body: BankAccountUpdate,
  response: BankAccountView,
  idempotent: true,
  versioned: true,
  errors: ['bank_account.not_found', 'bank_account.duplicate', 'field.code_characters', 'field.currency'],
});

export const taxRateList = operation({
  id: 'taxRateList',
  method: 'GET',
  path: '/api/v1/tax-rates',
  summary: 'Tax rates',
  can: 'staff.read',
  query,
  response: all(TaxRateView),
  errors: [],
});
export const taxRateCreate = operation({
  id: 'taxRateCreate',
  method: 'POST',
  path: '/api/v1/tax-rates',
  summary: 'Add a tax rate',
  can: 'company.manage',
  body: TaxRateCreate,
  response: TaxRateView,
  status: 201,
  idempotent: true,
  errors: ['tax_rate.duplicate', 'product.tax_rate'],
});
export const taxRateUpdate = operation({
  id: 'taxRateUpdate',
  method: 'PATCH',
  path: '/api/v1/tax-rates/:taxRateId',
  summary: 'Change or retire a tax rate',
  can: 'company.manage',
  params: z.object({ taxRateId: Id }),
  body: TaxRateUpdate,
  response: TaxRateView,
  idempotent: true,
  versioned: true,
  errors: ['tax_rate.not_found'],
});

export const unitList = operation({
  id: 'unitList',
  method: 'GET',
  path: '/api/v1/units',
  summary: 'Units of measure',
  can: 'company.read',
  query,
  response: all(UnitView),
  errors: [],
});
export const unitCreate = operation({
  id: 'unitCreate',
  method: 'POST',
  path: '/api/v1/units',
  summary: 'Add a unit',
  can: 'company.manage',
  body: UnitCreate,
  response: UnitView,
  status: 201,
  idempotent: true,
  errors: ['unit.duplicate'],
});
export const unitUpdate = operation({
  id: 'unitUpdate',
  method: 'PATCH',
  path: '/api/v1/units/:unitId',
  summary: 'Change or retire a unit',
  can: 'company.manage',
  params: z.object({ unitId: Id }),
  body: UnitUpdate,
  response: UnitView,
  idempotent: true,
  versioned: true,
  errors: ['unit.not_found'],
});

export const companyListOperations = [
  carrierList,
  carrierCreate,
  carrierUpdate,
  bankAccountList,
  bankAccountCreate,
  bankAccountUpdate,
  taxRateList,
  taxRateCreate,
  taxRateUpdate,
  unitList,
  unitCreate,
  unitUpdate,
] as const;
