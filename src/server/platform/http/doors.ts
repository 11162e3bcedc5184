/**
 * What keeps a flood bounded before it costs anything: how many reads and single commands are under way and may wait (hot commands have
 * their queues), and how many bytes of large bodies are held. Beyond, 503 with Retry-After at once; callers take turns.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import { type Gate, gate } from '../pipeline/gate.ts';

/** Together fewer than the connections to the database: queues, readers of the log and jobs need theirs. */
const READS_AT_ONCE = 7;
const SINGLES_AT_ONCE = 4;
/** Public operations that are neither (signing in above all): callers that nobody knows yet, by their addresses. */
const STRANGERS_AT_ONCE = 8;
const MOST_STRANGERS_WAITING = 200;
const MOST_READS_WAITING = 1000;
const MOST_SINGLES_WAITING = 500;

/** A body up to this size counts with the commands that wait; what is larger has a bound of its own for all together. */
const SMALL_BODY = 64 * 1024;
const LARGE_BODIES = 96 * 1024 * 1024;

export type Doors = { reads: Gate; singles: Gate; strangers: Gate; bodies: Bodies };
export type Bodies = {
  /** Before the body is read; the room is given back when the answer has gone, or the caller. */
  makeRoom(request: FastifyRequest, reply: FastifyReply, mostBytes: number): void;
};

export const doors = (): Doors => ({
  reads: gate(READS_AT_ONCE, MOST_READS_WAITING),
  singles: gate(SINGLES_AT_ONCE, MOST_SINGLES_WAITING),
  strangers: gate(STRANGERS_AT_ONCE, MOST_STRANGERS_WAITING),
  bodies: bodies(LARGE_BODIES),
});

export function bodies(most: number): Bodies {
  let held = 0;
  return {
    makeRoom(request, reply, mostBytes) {
      const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
      // Who does not say how much is coming may send as much as is allowed.
      const bytes = chunked === undefined ? Number.parseInt(length ?? '0', 10) : mostBytes;
      if (!(bytes > SMALL_BODY) || bytes > mostBytes) return;
      if (held + bytes > most) throw refuse('request.busy');
      held += bytes;
      reply.raw.once('close', () => (held -= bytes));
    },
  };
}
