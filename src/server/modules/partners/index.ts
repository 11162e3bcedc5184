/** Front door of the partners module: files, credit accounts, agreements. */
export { createAgreement } from './commands/agreements.ts';
export { activatePartner } from './commands/change-partner-state.ts';
export { createPartner } from './commands/create-partner.ts';
export { saveItems } from './commands/save-items.ts';
export { type Duplicate, findDuplicates } from './partner-duplicates.ts';
export { setCredit } from './commands/set-credit.ts';
export { widenToCompany } from './partner-load.ts';
export { nameColumns } from './partner-names.ts';
export { partnerDatesJob } from './partner-dates.ts';
export { listPartners } from './partner-queries.ts';
export { partnerRoutes } from './routes.ts';
