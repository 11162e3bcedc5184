import { expect, it, vi } from 'vitest';
import { turns } from './turns.ts';

it('work goes on as long as it is short; after ten milliseconds others have their turn, and it may go on as long again', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const turn = turns();
  now.mockReturnValue(1009);
  expect(turn()).toBeUndefined();
  now.mockReturnValue(1011);
  let answered = false;
  setImmediate(() => (answered = true));
  const wait = turn();
  expect(answered).toBe(false);
  await wait;
  expect(answered).toBe(true);
  now.mockReturnValue(1020);
  expect(turn()).toBeUndefined();
  now.mockRestore();
});
