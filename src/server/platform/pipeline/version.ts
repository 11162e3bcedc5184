import { refuse } from '../../kernel/refusal.ts';
import type { Command } from './types.ts';

/** The document must still be at the version that the caller has seen. Commands from inside the product carry none. */
export function requireVersion(command: Command<unknown>, document: { version: number }): void {
  if (command.expectedVersion !== undefined && command.expectedVersion !== document.version) {
    throw refuse('request.version_stale', { version: String(document.version) });
  }
}
