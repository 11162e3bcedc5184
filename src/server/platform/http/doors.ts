/**
 * What keeps a flood bounded before it costs anything: how many reads and single commands are under way and may wait (hot commands have
 * their queues), and how many bytes of large bodies are held. Beyond, 503 with Retry-After at once; callers take turns.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../kernel/refusal.ts';
import { type Gate, gate } from '../pipeline/gate.ts';

/** How many may wait. */
const MOST_WAITING = { reads: 1000, singles: 500, strangers: 200 };

/** A body up to this size counts with the commands that wait; what is larger has a bound of its own for all together. */
const SMALL_BODY = 64 * 1024;
const LARGE_BODIES = 96 * 1024 * 1024;

/** `strangers`: public operations that are neither (signing in above all): callers that nobody knows yet, by their addresses. */
export type Doors = { reads: Gate; singles: Gate; strangers: Gate; bodies: Bodies };
export type Bodies = {
  /** Before the body is read; the room is given back when the answer has gone, or the caller. */
  makeRoom(request: FastifyRequest, reply: FastifyReply, mostBytes: number): void;
};

export function doors(connections: number): Doors {
  const most = atOnce(connections);
  return {
    reads: gate(most.reads, MOST_WAITING.reads),
    singles: gate(most.singles, MOST_WAITING.singles),
    strangers: gate(most.strangers, MOST_WAITING.strangers),
    bodies: bodies(LARGE_BODIES),
  };
}

/**
 * How the connections of the pool are shared out. Reads and single commands hold one each for as long as they are inside: together they
 * leave one free, so that queues, readers of the log and jobs come through a crowd of them. A single command holds locks and counts for
 * a third; what is read is over sooner. Strangers are not counted with them: most of their time is the check of a password, which holds no
 * connection.
 */
export function atOnce(connections: number): { reads: number; singles: number; strangers: number } {
  const singles = Math.max(1, Math.floor(connections / 3));
  return {
    singles,
    reads: Math.max(1, connections - 1 - singles),
    strangers: Math.max(1, Math.floor((connections * 2) / 3)),
  };
}

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
