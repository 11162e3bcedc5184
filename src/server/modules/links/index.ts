/** Front door of signed links. */
export { linkRoutes } from './routes.ts';
export { readRound } from './link-queries.ts';
export type { LinkRow } from './link-tables.ts';
export { linkPath, openLink, readLink } from './link-token.ts';
export { CODE_MAIL, CODE_PLACE, checkCode, sendCode, spendCode } from './one-time-code.ts';
export { type Answerer, answerersOf, makeReplyLinks, type Person, personOf } from './reply-links.ts';
