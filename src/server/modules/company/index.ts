/** Front door of the company module: the company's data and lists, warehouses, policy parameters, calendar, regions. */
export { changesBetween, fieldOf, type FieldChange, given } from './changes.ts';
export { companyTable } from './company-tables.ts';
export { type Listed, loadListed, requireListed } from './listed.ts';
export { regionText, requireRegion } from './regions.ts';
export { companyRoutes } from './routes.ts';
export { foldUnit } from './unit-names.ts';
