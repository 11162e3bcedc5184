/** Partner files 渠道檔案, agreements 合作協議, credit, the partner's own item codes. Source: R3.1, R4.1. */
import { z } from 'zod';
import { LocaleCode } from './session.ts';
import {
  AllowedAction,
  Amount,
  BizDate,
  Code,
  Currency,
  Id,
  Instant,
  Named,
  Page,
  PageQuery,
  PartnerRef,
  Reason,
} from './common.ts';
import { PARTNER_STATES } from './machines/others.ts';
import { operation } from './operation.ts';
import { PaymentTerm } from './orders.ts';
import {
  AddressView,
  AgreementCreate,
  AgreementView,
  addressFields,
  COMPLETENESS_FIELDS,
  ContactView,
  CreditView,
  contactFields,
  INVOICE_KINDS,
  PartnerCreate,
  PartnerUpdate,
  PAYMENT_METHODS,
} from './partner-fields.ts';
import { PartnerChangeView, PartnerDocumentView, PartnerRangeView } from './partner-upkeep.ts';

export * from './partner-fields.ts';
export * from './partner-upkeep.ts';

export const PartnerRow = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    state: z.enum(PARTNER_STATES),
    name: z.string(),
    nameEn: z.string().nullable(),
    shortName: z.string().nullable(),
    uscc: z.string().nullable(),
    level: z.string().nullable(),
    regionCode: z.string().nullable(),
    regionText: z.string().nullable(),
    territory: z.string().nullable(),
    salesOwner: Named.nullable(),
    currency: Currency,
    creditLimitAmount: Amount.nullable(),
    exposureAmount: Amount,
    completeness: z.number().int(),
    updatedAt: Instant,
  })
  .meta({ id: 'PartnerRow' });

export const PartnerView = z
  .object({
    id: Id,
    no: z.string(),
    version: z.number().int(),
    state: z.enum(PARTNER_STATES),
    name: z.string(),
    nameEn: z.string().nullable(),
    shortName: z.string().nullable(),
    uscc: z.string().nullable(),
    usccOverrideReason: z.string().nullable(),
    level: z.string().nullable(),
    regionCode: z.string().nullable(),
    regionText: z.string().nullable(),
    territory: z.string().nullable(),
    locale: LocaleCode.nullable(),
    country: z.string(),
    salesOwner: Named.nullable(),
    deputyOwner: Named.nullable(),
    currency: Currency,
    paymentMethod: z.enum(PAYMENT_METHODS),
    paymentTerm: PaymentTerm,
    replyDays: z.number().int().nullable(),
    priceList: z.object({ id: Id, code: z.string(), name: z.string() }).nullable(),
    invoiceTitle: z.string().nullable(),
    taxNo: z.string().nullable(),
    bankName: z.string().nullable(),
    bankAccount: z.string().nullable(),
    invoiceAddress: z.string().nullable(),
    invoicePhone: z.string().nullable(),
    invoiceKind: z.enum(INVOICE_KINDS),
    sourceRef: z.string().nullable(),
    obtainedOn: BizDate.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    contacts: z.array(ContactView),
    addresses: z.array(AddressView),
    agreements: z.array(AgreementView),
    credit: CreditView,
    documents: z.array(PartnerDocumentView),
    range: PartnerRangeView,
    /** What waits for a review. */
    pendingChanges: z.array(PartnerChangeView),
    /** The file that everything of this one has moved to. */
    mergedInto: PartnerRef.nullable(),
    confirmedOn: BizDate.nullable(),
    /** When the file has to be confirmed again. */
    confirmDueOn: BizDate,
    /** The data were entered later than the policy allows after they were obtained. */
    enteredLate: z.boolean(),
    completeness: z.object({
      score: z.number().int(),
      missing: z.array(z.enum(COMPLETENESS_FIELDS)),
    }),
    /** Other partners that may be the same company. Empty for partner users. */
    possibleDuplicates: z.array(PartnerRef.extend({ why: z.enum(['uscc', 'name', 'pinyin', 'phone']) })),
    allowedActions: z.array(AllowedAction),
  })
  .meta({ id: 'Partner' });

