import { expect, it } from 'vitest';
import { gate } from './gate.ts';

/** Work that ends when the test says so, in the order in which it began. */
function heldWork() {
  const began: string[] = [];
  const held: (() => void)[] = [];
  const work = (name: string) => async () => {
    began.push(name);
    await new Promise<void>((resolve) => held.push(resolve));
    return name;
  };
  return { began, work, end: () => held.shift()?.() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('lets so many through at a time; callers that wait take turns', async () => {
  const { began, work, end } = heldWork();
  const { run } = gate(2, 10);
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void run(work(name), 'a');
  void run(work('b1'), 'b');
  await settled();
  expect(began).toEqual(['a1', 'a2']);
  for (let n = 0; n < 4; n += 1) {
    end();
    await settled();
  }
  expect(began).toEqual(['a1', 'a2', 'a3', 'b1', 'a4', 'a5']);
});

it('says at once when nobody more may wait, turns away whoever holds most of the room, and takes again', async () => {
  const { began, work, end } = heldWork();
  const { run } = gate(1, 3);
  const inside = run(work('a1'), 'a');
  const waiting = ['a2', 'a3', 'a4'].map((name) => run(work(name), 'a'));
  const busy = { refusals: [{ code: 'request.busy' }] };
  await expect(run(work('a5'), 'a')).rejects.toMatchObject(busy);
  const other = run(work('b1'), 'b');
  await expect(waiting[2]).rejects.toMatchObject(busy);
  for (let n = 0; n < 4; n += 1) {
    end();
    await settled();
  }
  expect(await Promise.all([inside, waiting[0], waiting[1], other])).toEqual(['a1', 'a2', 'a3', 'b1']);
  expect(began).toHaveLength(4);
  void run(work('later'));
  await settled();
  expect(began.at(-1)).toBe('later');
});

it('says how many wait, and how long whoever had to wait did', async () => {
  const { began, work, end } = heldWork();
  const door = gate(1, 10);
  const waits: number[] = [];
  door.onWaited((ms) => waits.push(ms));
  void door.run(work('first'));
  void door.run(work('second'));
  await settled();
  expect(door.waiting()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  end();
  await settled();
  expect(began).toEqual(['first', 'second']);
  expect(door.waiting()).toBe(0);
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThan(15);
});

it('work that fails gives its place back', async () => {
  const { run } = gate(1, 1);
  await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await run(async () => 'next')).toBe('next');
});
