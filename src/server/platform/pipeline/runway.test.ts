import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runway } from './runway.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const places = runway(2, 250);
  const gone: string[] = [];
  const leave = new Map<string, () => void>();
  const enter = (name: string) =>
    places.enter((left) => {
      gone.push(name);
      leave.set(name, left);
    });
  return { gone, enter, leave: (name: string) => leave.get(name)?.() };
}

it('so many go at once; the others in their order, one for each place that is given back', () => {
  const { gone, enter, leave } = setUp();
  for (const name of ['a', 'b', 'c', 'd']) enter(name);
  expect(gone).toEqual(['a', 'b']);
  leave('b');
  expect(gone).toEqual(['a', 'b', 'c']);
  leave('a');
  leave('c');
  enter('e');
  expect(gone).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('who takes long holds nobody up, and gives no second place back when it is done', () => {
  const { gone, enter, leave } = setUp();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) enter(name);
  vi.advanceTimersByTime(249);
  expect(gone).toEqual(['a', 'b']);
  vi.advanceTimersByTime(1);
  expect(gone).toEqual(['a', 'b', 'c', 'd']);
  leave('a');
  leave('b');
  expect(gone).toEqual(['a', 'b', 'c', 'd']);
  leave('c');
  leave('c');
  expect(gone).toEqual(['a', 'b', 'c', 'd', 'e']);
});
