import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';

let t: TestApp;
let url: string;
let folder: string;
let secret: string;
beforeAll(async () => {
  t = await testApp();
  url = await t.running.app.server.listen({ port: 0, host: '127.0.0.1' });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-import-'));
  secret = (await t.key({ roles: ['manager'] })).secret;
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await t.close();
});

function run(
  args: readonly string[],
  env: Record<string, string> = { QUCHENG_KEY: secret },
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/import.ts', ...args], {
      env: { PATH: process.env['PATH'] ?? '', LANG: 'en', ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

it('R3.1 the command sends a file, prints what became of its rows, saves the marked file, and says by its exit code whether all is well', async () => {
  const file = path.join(folder, 'p.csv');
  fs.writeFileSync(file, 'sku,name,unit,taxRate\nCLI-1,x,件,0.13\nCLI-2,x,件,9\n');
  const marked = path.join(folder, 'marked.xlsx');
  const check = await run(['products', file, '--url', url]);
  expect([check.code, check.out]).toEqual([
    1,
    expect.stringContaining('2 rows, 1 good, 1 with errors, nothing written'),
  ]);
  expect(check.out).toContain('3: Tax rate Not a tax rate');
  const written = await run(['products', file, '--url', url, '--mode', 'valid_rows', '--result', marked]);
  expect([written.code, written.out.split('\n')[0]]).toEqual([1, '2 rows, 1 good, 1 with errors, written']);
  expect(fs.readFileSync(marked).subarray(0, 2).toString()).toBe('PK');
  fs.writeFileSync(file, 'sku,name,unit,taxRate\nCLI-3,x,件,0.13\n');
  const good = await run(['products', file, '--url', url, '--mode', 'all_or_nothing', '--json']);
  expect([good.code, JSON.parse(good.out)]).toMatchObject([0, { okCount: 1, committed: true }]);
  expect(await t.sql(`select sku from product order by sku`)).toEqual([{ sku: 'CLI-1' }, { sku: 'CLI-3' }]);
});

it('R3.1 what cannot be sent is said in one line: no key, no server, a refused file, a wrong kind', async () => {
  const file = path.join(folder, 'bad.csv');
  fs.writeFileSync(file, 'colour\nred\n');
  expect(await run(['products', file, '--url', url], {})).toMatchObject({
    code: 2,
    err: expect.stringContaining('QUCHENG_KEY'),
  });
  expect(await run(['products', file, '--url', 'http://127.0.0.1:1'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('No server answers'),
  });
  expect(await run(['products', file, '--url', url])).toMatchObject({
    code: 2,
    err: expect.stringContaining('A1 colour'),
  });
  expect(await run(['nonsense', file, '--url', url])).toMatchObject({ code: 2, err: expect.stringContaining('usage') });
  expect(await run(['products', file, '--url', url], { QUCHENG_KEY: 'qk_wrong', LANG: 'zh_CN.UTF-8' })).toMatchObject({
    code: 2,
    out: '',
  });
});
