/** Front door of the company module: the company's data, warehouses, carriers, policy parameters, calendar, regions. */
export { changesBetween, fieldOf, type FieldChange, given } from './changes.ts';
export { companyTable } from './company-tables.ts';
export { regionText, requireRegion } from './regions.ts';
export { companyRoutes } from './routes.ts';
