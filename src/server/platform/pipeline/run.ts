/**
 * The write pipeline: every change of the business goes through here. One transaction for a batch:
 *   flight 1  begin, scope, credentials of the callers, stored answers of their keys, the command's load
 *   decide    pure
 *   flight 2  the command's save, events, tasks, stored answers, commit
 * (A load that learns keys from rows, a save that goes on after reading, or answers that are read after saving cost a flight more each.)
 * A refused command never spoils its neighbours; an answer of success is given only after COMMIT.
 */
import { newId } from '../../kernel/ids.ts';
import { Refused, refuse, type Refusal } from '../../kernel/refusal.ts';
import { type Database, quiet, type Scope, sql, type Tx } from '../db/database.ts';
import { constraintRefusal, isRetryable } from '../db/failures.ts';
import { insertRows } from '../db/table.ts';
import { eventTable } from '../events/event-table.ts';
import { saveTasks } from '../tasks/task-table.ts';
import type { AnyCommand, BatchCommand, SingleCommand } from './define.ts';
import { idempotencyTable } from './idempotency-table.ts';
import { inScope } from './scope.ts';
import { turns } from '../turns.ts';
import type { Accepted, Answer, Command, Env, NewEvent, Outcome, TaskChange } from './types.ts';

export type Runtime = {
  database: Database;
  env(now: Date): Promise<Env>;
  /** Called after a commit, so that readers of the log look at once. */
  committed(): void;
  /** false: nobody reads the answers (replay, demo company); views that commands would read for them are left out. */
  answers?: boolean;
};

const MAX_RETRIES = 3;

/** Runs commands of one kind in one transaction (batch form) or one each (single form). Outcomes come in the order of the commands. */
export async function runCommands<I>(
  runtime: Runtime,
  definition: AnyCommand<I>,
  commands: readonly Command<I>[],
): Promise<Outcome[]> {
  if (definition.form === 'batch') return answerTwins(runtime, commands, await runBatch(runtime, definition, commands));
  const outcomes: Outcome[] = [];
  for (const command of commands) outcomes.push(await runSingle(runtime, definition, command));
  return answerTwins(runtime, commands, outcomes);
}

/**
 * Two copies of one request at the same time: the second waits for what the first holds, then finds the work done and refuses it. Its
 * caller is owed the first one's answer, which is stored by now. Costs a statement, only for what was refused.
 */
async function answerTwins<I>(
  runtime: Runtime,
  commands: readonly Command<I>[],
  outcomes: Outcome[],
): Promise<Outcome[]> {
  const refused = commands.filter((command, i) => {
    const outcome = outcomes[i];
    return (
      command.once !== undefined &&
      outcome?.ok === false &&
      !outcome.refusals.some(({ code }) => code.startsWith('session.'))
    );
  });
  if (refused.length === 0) return outcomes;
  const { stored } = await runtime.database.read(scopeOf(refused), (tx) => readCallers(tx, refused));
  if (stored.size === 0) return outcomes;
  return outcomes.map((outcome, i) => {
    const command = commands[i];
    if (outcome.ok || command === undefined || !refused.includes(command)) return outcome;
    return replayOf(command, stored) ?? outcome;
  });
}

function replayOf(command: Command<unknown>, stored: ReadonlyMap<string, Stored>): (Outcome & { ok: true }) | null {
  const known = stored.get(`${command.actor.userId} ${command.once?.key}`);
  if (known === undefined || known.request_hash !== command.once?.hash || known.operation !== command.once.operation)
    return null;
  return {
    ok: true,
    status: known.status,
    body: known.answer,
    replayed: true,
    ...(known.etag === null ? {} : { etag: Number.parseInt(known.etag, 10) }),
  };
}

/** Runs one command and throws its refusal: for callers inside the product (imports, jobs, the demo company). */
export async function execute<I>(
  runtime: Runtime,
  definition: AnyCommand<I>,
  command: Command<I>,
): Promise<Outcome & { ok: true }> {
  const [outcome] = await runCommands(runtime, definition, [command]);
  if (outcome === undefined) throw new Error(`${definition.name}: no outcome`);
  if (!outcome.ok) throw new Refused(outcome.refusals);
  return outcome;
}

