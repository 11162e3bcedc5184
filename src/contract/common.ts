/** The small wire shapes that everything else is made of. Messages of the checks are error codes of errors.ts. */
import { z } from 'zod';

/** Decimal text: digits, optional fraction, no exponent, no blanks. The scale is checked where the currency or unit is known. */
const decimal = (code: string, pattern: RegExp) => z.string().regex(pattern, code);

export const Id = z.uuid({ error: 'field.id_format' }).meta({ id: 'Id', description: 'Identifier (UUID version 7)' });
export const Amount = decimal('field.amount_format', /^-?(0|[1-9]\d{0,14})(\.\d{1,2})?$/).meta({
  id: 'Amount',
  description: 'Money as decimal text in the currency of the document, e.g. "1409.50"',
});
export const PositiveAmount = decimal('field.amount_format', /^(?!0(\.0*)?$)(0|[1-9]\d{0,14})(\.\d{1,2})?$/).meta({
  id: 'PositiveAmount',
});
export const Qty = decimal('field.qty_format', /^(0|[1-9]\d{0,10})(\.\d{1,4})?$/).meta({
  id: 'Qty',
  description: 'Quantity as decimal text, at most 4 decimals',
});
export const PositiveQty = decimal('field.qty_range', /^(?!0(\.0*)?$)(0|[1-9]\d{0,10})(\.\d{1,4})?$/).meta({
  id: 'PositiveQty',
});
export const Price = decimal('field.price_format', /^(0|[1-9]\d{0,10})(\.\d{1,6})?$/).meta({
  id: 'Price',
  description: 'Unit price, at most 6 decimals',
});
export const Rate = decimal('field.rate_format', /^(0|[1-9]\d{0,3})(\.\d{1,6})?$/).meta({
  id: 'Rate',
  description: 'A ratio: 0.13 is 13 %',
});
export const DiscountRate = decimal('field.discount_rate', /^(?!0(\.0*)?$)(0(\.\d{1,6})?|1(\.0{1,6})?)$/).meta({
  id: 'DiscountRate',
  description: 'A part that is taken off, above 0 and at most 1: 0.05 is 5 %',
});
export const BizDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'field.date_format')
  .refine(isRealDate, 'field.date_format')
  .meta({ id: 'BizDate', description: 'Calendar date in the zone of the company, YYYY-MM-DD', format: 'date' });
export const Instant = z.iso.datetime({ offset: true, error: 'field.instant_format' }).meta({ id: 'Instant' });
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'field.currency')
  .meta({ id: 'Currency', description: 'ISO 4217' });

/** One line of text: not blank, no control characters, at most `max` code points. */
export const Text = (max: number) =>
  z
    .string()
    .refine((s) => s.trim().length > 0, 'field.blank')
    .refine((s) => [...s].length <= max, 'field.too_long')
    .refine((s) => s.isWellFormed() && !s.includes('\u0000'), 'field.text_encoding')
    // oxlint-disable-next-line no-control-regex -- the point of the check
    .refine((s) => !/[\u0001-\u001f\u007f]/.test(s), 'field.control_characters');

/** Several lines of free text. */
export const LongText = (max: number) =>
  z
    .string()
    .refine((s) => s.trim().length > 0, 'field.blank')
    .refine((s) => [...s].length <= max, 'field.too_long')
    .refine((s) => s.isWellFormed() && !s.includes('\u0000'), 'field.text_encoding');

/** A code that people type and machines compare: no bidirectional, zero-width or full-width look-alikes. */
export const Code = (max: number) =>
  Text(max)
    .refine((s) => s.normalize('NFKC') === s && s === s.trim(), 'field.code_characters')
    .refine((s) => !/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(s), 'field.code_characters');

export const Reason = LongText(2000).meta({ id: 'Reason' });

export const PageQuery = {
  cursor: z.string().max(2000).optional(),
  limit: z.coerce
    .number({ error: 'field.bad_parameter' })
    .int('field.bad_parameter')
    .min(1, 'field.bad_parameter')
    .max(200, 'field.bad_parameter')
    .default(50),
};

/** A page of a list: keyset paged; `total` is exact up to 10,000 and says so otherwise. */
export const Page = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int().nullable(),
    totalIsExact: z.boolean(),
  });

export const Named = z.object({ id: Id, name: z.string() });
export const PartnerRef = z
  .object({ id: Id, no: z.string(), name: z.string(), nameEn: z.string().nullable() })
  .meta({ id: 'PartnerRef' });

export const RefusalView = z
  .object({
    code: z.string(),
    title: z.string(),
    field: z.string().optional(),
    params: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: 'Refusal' });
export const AllowedAction = z
  .object({ action: z.string(), refusals: z.array(RefusalView), primary: z.boolean().optional() })
  .meta({ id: 'AllowedAction' });

/** RFC 9457 problem document. `errors` names field, rule and way out. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(
      z.object({
        code: z.string(),
        title: z.string(),
        detail: z.string(),
        field: z.string().optional(),
        params: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .meta({ id: 'Problem' });

function isRealDate(text: string): boolean {
  const [y, m, d] = text.split('-').map((part) => Number.parseInt(part, 10));
  if (y === undefined || m === undefined || d === undefined || y < 1900 || y > 2999) return false;
  const days = [31, y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return m >= 1 && m <= 12 && d >= 1 && d <= (days[m - 1] ?? 0);
}
