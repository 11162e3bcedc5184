/** Front door of the identity module: people, sessions, keys, absence, the access log. */
export { addUser, type NewUser } from './add-user.ts';
export { codeHash, firstVisitorCodeFits, makeFirstVisitorCode, setUpIsNeeded } from './first-visitor.ts';
export { hashPassword, refuseWeakPassword } from './passwords.ts';
export { makeResetLink } from './commands/make-reset-link.ts';
export { storeLink } from './one-time-links.ts';
export { identityRoutes } from './routes.ts';
export { admitted } from './session-handlers.ts';
export { attemptSucceeded, isLoopback } from './sign-in-guard.ts';