async function runBatch<I, S, C>(
  runtime: Runtime,
  definition: BatchCommand<I, S, C>,
  commands: readonly Command<I>[],
  attempt = 0,
  surely = false,
): Promise<Outcome[]> {
  if (commands.length === 0) return [];
  try {
    // Nobody waits for what was written: COMMIT travels with it, and the transaction hears of every statement that failed.
    // Its statements are fixed and made for sets of any size: planning them anew for each batch costs as much as running them.
    const { outcomes } = await runtime.database.write(
      scopeOf(commands),
      (tx) => inTransaction(tx, runtime, definition, commands, surely),
      'force_generic_plan',
    );
    runtime.committed();
    return outcomes;
  } catch (error) {
    if (isRetryable(error) && attempt < MAX_RETRIES)
      return runBatch(runtime, definition, commands, attempt + 1, surely);
    const refusal = error instanceof Refused ? (error.refusals[0] ?? null) : constraintRefusal(error);
    // What was read without a lock did not hold: once more, under it.
    if (refusal !== null && definition.unsure !== undefined && !surely)
      return runBatch(runtime, definition, commands, attempt, true);
    if (commands.length > 1 && (refusal !== null || isRetryable(error))) {
      // One of them breaks a constraint, or reached for what is not its own: halves find it, the others go through.
      const middle = Math.ceil(commands.length / 2);
      return [
        ...(await runBatch(runtime, definition, commands.slice(0, middle), 0, surely)),
        ...(await runBatch(runtime, definition, commands.slice(middle), 0, surely)),
      ];
    }
    if (refusal !== null && isOwnKeyConflict(refusal) && attempt < MAX_RETRIES)
      return runBatch(runtime, definition, commands, attempt + 1, surely);
    if (refusal !== null) return [{ ok: false, refusals: [refusal] }];
    throw error;
  }
}

/** A batch inside a transaction that the caller holds. `written` is fulfilled when the database has taken everything. */
export async function inTransaction<I, S, C>(
  tx: Tx,
  runtime: Runtime,
  definition: BatchCommand<I, S, C>,
  commands: readonly Command<I>[],
  surely = false,
): Promise<{ outcomes: Outcome[]; written: Promise<unknown> }> {
  const env = await runtime.env(commands[0]?.now ?? new Date(0));
  const [{ alive, stored }, state] = await Promise.all([
    readCallers(tx, commands),
    definition.load(tx, commands, env, surely),
  ]);
  const decideAll = (on: S) =>
    decideEach(definition, on, commands, env, (command, keys) => earlyOutcome(command, alive, stored, keys));
  let decided = await decideAll(state);
  let decidedOn = state;
  if (!surely && definition.unsure?.(state) === true) {
    decidedOn = await definition.load(tx, commands, env, true);
    decided = await decideAll(decidedOn);
  }
  const { outcomes, accepted } = decided;
  let written: Promise<unknown> = Promise.resolve();
  if (accepted.length > 0) {
    const changes = accepted.map(({ decision }) => decision.change);
    const kept = accepted.map(({ command }) => command);
    const saving = quiet(
      Promise.all([
        definition.save(tx, decidedOn, changes, env, kept),
        saveEffects(tx, accepted, env),
        definition.follow?.(tx, changes, kept),
      ]),
    );
    if (definition.savesAtOnce !== true) await saving;
    const answers = await answersOf(tx, definition, accepted, changes, env, runtime.answers !== false);
    const finished = accepted.map(({ at, command }, i) => {
      const outcome = finish(answers[i]);
      outcomes[at] = outcome;
      return { command, outcome };
    });
    written = quiet(Promise.all([saving, storeAnswers(tx, finished)]));
  }
  return {
    outcomes: outcomes.map((outcome) => outcome ?? { ok: false, refusals: [{ code: 'request.internal' }] }),
    written,
  };
}

type Decided<I, C> = {
  outcomes: (Outcome | undefined)[];
  accepted: { at: number; command: Command<I>; decision: Accepted<C> }[];
};

/** Decides in order of arrival, each on what those before it have left. Others are answered in the middle of a large batch. */
async function decideEach<I, S, C>(
  definition: BatchCommand<I, S, C>,
  state: S,
  commands: readonly Command<I>[],
  env: Env,
  early: (command: Command<I>, keysHere: Set<string>) => Outcome | null,
): Promise<Decided<I, C>> {
  const decided: Decided<I, C> = { outcomes: [], accepted: [] };
  const keysHere = new Set<string>();
  const turn = turns();
  for (const [at, command] of commands.entries()) {
    const wait = turn();
    if (wait !== undefined) await wait;
    const outcome = early(command, keysHere);
    if (outcome !== null) {
      decided.outcomes[at] = outcome;
      continue;
    }
    const decision = definition.decide(state, command, env);
    if (decision.ok) requireOwn(command, decision);
    if (decision.ok) decided.accepted.push({ at, command, decision });
    else decided.outcomes[at] = { ok: false, refusals: decision.refusals };
  }
  return decided;
}

