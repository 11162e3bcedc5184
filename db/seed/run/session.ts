/** How seeds work: real commands through the write pipeline, as real users, with a clock that is handed in. Never a row of their own. */
import { permissionsOf, type Role } from '../../../src/contract/roles.ts';
import type { Refusal } from '../../../src/server/kernel/refusal.ts';
import { COMPANY, type Database, type Statement, sql } from '../../../src/server/platform/db/database.ts';
import type { AnyCommand } from '../../../src/server/platform/pipeline/define.ts';
import { runCommands, type Runtime } from '../../../src/server/platform/pipeline/run.ts';
import { runTogether } from '../../../src/server/platform/pipeline/run-together.ts';
import type { Actor, Outcome } from '../../../src/server/platform/pipeline/types.ts';

/** A command, and what it is about: told when it is refused. */
export type SeedCommand<I> = { input: I; actor: Actor; now: Date; about: string };

export type Seed = {
  runtime: Runtime;
  /** Runs commands of one kind; batch commands as many at a time as they allow, others one by one. Returns their bodies; throws what is refused. */
  run<I>(definition: AnyCommand<I>, commands: readonly SeedCommand<I>[]): Promise<unknown[]>;
  /** Many commands of a rare kind in one transaction. */
  runAll<I>(definition: AnyCommand<I>, commands: readonly SeedCommand<I>[]): Promise<unknown[]>;
  one<I>(definition: AnyCommand<I>, command: SeedCommand<I>): Promise<unknown>;
  read<Row>(statement: Statement): Promise<Row[]>;
};

const TOGETHER = 200;
/** Plans of prepared statements that were made for empty tables are thrown away this often. */
const PLANS_LAST = 400;
/** Commits do not wait for the disk; plans are made once, not for each set of values. */
const QUICKLY = sql`select set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)`;

/**
 * Commits do not wait for the disk (the last one does), nobody is told of each commit, and views of answers are left out: a seed that is
 * broken off is thrown away as a whole.
 */
export function seedSession(runtime: Runtime, name: string): Seed {
  let calls = 0;
  const quick: Runtime = {
    ...runtime,
    database: withoutWaiting(runtime.database),
    committed: () => {},
    answers: false,
  };
  const commandsOf = <I>(commands: readonly SeedCommand<I>[]) =>
    commands.map(({ input, actor, now }) => {
      calls += 1;
      return { input, actor, now, requestId: `${name}-${calls}` };
    });
  const seed: Seed = {
    runtime: quick,
    async run(definition, commands) {
      const most = definition.form === 'batch' ? definition.maxBatch : commands.length;
      const bodies: unknown[] = [];
      for (let at = 0; at < commands.length; at += most) {
        const part = commands.slice(at, at + most);
        bodies.push(...bodiesOf(definition.name, part, await runCommands(quick, definition, commandsOf(part))));
      }
      return bodies;
    },
    async runAll(definition, commands) {
      const bodies: unknown[] = [];
      for (let at = 0; at < commands.length; at += TOGETHER) {
        const part = commands.slice(at, at + TOGETHER);
        const { outcomes } = await runTogether(quick, definition, commandsOf(part), 'unless_refused');
        bodies.push(...bodiesOf(definition.name, part, outcomes));
      }
      return bodies;
    },
    async one(definition, command) {
      const [body] = await seed.run(definition, [command]);
      return body;
    },
    read: (statement) => quick.database.read(COMPANY, (tx) => tx.query(statement)),
  };
  return seed;
}

function withoutWaiting(database: Database): Database {
  let writes = 0;
  return {
    ...database,
    write: (scope, work) =>
      database.write(scope, (tx) => {
        writes += 1;
        void tx.run(QUICKLY);
        if (writes % PLANS_LAST === 0) void tx.run(sql`discard plans`);
        return work(tx);
      }),
  };
}

function bodiesOf<I>(name: string, commands: readonly SeedCommand<I>[], outcomes: readonly Outcome[]): unknown[] {
  return outcomes.map((outcome, i) => {
    if (outcome.ok) return JSON.parse(outcome.body);
    const { about = '', now } = commands[i] ?? {};
    throw new Error(
      `${name} of ${about} at ${now?.toISOString()} is refused: ${outcome.refusals.map(textOf).join('; ')}`,
    );
  });
}

const textOf = ({ code, field, params }: Refusal): string =>
  [code, ...(field === undefined ? [] : [field]), ...(params === undefined ? [] : [JSON.stringify(params)])].join(' ');

/** The id in a command's answer. */
export function idOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string') return body.id;
  throw new Error(`an answer without an id: ${JSON.stringify(body)}`);
}

export type Person = {
  userId: string;
  name: string;
  login: string;
  roles: readonly Role[];
  partnerId: string | null;
  approvalLimit: bigint | null;
};

/** A user as the actor of commands: its own roles and rights, without a session. */
export function actorOf(person: Person): Actor {
  const { userId, partnerId } = person;
  return {
    ...person,
    kind: partnerId === null ? 'staff' : 'partner',
    personId: userId,
    locale: 'zh-Hans',
    accountLocale: 'zh-Hans',
    permissions: new Set(permissionsOf(person.roles)),
    scope: partnerId === null ? COMPANY : { kind: 'partners', ids: [partnerId] },
    credential: { kind: 'system' },
  };
}
