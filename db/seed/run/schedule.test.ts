import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, type Rules } from './schedule.ts';

type Step = { kind: string; at: string; documents: string[] };
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 1, minute)).toISOString();
const rules: Rules<Step> = {
  documentsOf: ({ documents }) => documents,
  isBarrier: ({ kind }) => kind === 'receive',
  windowMs: 12 * 3_600_000,
};
const step = (minute: number, kind: string, ...documents: string[]): Step => ({ kind, at: at(minute), documents });

describe('the day’s schedule', () => {
  it('does steps of a kind together, and keeps each document’s own order', () => {
    const steps = [
      step(1, 'submit', 'a'),
      step(2, 'send', 'a'),
      step(3, 'submit', 'b'),
      step(4, 'send', 'b'),
      step(5, 'submit', 'a'),
    ];
    expect(groupsOf(steps, rules).map((group) => group.map(({ kind, documents }) => `${kind} ${documents}`))).toEqual([
      ['submit a', 'submit b'],
      ['send a', 'send b'],
      ['submit a'],
    ]);
  });

  it('lets nothing overtake goods that come in, and goods overtake nothing', () => {
    const steps = [step(1, 'submit', 'a'), step(2, 'receive'), step(3, 'receive'), step(4, 'submit', 'b')];
    expect(groupsOf(steps, rules).map((group) => group.map(({ kind }) => kind))).toEqual([
      ['submit'],
      ['receive', 'receive'],
      ['submit'],
    ]);
  });

  it('P3 every step once, one kind a group, documents and barriers in their order, whatever the day', () => {
    const someDay = fc.array(
      fc.record({
        kind: fc.constantFrom('submit', 'send', 'accept', 'receive'),
        documents: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(someDay, (day) => {
        const steps = day.map(({ kind, documents }, i) => step(i, kind, ...(kind === 'receive' ? [] : documents)));
        const groups = groupsOf(steps, rules);
        const order = groups.flat();
        expect(new Set(order)).toEqual(new Set(steps));
        expect(order).toHaveLength(steps.length);
        for (const group of groups) expect(new Set(group.map(({ kind }) => kind)).size).toBe(1);
        for (const document of ['a', 'b', 'c', 'd']) {
          const own = (list: readonly Step[]) => list.filter(({ documents }) => documents.includes(document));
          expect(own(order)).toEqual(own(steps));
        }
        for (const barrier of steps.filter(({ kind }) => kind === 'receive')) {
          const before = new Set(steps.slice(0, steps.indexOf(barrier)).filter(({ kind }) => kind !== 'receive'));
          const ahead = order.slice(0, order.indexOf(barrier)).filter(({ kind }) => kind !== 'receive');
          expect(new Set(ahead)).toEqual(before);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