/**
 * The wall behind every decision (docs/decisions/0004): a batch is loaded for all its callers together, so a decision that forgets to ask
 * for the scope could act on the document of somebody else in it. What such a decision has changed in the state is not to be saved: the
 * transaction ends here, and its neighbours run again without it.
 */
function requireOwn({ actor }: Command<unknown>, { events, tasks, makesPartner }: Accepted<unknown>): void {
  const partners = [...events, ...tasks.flatMap((change) => ('open' in change ? [change.open] : []))];
  for (const { partnerId } of partners)
    if (partnerId !== null && partnerId !== makesPartner && !inScope(actor, partnerId))
      throw refuse('request.not_found');
}

async function answersOf<I, S, C>(
  tx: Tx,
  definition: BatchCommand<I, S, C>,
  accepted: readonly { command: Command<I>; decision: Accepted<C> }[],
  changes: readonly C[],
  env: Env,
  wanted: boolean,
): Promise<Answer[]> {
  if (accepted.every(({ decision }) => decision.answer !== undefined))
    return accepted.map(({ decision }) => decision.answer as Answer);
  if (definition.respond === undefined || !wanted)
    return accepted.map(({ decision }) => decision.answer ?? { status: 200, body: {} });
  return definition.respond(
    tx,
    accepted.map(({ command }) => command),
    changes,
    env,
  );
}

async function runSingle<I>(
  runtime: Runtime,
  definition: SingleCommand<I>,
  command: Command<I>,
  attempt = 0,
): Promise<Outcome> {
  try {
    const outcome = await runtime.database.write(scopeOf([command]), (tx) =>
      singleInTransaction(tx, runtime, definition, command),
    );
    runtime.committed();
    return outcome;
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusals: error.refusals };
    if (isRetryable(error) && attempt < MAX_RETRIES) return runSingle(runtime, definition, command, attempt + 1);
    const refusal = constraintRefusal(error);
    if (refusal === null) throw error;
    if (isOwnKeyConflict(refusal) && attempt < MAX_RETRIES) return runSingle(runtime, definition, command, attempt + 1);
    return { ok: false, refusals: [refusal] };
  }
}

/** One command inside a transaction that the caller holds; a refusal of its own rules is thrown. */
export async function singleInTransaction<I>(
  tx: Tx,
  runtime: Runtime,
  definition: SingleCommand<I>,
  command: Command<I>,
): Promise<Outcome> {
  const env = await runtime.env(command.now);
  const { alive, stored } = await readCallers(tx, [command]);
  const early = earlyOutcome(command, alive, stored, new Set());
  if (early !== null) return early;
  const events: NewEvent[] = [];
  const tasks: TaskChange[] = [];
  const answer = await definition.run(
    {
      tx,
      command,
      env,
      emit: (event) => events.push(event),
      task: (change) => tasks.push(change),
      answers: runtime.answers !== false,
    },
    command.input,
  );
  const finished = finish(answer);
  await Promise.all([
    saveEffects(tx, [{ command, decision: { ok: true, change: null, events, tasks } }], env),
    storeAnswers(tx, [{ command, outcome: finished }]),
  ]);
  return finished;
}

const isOwnKeyConflict = (refusal: Refusal) => refusal.code === 'request.key_in_progress';

/** The union of the scopes: a batch runs with the set of partners that its commands were checked for. */
export function scopeOf<I>(commands: readonly Command<I>[]): Scope {
  const ids = new Set<string>();
  let inside = false;
  // Hundreds of one caller have one scope.
  for (const scope of new Set(commands.map(({ actor }) => actor.scope))) {
    if (scope.kind === 'company') return scope;
    if (scope.inside === true) inside = true;
    for (const id of scope.ids) ids.add(id);
  }
  return { kind: 'partners', ids: [...ids], inside };
}

const credentialKey = (command: Command<unknown>) =>
  command.actor.credential.kind === 'system' ? null : command.actor.credential.id;

type Stored = {
  caller_id: string;
  key: string;
  operation: string;
  request_hash: string;
  status: number;
  answer: string;
  etag: string | null;
};

type Callers = {
  /** Sessions and keys that are still good, with the epoch of their users: a revoked one is refused at once. */
  alive: ReadonlyMap<string, number>;
  /** Answers that the keys of the commands have already, by caller and key. */
  stored: ReadonlyMap<string, Stored>;
};
type CallersFound = { alive: [id: string, epoch: number][] | null; stored: Stored[] | null };

