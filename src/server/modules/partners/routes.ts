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
import { createPartner } from './commands/create-partner.ts';
import { saveAddress } from './commands/save-address.ts';
import { saveContact } from './commands/save-contact.ts';
import { saveItems } from './commands/save-items.ts';
import { setCredit } from './commands/set-credit.ts';
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
  write(partnerAddressSave, saveAddress, ({ params, body }) => ({ ...body, ...params })),
  write(partnerCreditSet, setCredit, ({ params, body }) => ({ ...body, ...params })),
  write(agreementCreate, createAgreement, ({ params, body }) => ({ ...body, ...params })),
  write(agreementEnd, endAgreement, ({ params, body }) => ({ ...body, ...params })),
  read(partnerHistory, ({ tx, params, query, actor }) => listHistory(tx, params.partnerId, query, actor)),
  read(partnerItemList, ({ tx, params, query }) => listItems(tx, params.partnerId, query)),
  write(partnerItemsSave, saveItems, ({ params, body }) => ({ ...body, ...params })),
];
