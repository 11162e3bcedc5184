import { expect, it } from 'vitest';
import { refuse } from '../../kernel/refusal.ts';
import type { Scope } from '../db/database.ts';
import { gate } from '../pipeline/gate.ts';
import { reads } from './reads.ts';
import type { ReadRoute } from './route.ts';

/** A house in which each read says with which scope it ran, and for whom; document `broken` cannot be read, `gone` is not there. */
function house({ many }: { many: boolean }) {
  const ran: { scope: Scope['kind']; ids: string[] }[] = [];
  const database = {
    read: async (scope: Scope, work: (tx: Scope) => Promise<unknown>) => {
      await new Promise((resolve) => setImmediate(resolve));
      return work(scope);
    },
  };
  const route = {
    kind: 'read',
    operation: { id: 'documentGet' },
    many,
    answers: async (tx: Scope, _env: unknown, calls: { params: { id: string }; actor: { userId: string } }[]) => {
      const ids = calls.map(({ params }) => params.id);
      ran.push({ scope: tx.kind, ids });
      if (ids.includes('broken')) throw new Error('cannot be read');
      return calls.map(({ params: { id }, actor: { userId } }) =>
        id === 'gone' ? refuse('order.not_found') : { id, userId },
      );
    },
  } as unknown as ReadRoute;
  const answer = reads({ database, settings: { env: async () => ({}) } } as never, gate(7, 100));
  const ask = (id: string, userId: string, scope: Scope = { kind: 'company' }) =>
    answer(route, {
      params: { id },
      query: undefined,
      actor: { userId, partnerId: null, scope },
      now: new Date(0),
    } as never);
  return { ran, ask };
}

it('what people of the company ask for while a document is read is read together, each with an answer of their own', async () => {
  const { ran, ask } = house({ many: true });
  const answers = await Promise.all(['a', 'b', 'c', 'b'].map((id, n) => ask(id, `user ${n}`)));
  expect(answers).toEqual([
    { id: 'a', userId: 'user 0' },
    { id: 'b', userId: 'user 1' },
    { id: 'c', userId: 'user 2' },
    { id: 'b', userId: 'user 3' },
  ]);
  expect(ran.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c', 'b']]);
});

it('a partner is read for alone, with the partner’s scope', async () => {
  const { ran, ask } = house({ many: true });
  const own: Scope = { kind: 'partners', ids: ['p'] };
  await Promise.all([ask('a', 'sales'), ask('b', 'buyer', own), ask('c', 'sales'), ask('d', 'buyer', own)]);
  expect(ran.filter(({ scope }) => scope === 'partners').map(({ ids }) => ids)).toEqual([['b'], ['d']]);
  expect(ran.filter(({ scope }) => scope === 'company').map(({ ids }) => ids)).toEqual([['a'], ['c']]);
});

it('what is refused or fails for one does so for that one only', async () => {
  const { ran, ask } = house({ many: true });
  const answers = await Promise.allSettled(['a', 'b', 'broken', 'gone'].map((id) => ask(id, 'sales')));
  expect(answers.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    { id: 'a', userId: 'sales' },
    { id: 'b', userId: 'sales' },
    'cannot be read',
    'order.not_found',
  ]);
  expect(ran.map(({ ids }) => ids)).toEqual([['a'], ['b', 'broken', 'gone'], ['b'], ['broken'], ['gone']]);
});

it('other reads stay apart', async () => {
  const { ran, ask } = house({ many: false });
  await Promise.all(['a', 'b', 'c'].map((id) => ask(id, 'sales')));
  expect(ran.map(({ ids }) => ids)).toEqual([['a'], ['b'], ['c']]);
});
