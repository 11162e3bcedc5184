/**
 * A queue for each hot operation. Idle: a command starts at once, with those that came in the same turn of the event loop. Under load: what
 * arrives while batches are in flight, of this queue or of others (runway.ts), waits and is decided together. Bounded: at most IN_FLIGHT
 * batches, the second no smaller than the first, and at most MAX_WAITING commands, then 503 with Retry-After. Fair: partners take turns,
 * and a full queue turns away whose flood it is.
 */
import { refuse } from '../../kernel/refusal.ts';
import type { BatchCommand } from './define.ts';
import { type Lanes, lanes } from './lanes.ts';
import { type Runtime, runCommands } from './run.ts';
import type { Runway } from './runway.ts';
import type { Command, Outcome } from './types.ts';

const IN_FLIGHT = 2;
const MAX_WAITING = 4096;

type Waiting<I> = { command: Command<I>; resolve(outcome: Outcome): void; reject(error: unknown): void };

export type CommandQueue = {
  submit<I>(command: Command<I>): Promise<Outcome>;
  waiting(): number;
  /** Resolves when nothing waits and nothing is in flight. */
  drained(): Promise<void>;
};

export function commandQueue<I, S, C>(
  runtime: Runtime,
  definition: BatchCommand<I, S, C>,
  places: Runway,
): CommandQueue {
  // By scope and partner: batches never mix callers of the company with callers of partners, and one partner's flood does not starve the rest.
  const rooms = { company: lanes<Waiting<I>>(MAX_WAITING), partners: lanes<Waiting<I>>(MAX_WAITING) };
  let lastRoom = rooms.company;
  const waiting = () => rooms.company.size() + rooms.partners.size();
  /** Sizes of the batches under way. */
  const inFlight: number[] = [];
  let pumping = false;
  /** Asked for a place, and not got it yet. */
  let entering = false;
  let idle: (() => void)[] = [];

  function take(room: Lanes<Waiting<I>>): Waiting<I>[] {
    const batch: Waiting<I>[] = [];
    while (batch.length < definition.maxBatch) {
      const next = room.next();
      if (next === undefined) break;
      batch.push(next);
    }
    return batch;
  }

  /** After this turn of the event loop, in which others may have come in as well. */
  function soon(): void {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      pump();
    });
  }

  // Beside a batch under way another one goes out when it is as large: few large batches cost less than many small ones.
  const worthwhile = () => inFlight.length === 0 || (inFlight.length < IN_FLIGHT && waiting() >= Math.min(...inFlight));

  /** Rooms take turns, so that neither waits for the other's flood. */
  function nextRoom(): Lanes<Waiting<I>> {
    const other = lastRoom === rooms.partners ? rooms.company : rooms.partners;
    if (other.size() > 0) lastRoom = other;
    return lastRoom;
  }

  function pump(): void {
    if (entering || waiting() === 0 || !worthwhile()) return;
    entering = true;
    places.enter((leave) => {
      entering = false;
      const batch = take(nextRoom());
      inFlight.push(batch.length);
      void work(batch).finally(leave);
      pump();
    });
  }

  async function work(batch: Waiting<I>[]): Promise<void> {
    try {
      const outcomes = await runCommands(
        runtime,
        definition,
        batch.map(({ command }) => command),
      );
      batch.forEach(({ resolve, reject }, i) => {
        const outcome = outcomes[i];
        if (outcome === undefined) reject(new Error(`${definition.name}: no outcome`));
        else resolve(outcome);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      inFlight.splice(inFlight.indexOf(batch.length), 1);
      if (inFlight.length === 0 && waiting() === 0) {
        for (const done of idle) done();
        idle = [];
      }
      soon();
    }
  }

  return {
    submit: (command) =>
      new Promise<Outcome>((resolve, reject) => {
        const room = command.actor.scope.kind === 'company' ? rooms.company : rooms.partners;
        const entry = { command: command as unknown as Command<I>, resolve, reject };
        room.add(command.actor.partnerId ?? command.actor.userId, entry)?.reject(refuse('request.busy'));
        soon();
      }),
    waiting,
    drained: () =>
      inFlight.length === 0 && waiting() === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve)),
  };
}
