/** A copy taken under writes comes back whole; a damaged one is refused. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { instant } from '../../kernel/clock.ts';
import { silentLog } from '../log.ts';
import { checkBackup, restoreBackup, takeBackup } from './backup.ts';
import { startEmbedded } from './index.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-backup-'));
fs.chmodSync(root, 0o755);
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const NOW = instant('2026-03-10T02:00:00Z');

it('P13 a copy taken while rows are written comes back with every row that was committed before it, and a damaged copy is refused', async () => {
  const first = path.join(root, 'first');
  const copy = path.join(root, 'copy');
  const postgres = await startEmbedded({ dataDir: first, log: silentLog() });
  const client = new pg.Client({ connectionString: postgres.ownerUrl });
  await client.connect();
  await client.query('create table entry (n int)');
  let written = 0;
  let going = true;
  const writing = (async () => {
    while (going) {
      written += 1;
      await client.query('insert into entry values ($1)', [written]);
    }
  })();
  while (written < 50) await new Promise((resolve) => setTimeout(resolve, 10));
  const before = written - 1;
  await takeBackup(first, postgres.superUrl, copy, NOW);
  going = false;
  await writing;
  await client.end();
  await postgres.stop();

  const second = path.join(root, 'second');
  restoreBackup(copy, second);
  const again = await startEmbedded({ dataDir: second, log: silentLog() });
  const reader = new pg.Client({ connectionString: again.ownerUrl });
  await reader.connect();
  const { rows } = await reader.query<{ n: number; last: number }>(
    'select count(*)::int as n, max(n) as last from entry',
  );
  expect(rows[0]?.n).toBeGreaterThanOrEqual(before);
  expect(rows[0]?.n).toBe(rows[0]?.last);
  await reader.end();
  await again.stop();

  expect(() => restoreBackup(copy, second)).toThrow('not empty');
  const victim = path.join(
    copy,
    checkBackup(copy).files.find(({ path: file }) => /base\/\d+\/\d+$/.test(file))?.path ?? '',
  );
  const bytes = fs.readFileSync(victim);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  fs.writeFileSync(victim, bytes);
  expect(() => restoreBackup(copy, path.join(root, 'third'))).toThrow('is not what was taken');
}, 60_000);
