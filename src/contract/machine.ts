/** Life-cycle tables: every action on a document is a row. Commands, buttons, permissions, tests and diagrams come from the same table. */

/** Why something is refused: a code of errors.ts, the field it speaks of, and the values its sentence needs. */
export type Refusal = { code: string; field?: string; params?: Record<string, string> };

/** staff: a person of the company. partner: a person of a partner. key: a machine with an API key. system: the product itself, by a clock or an event. */
export type ActorKind = 'staff' | 'partner' | 'key' | 'system';

export type MachineRow<S extends string = string, A extends string = string, G extends string = string> = {
  /** The verb: the same word in URL, operation, command and button. One action may have several rows with different from-states. */
  action: A;
  /** States in which it is possible; empty: it creates the document. */
  from: readonly S[];
  /** The state it leads to; several when the facts decide; 'same' when it changes something else. */
  to: S | readonly S[] | 'same';
  actor: readonly ActorKind[];
  permission: string;
  /** Names of guards, which are the error codes they refuse with. The server holds what they check. */
  guards: readonly G[];
  /** Policy parameter whose clock starts with this action. */
  clock?: string;
  /** Event that it writes. */
  event: string;
  /** Task that it opens. */
  task?: string;
  /** Article of the regulation, or ruling. */
  article: string;
  /** The action that takes it back. */
  reversedBy?: string;
};

/** What each guard of a table checks; null lets pass. */
export type Guards<G extends string, F> = Readonly<Record<G, (facts: F) => Refusal | null>>;

export type Machine<S extends string = string, A extends string = string, G extends string = string> = {
  name: string;
  initial: S;
  states: readonly S[];
  finals: readonly S[];
  rows: readonly MachineRow<S, A, G>[];
  /** With one argument the first row of the action; with a state (null: the document does not exist yet) the row that applies there, if any. */
  row(action: A): MachineRow<S, A, G>;
  row(action: A, from: S | null): MachineRow<S, A, G> | undefined;
  /** Actions that the table knows in a state (null: before the document exists), in the order of the table. */
  actionsFrom(state: S | null): A[];
  /** All reasons why the action is refused right now, in the order of the row's guards; `<name>.wrong_state` alone when the table has no row. Empty: go. */
  refusals<F>(action: A, state: S | null, guards: Guards<G, F>, facts: F): Refusal[];
};

export type StateOf<M> = M extends Machine<infer S, infer _A, infer _G> ? S : never;
export type ActionOf<M> = M extends Machine<infer _S, infer A, infer _G> ? A : never;
export type GuardOf<M> = M extends Machine<infer _S, infer _A, infer G> ? G : never;

/** A machine from its table. States, actions and guard names become types; what types cannot see, {@link machineProblems} finds. */
export function defineMachine<const S extends string, const A extends string, const G extends string>(declared: {
  name: string;
  states: readonly S[];
  initial: NoInfer<S>;
  finals: readonly NoInfer<S>[];
  rows: readonly MachineRow<NoInfer<S>, A, G>[];
}): Machine<S, A, G> {
  const { name, rows } = declared;
  const applies = (candidate: MachineRow<S, A, G>, state: S | null) =>
    state === null ? candidate.from.length === 0 : candidate.from.includes(state);

  function row(action: A): MachineRow<S, A, G>;
  function row(action: A, from: S | null): MachineRow<S, A, G> | undefined;
  function row(action: A, from?: S | null): MachineRow<S, A, G> | undefined {
    const found = rows.find(
      (candidate) => candidate.action === action && (from === undefined || applies(candidate, from)),
    );
    if (found === undefined && from === undefined) throw new RangeError(`${name} has no action ${action}`);
    return found;
  }

  return {
    ...declared,
    row,
    actionsFrom: (state) => [...new Set(rows.filter((each) => applies(each, state)).map(({ action }) => action))],
    refusals: (action, state, guards, facts) => {
      const found = row(action, state);
      if (found === undefined) return [{ code: `${name}.wrong_state`, params: { action, state: state ?? 'none' } }];
      return found.guards.map((guard) => guards[guard](facts)).filter((refusal) => refusal !== null);
    },
  };
}

/** Faults of a table, one sentence each: unknown states, states nobody reaches, states without a way out, two rows for one action and state. */
export function machineProblems(machine: Machine): string[] {
  const { name, states, initial, finals, rows } = machine;
  const known = new Set(states);
  const named = [initial, ...finals, ...rows.flatMap((row) => [...row.from, ...targets(row)])];
  const unknown = [...new Set(named)].filter((state) => !known.has(state));
  const repeated = [...known].filter((state) => states.indexOf(state) !== states.lastIndexOf(state));

  const reached = new Set([initial, ...rows.filter(({ from }) => from.length === 0).flatMap(targets)]);
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (const row of rows)
      if (row.from.some((state) => reached.has(state))) for (const to of targets(row)) reached.add(to);
  }
  const leaves = (state: string) =>
    rows.some((row) => row.from.includes(state) && targets(row).some((to) => to !== state));

  const seen = new Set<string>();
  const twice: string[] = [];
  for (const { action, from } of rows) {
    for (const state of from.length === 0 ? ['[*]'] : from) {
      const key = `${action} from ${state}`;
      if (seen.has(key)) twice.push(key);
      seen.add(key);
    }
  }
  return [
    ...unknown.map((state) => `${name}: state ${state} is not declared`),
    ...repeated.map((state) => `${name}: state ${state} is declared twice`),
    ...states.filter((state) => !reached.has(state)).map((state) => `${name}: state ${state} is never reached`),
    ...states
      .filter((state) => !finals.includes(state) && !leaves(state))
      .map((state) => `${name}: state ${state} has no way out`),
    ...twice.map((key) => `${name}: ${key} has two rows`),
  ];
}

/** The table as a Mermaid state diagram; actions that keep the state are left out. */
export function machineMermaid(machine: Machine): string {
  const creations = machine.rows.filter(({ from }) => from.length === 0);
  const lines = creations.flatMap((row) => targets(row).map((to) => `  [*] --> ${to}: ${row.action}`));
  if (creations.length === 0) lines.push(`  [*] --> ${machine.initial}`);
  for (const row of machine.rows) {
    for (const from of row.from) {
      for (const to of targets(row)) lines.push(`  ${from} --> ${to}: ${row.action}`);
    }
  }
  for (const final of machine.finals) lines.push(`  ${final} --> [*]`);
  return ['stateDiagram-v2', ...lines, ''].join('\n');
}

function targets({ to }: MachineRow): readonly string[] {
  if (to === 'same') return [];
  return typeof to === 'string' ? [to] : to;
}
