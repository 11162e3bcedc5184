/** Operations that keep a partner file up to date: documents, range, proposed changes and their review, confirmation. Source: R3.1. */
import { z } from 'zod';
import { Id, Reason } from './common.ts';
import { operation } from './operation.ts';
import { act, FILE_ERRORS, WRITE } from './partners.ts';
import {
  ChangeRefuse,
  documentFields,
  MergePreview,
  PartnerChangePropose,
  PartnerRangeSave,
} from './partner-upkeep.ts';

export const partnerContactErase = operation({
  ...WRITE,
  id: 'partnerContactErase',
  method: 'POST',
  path: '/api/v1/partners/:partnerId/contacts/:contactId/erase',
  summary:
    'Erase the personal data of a contact for good, in the file and in its history; the record of the changes stays',
  article: 'R11',
  can: 'partner.write',
  params: z.object({ partnerId: Id, contactId: Id }),
  errors: ['partner.not_found', 'contact.not_found', 'contact.erased'],
});
export const partnerDocumentAdd = operation({
  ...WRITE,
  id: 'partnerDocumentAdd',
  method: 'POST',
  path: act('documents'),
  summary: 'Put an uploaded file on record as a document, in the place of another one if wanted',
  article: 'R3.1',
  can: 'partner.documents',
  body: z.strictObject(documentFields),
  status: 201,
  errors: [
    'partner.not_found',
    'partner.wrong_state',
    'attachment.not_found',
    'document.not_found',
    'document.period_wrong',
    'document.replaced',
    'document.file_used',
  ],
});
export const partnerDocumentRetract = operation({
  ...WRITE,
  id: 'partnerDocumentRetract',
  method: 'POST',
  path: '/api/v1/partners/:partnerId/documents/:documentId/retract',
  summary: 'Take a document off the record, or put it back on; one that it had replaced holds again',
  article: 'R3.1',
  can: 'partner.documents',
  params: z.object({ partnerId: Id, documentId: Id }),
  body: z.strictObject({ back: z.boolean().optional() }),
  errors: ['partner.not_found', 'partner.wrong_state', 'document.not_found', 'document.replaced'],
});
export const partnerRangeSet = operation({
  ...WRITE,
  id: 'partnerRangeSet',
  method: 'POST',
  path: act('range'),
  summary: 'What the partner may buy: categories and products; nothing named means everything on sale',
  article: 'R3.1',
  can: 'partner.write',
  body: PartnerRangeSave,
  errors: ['partner.not_found', 'partner.wrong_state', 'product.not_found', 'category.not_found'],
});
export const partnerChangePropose = operation({
  ...WRITE,
  id: 'partnerChangePropose',
  method: 'POST',
  path: act('changes'),
  summary:
    'Ask for a change of the own file: sales look at company data and contacts, finance at bank and invoicing data',
  article: 'R3.1',
  can: 'partner.propose',
  body: PartnerChangePropose,
  status: 201,
  errors: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.change_open',
    'partner.change_empty',
    'partner.uscc_invalid',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'region.unknown',
    'contact.not_found',
    'contact.erased',
  ],
});
const CHANGE = {
  ...WRITE,
  method: 'POST',
  article: 'R3.1',
  params: z.object({ partnerId: Id, changeId: Id }),
} as const;
export const partnerChangeAccept = operation({
  ...CHANGE,
  id: 'partnerChangeAccept',
  path: '/api/v1/partners/:partnerId/changes/:changeId/accept',
  summary: 'Accept a proposed change: it is in the file in the same step. Never by the person who entered it',
  can: 'partner.review_change',
  body: z.strictObject({ confirmDuplicate: z.boolean().optional() }),
  errors: [
    ...FILE_ERRORS,
    'partner.not_found',
    'partner.wrong_state',
    'partner.change_not_found',
    'permission.denied',
    'permission.four_eyes',
    'contact.not_found',
    'contact.erased',
  ],
});
export const partnerChangeRefuse = operation({
  ...CHANGE,
  id: 'partnerChangeRefuse',
  path: '/api/v1/partners/:partnerId/changes/:changeId/refuse',
  summary: 'Refuse a proposed change with the reason that whoever entered it reads',
  can: 'partner.review_change',
  body: ChangeRefuse,
  errors: ['partner.not_found', 'partner.change_not_found', 'permission.denied', 'permission.four_eyes'],
});
export const partnerChangeWithdraw = operation({
  ...CHANGE,
  id: 'partnerChangeWithdraw',
  path: '/api/v1/partners/:partnerId/changes/:changeId/withdraw',
  summary: 'Take one’s side’s proposed change back',
  can: 'partner.propose',
  errors: ['partner.not_found', 'partner.change_not_found'],
});
export const partnerConfirm = operation({
  ...WRITE,
  id: 'partnerConfirm',
  method: 'POST',
  path: act('confirm'),
  summary: 'The partner says that its file is right; staff say how the partner told them',
  article: 'R3.1',
  can: 'partner.confirm',
  body: z.strictObject({ note: Reason.optional() }),
  errors: ['partner.not_found', 'partner.wrong_state', 'field.required'],
});
export const partnerMergePreview = operation({
  id: 'partnerMergePreview',
  method: 'GET',
  path: act('merge-preview'),
  summary: 'What would move to the other file, and why it is not possible yet',
  article: 'R3.1',
  can: 'partner.merge',
  params: z.object({ partnerId: Id }),
  query: z.strictObject({ into: Id }),
  response: MergePreview,
  errors: ['partner.not_found'],
});
export const partnerMerge = operation({
  ...WRITE,
  id: 'partnerMerge',
  method: 'POST',
  path: act('merge'),
  summary:
    'Move everything of this file to another one of the same company; this one stays readable and points there. There is no way back',
  article: 'R3.1',
  can: 'partner.merge',
  body: z.strictObject({ intoId: Id, reason: Reason }),
  errors: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.merge_same',
    'partner.merge_target',
    'partner.merge_currency',
    'partner.merge_po',
    'partner.merge_agreement',
    'partner.merge_change',
    'partner.merge_conflict',
  ],
});

export const partnerReviewOperations = [
  partnerMergePreview,
  partnerMerge,
  partnerContactErase,
  partnerDocumentAdd,
  partnerDocumentRetract,
  partnerRangeSet,
  partnerChangePropose,
  partnerChangeAccept,
  partnerChangeRefuse,
  partnerChangeWithdraw,
  partnerConfirm,
] as const;
