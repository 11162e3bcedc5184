import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../tests/support/app.ts';
import { migrate } from './migrate.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../../db/migrations/', import.meta.url));
let t: TestApp;
let folder: string;
beforeAll(async () => {
  t = await testApp();
  folder = await mkdtemp(join(tmpdir(), 'qucheng-migrations-'));
  await cp(MIGRATIONS, folder, { recursive: true });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await t.close();
});

it('a migration of a later version changes the rows that are there, of every partner', async () => {
  const partners = [await t.partner(), await t.partner()];
  await writeFile(
    join(folder, '9999_later.sql'),
    `alter table partner add column later text; update partner set later = 'set';`,
  );
  expect((await migrate(t.database.ownerUrl, folder)).applied).toEqual(['9999_later.sql']);
  expect(await t.sql('select later from partner where id = any($1)', [partners])).toEqual([
    { later: 'set' },
    { later: 'set' },
  ]);
});
