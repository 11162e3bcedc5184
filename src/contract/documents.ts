/** Papers that people send on: A4 PDF. Source: R4.3, R5.1, R5.2, R6.2. */
import { z } from 'zod';
import { BizDate, Id } from './common.ts';
import { operation } from './operation.ts';

export const PDF_LANGUAGES = ['zh-Hant', 'zh-Hans', 'en', 'bilingual'] as const;
export type PdfLanguage = (typeof PDF_LANGUAGES)[number];

/** Left out: the reader's language. `bilingual`: Chinese and English side by side. */
const language = { language: z.enum(PDF_LANGUAGES, 'field.bad_parameter').optional() };
const PDF = { method: 'GET', produces: 'application/pdf', response: z.string() } as const;

export const orderConfirmationPdf = operation({
  ...PDF,
  id: 'orderConfirmationPdf',
  path: '/api/v1/orders/:orderId/confirmation.pdf',
  summary: '訂單確認書: what was sent in a round (the latest unless said), or the present state marked as preliminary',
  article: 'R4.3',
  can: 'order.read',
  params: z.object({ orderId: Id }),
  query: z.strictObject({
    ...language,
    round: z.coerce
      .number({ error: 'field.bad_parameter' })
      .int('field.bad_parameter')
      .min(1, 'field.bad_parameter')
      .optional(),
  }),
  errors: ['order.not_found', 'document.no_round'],
});
export const shippingNotePdf = operation({
  ...PDF,
  id: 'shippingNotePdf',
  path: '/api/v1/shipments/:shipmentId/note.pdf',
  summary: '送貨單 of a shipment, with room for the receiver’s signature',
  article: 'R5.2',
  can: 'shipment.read',
  params: z.object({ shipmentId: Id }),
  query: z.strictObject(language),
  errors: ['shipment.not_found'],
});
export const pickingListPdf = operation({
  ...PDF,
  id: 'pickingListPdf',
  path: '/api/v1/pickings/:pickingId/list.pdf',
  summary: '備貨單 for the warehouse',
  article: 'R5.1',
  can: 'stock.read',
  params: z.object({ pickingId: Id }),
  query: z.strictObject(language),
  errors: ['picking.not_found'],
});
export const partnerStatementPdf = operation({
  ...PDF,
  id: 'partnerStatementPdf',
  path: '/api/v1/partners/:partnerId/statement.pdf',
  summary: 'The partner’s account in a period as a paper',
  article: 'R6.2',
  can: 'payment.read',
  params: z.object({ partnerId: Id }),
  query: z.strictObject({ ...language, from: BizDate, to: BizDate }),
  errors: ['partner.not_found', 'document.period'],
});

export const documentOperations = [orderConfirmationPdf, shippingNotePdf, pickingListPdf, partnerStatementPdf] as const;
