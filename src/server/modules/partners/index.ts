/** Front door of the partners module: files, credit accounts, agreements. */
export { activatePartner } from './commands/change-partner-state.ts';
export { changePartnerFiles, type PartnerFileChange } from './commands/change-files.ts';
export { createPartners } from './commands/create-partner.ts';
export { type Duplicate, findDuplicates } from './partner-duplicates.ts';
export { lockPartner, partnerEvent, touchPartner, widenToCompany } from './partner-load.ts';
export { nameColumns } from './partner-names.ts';
export { partnerDatesJob } from './partner-dates.ts';
export { type ScopeColumns, scopeColumns, scopeOf } from './partner-scope.ts';
export { listPartners } from './partner-queries.ts';
export { partnerRoutes } from './routes.ts';
