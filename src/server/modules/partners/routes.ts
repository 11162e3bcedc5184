import {
  partnerChangeAccept,
  partnerChangePropose,
  partnerChangeRefuse,
  partnerChangeWithdraw,
  partnerConfirm,
  partnerContactErase,
  partnerMerge,
  partnerMergePreview,
  partnerDocumentAdd,
  partnerDocumentRetract,
  partnerRangeSet,
} from '../../../contract/partner-reviews.ts';
import {
  agreementCreate,
  agreementEnd,
  partnerActivate,
  partnerAddressSave,
  partnerContactSave,
  partnerCreate,
  partnerCreditSet,
  partnerGet,
  partnerHistory,
  partnerItemList,
  partnerItemsSave,
  partnerList,
  partnerSuspend,
  partnerTerminate,
  partnerUpdate,
} from '../../../contract/partners.ts';
import { type AfterWrite, type Route, read, write } from '../../platform/http/route.ts';
import { createAgreement, endAgreement } from './commands/agreements.ts';
import { activatePartner, suspendPartner, terminatePartner } from './commands/change-partner-state.ts';
import { acceptChange, proposeChange, refuseChange, withdrawChange } from './commands/change-review.ts';
import { confirmFile } from './commands/confirm-file.ts';
import { mergePartner, previewMerge } from './commands/merge-partner.ts';
import { createPartner } from './commands/create-partner.ts';
import { addDocument, retractDocument } from './commands/documents.ts';
import { saveAddress } from './commands/save-address.ts';
import { eraseContact, saveContact } from './commands/save-contact.ts';
import { saveItems } from './commands/save-items.ts';
import { setCredit } from './commands/set-credit.ts';
import { setRange } from './commands/set-range.ts';
import { updatePartner } from './commands/update-partner.ts';
import { listHistory, listItems, listPartners } from './partner-queries.ts';
import { readPartner } from './partner-view.ts';

/** Which partners a person of sales may see depends on the files. */
const forgetScopes: AfterWrite = ({ authenticator }) => authenticator.forget();

export const partnerRoutes: Route[] = [
  read(partnerList, ({ tx, query, actor, env, now }) => listPartners(tx, query, { actor, env, now })),
  read(partnerGet, ({ tx, params, actor, env, now }) => readPartner(tx, params.partnerId, { actor, env, now })),
  write(partnerCreate, createPartner, ({ body }) => body, forgetScopes),
  write(partnerUpdate, updatePartner, ({ params, body }) => ({ ...body, ...params }), forgetScopes),
  write(partnerActivate, activatePartner, ({ params }) => params),
  write(partnerSuspend, suspendPartner, ({ params, body }) => ({ ...body, ...params })),
  write(partnerTerminate, terminatePartner, ({ params, body }) => ({ ...body, ...params })),
  write(partnerContactSave, saveContact, ({ params, body }) => ({ ...body, ...params })),
  write(partnerContactErase, eraseContact, ({ params }) => params),
  write(partnerDocumentAdd, addDocument, ({ params, body }) => ({ ...body, ...params })),
  write(partnerDocumentRetract, retractDocument, ({ params, body }) => ({ ...body, ...params })),
  write(partnerRangeSet, setRange, ({ params, body }) => ({ ...body, ...params })),
  write(partnerChangePropose, proposeChange, ({ params, body }) => ({ ...body, ...params })),
  write(partnerChangeAccept, acceptChange, ({ params, body }) => ({ ...body, ...params }), forgetScopes),
  write(partnerChangeRefuse, refuseChange, ({ params, body }) => ({ ...body, ...params })),
  write(partnerChangeWithdraw, withdrawChange, ({ params }) => params),
  read(partnerMergePreview, ({ tx, params, query, actor }) => previewMerge(tx, params.partnerId, query.into, actor)),
  write(partnerMerge, mergePartner, ({ params, body }) => ({ ...body, ...params }), forgetScopes),
  write(partnerConfirm, confirmFile, ({ params, body }) => ({ ...body, ...params })),
  write(partnerAddressSave, saveAddress, ({ params, body }) => ({ ...body, ...params })),
  write(partnerCreditSet, setCredit, ({ params, body }) => ({ ...body, ...params })),
  write(agreementCreate, createAgreement, ({ params, body }) => ({ ...body, ...params })),
  write(agreementEnd, endAgreement, ({ params, body }) => ({ ...body, ...params })),
  read(partnerHistory, ({ tx, params, query, actor }) => listHistory(tx, params.partnerId, query, actor)),
  read(partnerItemList, ({ tx, params, query }) => listItems(tx, params.partnerId, query)),
  write(partnerItemsSave, saveItems, ({ params, body }) => ({ ...body, ...params })),
];
