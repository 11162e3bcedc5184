import { verify } from '@node-rs/argon2';
import { expect, test, vi } from 'vitest';

// The real work, watched: by modules of this file's own, since others of this worker may have loaded them unwatched.
vi.resetModules();
const { Refused } = await import('../../kernel/refusal.ts');
const { hashPassword, passwordFits, refuseWeakPassword } = await import('./passwords.ts');
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  return { ...real, verify: vi.fn(real.verify) };
});

const NAMES = ['渠行自行車股份有限公司', 'Quxing Bicycle Co., Ltd.', 'lu.jiayan@quxing.example.com'];
function verdict(password: string): string {
  try {
    refuseWeakPassword(password, NAMES);
    return 'ok';
  } catch (error) {
    if (error instanceof Refused) return error.refusals[0]?.code ?? '';
    throw error;
  }
}

test.each([
  ['correct horse battery staple'],
  ['渠道管理新章程二〇二六'],
  ['两个黄鹂鸣翠柳'.concat('行')],
  [`${'long '.repeat(20)}enough`],
  ['tidal-marsh-84'],
  ['Kx9!mTq2'],
])('P20 a password of one’s own is taken: %s', (password) => {
  expect(verdict(password)).toBe('ok');
});

test.each([
  ['seven77', 'password.too_short'],
  ['密码密码密码密', 'password.too_short'],
  ['Password123!', 'password.too_common'],
  ['P@ssw0rd2026', 'password.too_common'],
  ['12345678', 'password.too_common'],
  ['qwertyuiop', 'password.too_common'],
  ['aaaaaaaaaa', 'password.too_common'],
  ['abcabcabc', 'password.too_common'],
  ['Admin888', 'password.too_common'],
  ['Quxing2026', 'password.too_common'],
  ['qucheng1!', 'password.too_common'],
  ['lu.jiayan1', 'password.too_common'],
  ['渠行自行車股份有限公司1', 'password.too_common'],
])('P20 what others guess first is refused: %s', (password, code) => {
  expect(verdict(password)).toBe(code);
});

test('P20 a password fits its own hash only, and nobody fits a missing hash', async () => {
  const stored = await hashPassword('tidal-marsh-84');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordFits(stored, 'tidal-marsh-84')).toBe(true);
  expect(await passwordFits(stored, 'tidal-marsh-85')).toBe(false);
  expect(await passwordFits(null, 'nobody has this password')).toBe(false);
});

test('P20 the password is worked on for unknown people too, with the same cost', async () => {
  const stored = await hashPassword('tidal-marsh-84');
  const watched = vi.mocked(verify);
  watched.mockClear();
  expect(await passwordFits(stored, 'wrong')).toBe(false);
  expect(await passwordFits(null, 'wrong')).toBe(false);
  const costs = watched.mock.calls.map(([hash]) => String(hash).split('$').slice(1, 4));
  expect(costs).toEqual([costs[0], costs[0]]);
  expect(costs[0]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1']);
});
