/** Front door of the company module: the company's data, warehouses, carriers, policy parameters, calendar, regions. */
export { changesBetween, fieldOf, type FieldChange, given } from './changes.ts';
export { createCarrier } from './commands/save-carrier.ts';
export { createWarehouse } from './commands/save-warehouse.ts';
export { setPolicy } from './commands/set-policy.ts';
export { updateCompany } from './commands/update-company.ts';
export { companyTable } from './company-tables.ts';
export { regionText, requireRegion } from './regions.ts';
export { companyRoutes } from './routes.ts';
