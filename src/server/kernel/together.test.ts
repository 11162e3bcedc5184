import { expect, it } from 'vitest';
import { together } from './together.ts';

it('a lone call goes at once; calls that come meanwhile go together, each key once', async () => {
  const seen: string[][] = [];
  const open: (() => void)[] = [];
  const upper = together<string, string>(async (keys) => {
    seen.push([...keys]);
    await new Promise<void>((resolve) => open.push(resolve));
    return keys.map((key) => key.toUpperCase());
  });
  const first = upper('a');
  const rest = [upper('b'), upper('c'), upper('b')];
  expect(seen).toEqual([['a']]);
  open.shift()?.();
  expect(await first).toBe('A');
  open.shift()?.();
  expect(await Promise.all(rest)).toEqual(['B', 'C', 'B']);
  expect(seen).toEqual([['a'], ['b', 'c']]);
});

it('a failure reaches those whose keys were in it, and the next call works again', async () => {
  let broken = true;
  const echo = together<number, number>(async (keys) => {
    if (broken) throw new Error('away');
    return keys;
  });
  await expect(echo(1)).rejects.toThrow('away');
  broken = false;
  expect(await echo(2)).toBe(2);
});

it('a turn that hangs does not hold the next one up for longer than a moment', async () => {
  const seen: string[][] = [];
  const echo = together<string, string>(async (keys) => {
    seen.push([...keys]);
    if (keys.includes('hangs')) await new Promise(() => undefined);
    return keys;
  }, 20);
  void echo('hangs');
  expect(await Promise.all([echo('a'), echo('b')])).toEqual(['a', 'b']);
  expect(await echo('c')).toBe('c');
  expect(seen).toEqual([['hangs'], ['a', 'b'], ['c']]);
});
