/** What a partner's own words for products were learnt to mean. Source: R3.2. */
import { z } from 'zod';
import { Id, Instant, Page, PageQuery, Text } from './common.ts';
import { operation } from './operation.ts';

export const PartnerTermView = z
  .object({
    /** Without case, blanks and punctuation: the form in which names are compared. */
    term: z.string(),
    product: z.object({ id: Id, sku: z.string(), name: z.string(), nameEn: z.string().nullable() }),
    learntBy: z.string().nullable(),
    learntAt: Instant,
  })
  .meta({ id: 'PartnerTerm' });

const params = z.object({ partnerId: Id });

export const partnerTermList = operation({
  id: 'partnerTermList',
  method: 'GET',
  path: '/api/v1/partners/:partnerId/terms',
  summary: 'The partner’s own words for products, as they were learnt from corrections',
  article: 'R3.2',
  can: 'inquiry.handle',
  params,
  query: z.strictObject({ ...PageQuery, q: z.string().max(100).optional() }),
  response: Page(PartnerTermView),
  errors: ['partner.not_found', 'request.bad_cursor'],
});
export const partnerTermSave = operation({
  id: 'partnerTermSave',
  method: 'POST',
  path: '/api/v1/partners/:partnerId/terms',
  summary: 'Say what a word of the partner means, or forget it (no product)',
  article: 'R3.2',
  can: 'inquiry.handle',
  params,
  body: z.strictObject({ term: Text(200), productId: Id.nullable() }).meta({ id: 'PartnerTermSave' }),
  response: z
    .object({
      term: z.string(),
      productId: Id.nullable(),
      /** What it meant before: saving that again takes the change back. */
      before: Id.nullable(),
    })
    .meta({ id: 'PartnerTermSaved' }),
  versioned: true,
  idempotent: true,
  errors: ['partner.not_found', 'product.not_found', 'term.too_short'],
});

export const partnerTermOperations = [partnerTermList, partnerTermSave] as const;
