/** Front door of incoming mail. */
export { type Intake, startIntake } from './host.ts';
export { intakeRoutes } from './routes.ts';
export { imapPassword } from './settings.ts';
export { pruneMailsJob } from './prune-mails.ts';
