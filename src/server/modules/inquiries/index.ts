/** Front door of inquiries. */
export { goInquiry, lockInquiry, requireInquiryAction } from './commands/shared.ts';
export { inquiryRoutes } from './routes.ts';