export const PartnerHistoryEntry = z
  .object({
    version: z.number().int(),
    type: z.string(),
    at: Instant,
    /** null: the product itself; for partner users also staff. */
    actor: z.string().nullable(),
    /** `hidden`: personal data that has been erased, or was never kept, is named without its values. */
    changes: z.array(
      z.object({
        field: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
        hidden: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'PartnerHistoryEntry' });

export const PartnerItemView = z
  .object({
    code: z.string(),
    product: z.object({
      id: Id,
      sku: z.string(),
      name: z.string(),
      nameEn: z.string().nullable(),
    }),
  })
  .meta({ id: 'PartnerItem' });
export const PartnerItemsSave = z
  .strictObject({
    set: z
      .array(
        z
          .strictObject({
            code: Code(64),
            productId: Id.optional(),
            sku: Code(64).optional(),
          })
          .refine((item) => (item.productId === undefined) !== (item.sku === undefined), {
            error: 'field.required',
            path: ['sku'],
          }),
      )
      .max(1000)
      .optional(),
    remove: z.array(Code(64)).max(1000).optional(),
  })
  .meta({
    id: 'PartnerItemsSave',
    description: 'Exactly one of productId and sku',
  });

const states = z.enum(PARTNER_STATES);
export const PARTNER_SORTS = ['no', '-no', 'name', '-name', 'updatedAt', '-updatedAt'] as const;
export const partnerFilters = {
  q: z.string().max(100).optional(),
  state: z.union([states, z.array(states)]).optional(),
  level: z.string().max(20).optional(),
  salesOwnerId: Id.optional(),
  region: z
    .string()
    .regex(/^\d{2}(\d{2})?(\d{2})?$/, 'field.bad_parameter')
    .optional(),
  incomplete: z.enum(['true', 'false']).optional(),
  sort: z.enum(PARTNER_SORTS).optional(),
};

const params = z.object({ partnerId: Id });
/** The address of an action on a partner file. */
export const act = <const T extends string>(verb: T) => `/api/v1/partners/:partnerId/${verb}` as const;
/** What every write to a partner file has in common. */
export const WRITE = {
  params,
  response: PartnerView,
  idempotent: true,
  versioned: true,
} as const;
export const FILE_ERRORS = [
  'partner.uscc_invalid',
  'partner.duplicate',
  'partner.term',
  'partner.invoice_limit',
  'partner.invoice_characters',
  'partner.tax_no',
  'region.unknown',
  'user.not_found',
  'price_list.not_found',
  'partner.price_list',
  'field.currency',
  'field.code_characters',
] as const;

export const partnerList = operation({
  id: 'partnerList',
  method: 'GET',
  path: '/api/v1/partners',
  summary: 'Partners; search by number, name, short name, pinyin, initials, credit code',
  article: 'R3.1',
  can: 'partner.read',
  query: z.strictObject({ ...PageQuery, ...partnerFilters }),
  response: Page(PartnerRow),
  errors: ['request.bad_cursor'],
});
export const partnerGet = operation({
  id: 'partnerGet',
  method: 'GET',
  path: '/api/v1/partners/:partnerId',
  summary: 'A partner file with completeness, credit and what may be done',
  article: 'R3.1',
  can: 'partner.read',
  params,
  response: PartnerView,
  errors: ['partner.not_found'],
});
export const partnerCreate = operation({
  id: 'partnerCreate',
  method: 'POST',
  path: '/api/v1/partners',
  summary: 'Enter a partner with contacts and addresses; duplicates are found before saving',
  article: 'R3.1',
  can: 'partner.write',
  body: PartnerCreate,
  response: PartnerView,
  status: 201,
  idempotent: true,
  errors: [...FILE_ERRORS],
});
export const partnerUpdate = operation({
  ...WRITE,
  id: 'partnerUpdate',
  method: 'PATCH',
  path: '/api/v1/partners/:partnerId',
  summary:
    'Change the file; every change is kept with before and after. Bank and invoicing data of an activated partner wait for finance',
  article: 'R3.1',
  can: 'partner.write',
  body: PartnerUpdate,
  errors: [
    ...FILE_ERRORS,
    'partner.not_found',
    'partner.currency_fixed',
    'partner.wrong_state',
    'partner.change_open',
    'field.required',
  ],
});
export const partnerActivate = operation({
  ...WRITE,
  id: 'partnerActivate',
  method: 'POST',
  path: act('activate'),
  summary: 'Let the partner order',
  article: 'R3.1',
  can: 'partner.write',
  errors: ['partner.not_found', 'partner.wrong_state', 'partner.incomplete'],
});
export const partnerSuspend = operation({
  ...WRITE,
  id: 'partnerSuspend',
  method: 'POST',
  path: act('suspend'),
  summary: 'No new orders for the time being',
  article: 'R3.1',
  can: 'partner.write',
  body: z.strictObject({ reason: Reason }),
  errors: ['partner.not_found', 'partner.wrong_state'],
});
export const partnerTerminate = operation({
  ...WRITE,
  id: 'partnerTerminate',
  method: 'POST',
  path: act('terminate'),
  summary: 'End the cooperation',
  article: 'R10.2',
  can: 'partner.credit',
  body: z.strictObject({ reason: Reason }),
  errors: ['partner.not_found', 'partner.wrong_state'],
});
export const partnerContactSave = operation({
  ...WRITE,
  id: 'partnerContactSave',
  method: 'POST',
  path: act('contacts'),
  summary: 'Add a contact, or change the one with that id',
  article: 'R3.1',
  can: 'partner.write',
  body: z.strictObject({ id: Id.optional(), ...contactFields }),
  errors: ['partner.not_found', 'partner.wrong_state', 'contact.not_found', 'contact.erased'],
});
export const partnerAddressSave = operation({
  ...WRITE,
  id: 'partnerAddressSave',
  method: 'POST',
  path: act('addresses'),
  summary: 'Add a delivery address, or change the one with that id; partner users keep their own',
  article: 'R3.1',
  can: 'partner.maintain',
  body: z.strictObject({ id: Id.optional(), ...addressFields }),
  errors: ['partner.not_found', 'partner.wrong_state', 'address.not_found', 'region.unknown'],
});
export const partnerCreditSet = operation({
  ...WRITE,
  id: 'partnerCreditSet',
  method: 'POST',
  path: act('credit'),
  summary: 'Set or lift the credit limit',
  article: 'R4.1',
  can: 'partner.credit',
  body: z.strictObject({
    limitAmount: Amount.nullable(),
    reason: Reason.optional(),
  }),
  errors: ['partner.not_found', 'field.amount_decimals', 'field.amount_format'],
});
export const agreementCreate = operation({
  ...WRITE,
  id: 'agreementCreate',
  method: 'POST',
  path: act('agreements'),
  summary: 'Record a cooperation agreement',
  article: 'R4.1',
  can: 'partner.write',
  body: AgreementCreate,
  status: 201,
  errors: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.term',
    'agreement.overlap',
    'agreement.period',
    'agreement.number_taken',
    'agreement.not_found',
    'price_list.not_found',
    'partner.price_list',
    'attachment.not_found',
  ],
});
export const agreementEnd = operation({
  ...WRITE,
  id: 'agreementEnd',
  method: 'POST',
  path: '/api/v1/partners/:partnerId/agreements/:agreementId/end',
  summary: 'End an agreement on a day before its last',
  article: 'R4.1',
  can: 'partner.write',
  params: z.object({ partnerId: Id, agreementId: Id }),
  body: z.strictObject({ validTo: BizDate, reason: Reason }),
  errors: ['partner.not_found', 'agreement.not_found', 'agreement.period', 'agreement.ended'],
});
export const partnerHistory = operation({
  id: 'partnerHistory',
  method: 'GET',
  path: act('history'),
  summary: 'Every change of the file: who, when, before, after',
  article: 'R3.1',
  can: 'partner.read',
  params,
  query: z.strictObject({ ...PageQuery }),
  response: Page(PartnerHistoryEntry),
  errors: ['partner.not_found', 'request.bad_cursor'],
});
export const partnerItemList = operation({
  id: 'partnerItemList',
  method: 'GET',
  path: act('items'),
  summary: 'The partner’s own codes for products',
  can: 'partner.read',
  params,
  query: z.strictObject({ ...PageQuery, q: z.string().max(100).optional() }),
  response: Page(PartnerItemView),
  errors: ['partner.not_found', 'request.bad_cursor'],
});
export const partnerItemsSave = operation({
  ...WRITE,
  id: 'partnerItemsSave',
  method: 'POST',
  path: act('items'),
  summary: 'Set or remove the partner’s own codes',
  can: 'partner.maintain',
  body: PartnerItemsSave,
  errors: ['partner.not_found', 'product.not_found'],
});

export const partnerOperations = [
  partnerList,
  partnerGet,
  partnerCreate,
  partnerUpdate,
  partnerActivate,
  partnerSuspend,
  partnerTerminate,
  partnerContactSave,
  partnerAddressSave,
  partnerCreditSet,
  agreementCreate,
  agreementEnd,
  partnerHistory,
  partnerItemList,
  partnerItemsSave,
] as const;
