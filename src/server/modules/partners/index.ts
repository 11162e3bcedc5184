/** Front door of the partners module: files, credit accounts, agreements. */
export { createAgreement, endAgreement } from './commands/agreements.ts';
export { activatePartner, suspendPartner, terminatePartner } from './commands/change-partner-state.ts';
export { createPartner } from './commands/create-partner.ts';
export { saveAddress } from './commands/save-address.ts';
export { saveContact } from './commands/save-contact.ts';
export { saveItems } from './commands/save-items.ts';
export { setCredit } from './commands/set-credit.ts';
export { updatePartner } from './commands/update-partner.ts';
export { listPartners } from './partner-queries.ts';
export {
  type AddressRow,
  addressTable,
  type AgreementRow,
  agreementTable,
  type CreditRow,
  creditTable,
  type PartnerRow,
  partnerItemTable,
  partnerTable,
  type Term,
} from './partner-tables.ts';
export { readPartner } from './partner-view.ts';
export { partnerRoutes } from './routes.ts';
