/** Front door of papers. */
export { documentRoutes } from './routes.ts';
export { confirmationPdf } from './confirmation-pdf.ts';
export { readConfirmation } from './document-queries.ts';