/** Who calls, read inside the transaction, and whether it was answered before: one statement. */
async function readCallers(tx: Tx, commands: readonly Command<unknown>[]): Promise<Callers> {
  const ids = [...new Set(commands.map(credentialKey).filter((id) => id !== null))];
  const keyed = commands.filter(({ once }) => once !== undefined);
  if (ids.length + keyed.length === 0) return { alive: new Map(), stored: new Map() };
  const now = commands[0]?.now as Date;
  const [found] = await tx.query<CallersFound>(sql`
    select (select json_agg(json_build_array(id, epoch)) from (
        select s.id, u.epoch from user_session s join app_user u on u.id = s.user_id
        where s.id = any(${ids}::uuid[]) and s.revoked_at is null and s.expires_at > ${now} and u.state = 'active' and s.epoch = u.epoch
        union all
        select k.id, u.epoch from api_key k join app_user u on u.id = k.user_id
        where k.id = any(${ids}::uuid[]) and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now}) and u.state = 'active') a) as alive,
      (select json_agg(row_to_json(b)) from (
        select i.caller_id, i.key, i.operation, i.request_hash, i.status, i.answer, i.etag
        from unnest(${keyed.map(({ actor }) => actor.userId)}::uuid[], ${keyed.map(({ once }) => once?.key)}::text[]) as k(caller_id, key)
        join idempotency i on i.caller_id = k.caller_id and i.key = k.key) b) as stored`);
  return {
    alive: new Map(found?.alive),
    stored: new Map((found?.stored ?? []).map((row) => [`${row.caller_id} ${row.key}`, row])),
  };
}

/** What can be said before deciding: the caller is gone, or the key has its answer already. */
function earlyOutcome(
  command: Command<unknown>,
  alive: ReadonlyMap<string, number>,
  stored: ReadonlyMap<string, Stored>,
  keysHere: Set<string>,
): Outcome | null {
  const { credential } = command.actor;
  if (credential.kind !== 'system' && alive.get(credential.id) !== credential.epoch) {
    return { ok: false, refusals: [{ code: credential.kind === 'key' ? 'session.key_invalid' : 'session.required' }] };
  }
  if (command.once === undefined) return null;
  const name = `${command.actor.userId} ${command.once.key}`;
  const known = stored.get(name);
  if (known !== undefined)
    return replayOf(command, stored) ?? { ok: false, refusals: [{ code: 'request.key_reused' }] };
  if (keysHere.has(name)) return { ok: false, refusals: [{ code: 'request.key_in_progress' }] };
  keysHere.add(name);
  return null;
}

async function saveEffects<C>(
  tx: Tx,
  accepted: readonly { command: Command<unknown>; decision: Accepted<C> }[],
  env: Env,
): Promise<void> {
  const events = accepted.flatMap(({ command, decision }) => decision.events.map((event) => eventRow(event, command)));
  const tasks = accepted.flatMap(({ command, decision }) => decision.tasks.map((change) => ({ change, command })));
  await Promise.all([insertRows(tx, eventTable, events), saveTasks(tx, tasks, env.calendar)]);
}

const eventRow = (event: NewEvent, { actor, now, requestId, once }: Command<unknown>) => ({
  id: newId(now),
  document_type: event.documentType,
  document_id: event.documentId,
  document_no: event.documentNo,
  version: event.version,
  type: event.type,
  at: now,
  partner_id: event.partnerId,
  actor_id: actor.kind === 'system' ? null : actor.userId,
  actor_kind: actor.kind,
  cause: { requestId, ...(once === undefined ? {} : { operation: once.operation, key: once.key }) },
  payload: event.payload,
});

function finish(answer: Answer | undefined): Outcome & { ok: true } {
  if (answer === undefined) throw refuse('request.internal');
  return {
    ok: true,
    status: answer.status,
    body: JSON.stringify(answer.body),
    replayed: false,
    ...(answer.etag === undefined ? {} : { etag: answer.etag }),
  };
}

/** Keys go in sorted, so that two transactions with the same keys wait for each other in one order. */
async function storeAnswers(
  tx: Tx,
  finished: readonly { command: Command<unknown>; outcome: Outcome & { ok: true } }[],
): Promise<void> {
  const rows = finished
    .flatMap(({ command, outcome }) =>
      command.once === undefined
        ? []
        : [
            {
              caller_id: command.actor.userId,
              key: command.once.key,
              operation: command.once.operation,
              request_hash: command.once.hash,
              status: outcome.status,
              answer: outcome.body,
              etag: outcome.etag === undefined ? null : String(outcome.etag),
              at: command.now,
            },
          ],
    )
    .sort((a, b) => (a.caller_id + a.key < b.caller_id + b.key ? -1 : 1));
  await insertRows(tx, idempotencyTable, rows);
}
