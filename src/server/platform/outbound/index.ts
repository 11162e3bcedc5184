/** Front door of what leaves the house. */
export { attemptTable, type OutgoingRow, outgoingTable } from './outgoing-tables.ts';
export {
  type Channel,
  type Dispatcher,
  type DispatchOptions,
  dispatchOnce,
  type SendResult,
  startDispatcher,
} from './dispatch.ts';
export { enqueue, type NewOutgoing } from './enqueue.ts';
export { type Poster, type PosterOptions, poster } from './post.ts';
export { type AllowedHosts, isPublicAddress, webhookUrl } from './public-address.ts';
