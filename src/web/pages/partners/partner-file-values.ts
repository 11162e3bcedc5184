/** The partner file as a form holds it, and back. */
import type { Answer, Body } from '../../api/client.ts';
import { orNull } from './form-values.ts';
import { FIRST_TERM, type TermValues, termOf } from './payment-term-fields.tsx';

export type Partner = Answer<'partnerGet'>;

const TEXTS = [
  'nameEn',
  'shortName',
  'uscc',
  'usccOverrideReason',
  'level',
  'regionCode',
  'territory',
  'salesOwnerId',
  'deputyOwnerId',
  'priceListId',
  'invoiceTitle',
  'taxNo',
  'bankName',
  'bankAccount',
  'invoiceAddress',
  'invoicePhone',
  'sourceRef',
  'obtainedOn',
] as const;
type TextName = (typeof TEXTS)[number];

export type FileValues = { [K in TextName]?: string | undefined } & {
  locale?: Partner['locale'] | undefined;
  no?: string | undefined;
  name: string;
  country?: string | undefined;
  currency?: string | undefined;
  paymentMethod: Partner['paymentMethod'];
  invoiceKind: Partner['invoiceKind'];
  paymentTerm: TermValues;
  replyDays?: number | null | undefined;
  confirmDuplicate?: boolean | undefined;
};

export function valuesOf(partner: Partner | null, currency: string): FileValues {
  if (partner === null)
    return {
      name: '',
      country: 'CN',
      currency,
      paymentMethod: 'bank_transfer',
      invoiceKind: 'digital_special',
      paymentTerm: FIRST_TERM,
    };
  const texts: { [K in TextName]?: string | undefined } = {};
  const { salesOwner, deputyOwner, priceList } = partner;
  const given = {
    ...partner,
    salesOwnerId: salesOwner?.id ?? null,
    deputyOwnerId: deputyOwner?.id ?? null,
    priceListId: priceList?.id ?? null,
  };
  for (const name of TEXTS) texts[name] = given[name] ?? undefined;
  const { name, country, paymentMethod, invoiceKind, paymentTerm, replyDays } = partner;
  const locale = partner.locale ?? undefined;
  return {
    ...texts,
    name,
    locale,
    country,
    currency: partner.currency,
    paymentMethod,
    invoiceKind,
    paymentTerm,
    replyDays,
  };
}

/** Everything that the file holds, as the API takes it. */
export function fileBody(values: FileValues): Omit<Body<'partnerCreate'>, 'no' | 'contacts' | 'addresses'> {
  const texts: { [K in TextName]?: string | null } = {};
  for (const name of TEXTS) texts[name] = orNull(values[name]);
  const country = orNull(values.country);
  const currency = orNull(values.currency);
  return {
    ...texts,
    name: values.name.trim(),
    ...(country === null ? {} : { country: country.toUpperCase() }),
    ...(currency === null ? {} : { currency: currency.toUpperCase() }),
    paymentMethod: values.paymentMethod,
    invoiceKind: values.invoiceKind,
    paymentTerm: termOf(values.paymentTerm),
    replyDays: values.replyDays ?? null,
    locale: values.locale ?? null,
  };
}
