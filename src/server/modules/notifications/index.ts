/** Front door of tasks and notices. */
export { deadlineJob } from './deadlines.ts';
export { mailChannel } from './mail-channel.ts';
export { noticeReader } from './notice-reader.ts';
export { paymentDatesJob } from './payment-dates.ts';
export { notificationRoutes } from './routes.ts';
export { holding } from './task-queries.ts';
