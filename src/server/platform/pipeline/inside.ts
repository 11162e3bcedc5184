/** A command as a part of another: the same load, decide and save, in the transaction of the one that calls it. */
import { Refused } from '../../kernel/refusal.ts';
import type { BatchCommand, Context } from './define.ts';

/** Runs a batch command for one input inside a single command; its events and tasks join those of the caller. Throws its refusals. */
export async function runInside<I, S, C>(
  { tx, command, env, emit, task }: Context<unknown>,
  definition: BatchCommand<I, S, C>,
  input: I,
): Promise<C> {
  const { expectedVersion: _version, once: _once, ...rest } = command;
  const inner = { ...rest, input };
  const state = await definition.load(tx, [inner], env, true);
  const decision = definition.decide(state, inner, env);
  if (!decision.ok) throw new Refused(decision.refusals);
  await definition.save(tx, state, [decision.change], env, [inner]);
  for (const event of decision.events) emit(event);
  for (const change of decision.tasks) task(change);
  return decision.change;
}
