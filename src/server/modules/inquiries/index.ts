/** Front door of inquiries. */
export { idleInquiriesJob } from './commands/idle-inquiry.ts';
export { answerFromMail, isOpenForAnswers } from './commands/answer-from-mail.ts';
export { createInquiry } from './commands/create-inquiry.ts';
export { goInquiry, lockInquiry, requireInquiryAction } from './commands/shared.ts';
export { dateContext } from './match-products.ts';
export { lineInputs } from './preview.ts';
export { type DateContext, findDates } from './reading/dates.ts';
export { plainLine } from './reading/plain.ts';
export { readTable } from './reading/read-table.ts';
export { readText } from './reading/read-text.ts';
export type { ReadInquiry } from './reading/wanted-line.ts';
export { inquiryRoutes } from './routes.ts';
