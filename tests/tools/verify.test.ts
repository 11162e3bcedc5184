import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/server/kernel/clock.ts';
import { newId } from '../../src/server/kernel/ids.ts';
import { COMPANY, openDatabase, sql } from '../../src/server/platform/db/database.ts';
import { migrate } from '../../src/server/platform/db/migrate.ts';
import { databaseUrl, type EmbeddedPostgres, startEmbedded } from '../../src/server/platform/embedded/index.ts';
import { sealNow } from '../../src/server/platform/events/seal.ts';
import { sealFiles } from '../../src/server/platform/events/seal-file.ts';
import { ensureSealKey, sealKeyFile } from '../../src/server/platform/events/seal-keys.ts';
import { silentLog } from '../../src/server/platform/log.ts';

const script = fileURLToPath(new URL('../../scripts/verify.ts', import.meta.url));
const clock = fixedClock('2026-07-01T02:00:00Z');
let dataDir: string;
let postgres: EmbeddedPostgres;

const verify = (lang = 'en_US.UTF-8') => {
  const { DATABASE_URL: _, DATA_DIR: __, LC_ALL: ___, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '--data-dir', dataDir],
    { env: { ...env, LANG: lang }, encoding: 'utf8' },
  );
  return { status, text: stdout + stderr };
};

beforeAll(async () => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-verify-'));
  fs.chmodSync(dataDir, 0o755);
  postgres = await startEmbedded({ dataDir, log: silentLog(), settings: { fsync: 'off' } });
  await migrate(postgres.ownerUrl);
  const database = openDatabase(postgres.appUrl, { max: 2 });
  await database.write(COMPANY, async (tx) => {
    for (let i = 0; i < 5; i += 1) {
      await tx.run(sql`
        insert into event (id, document_type, document_id, version, type, at, actor_kind, cause)
        values (${newId(clock.now())}, 'order', ${newId(clock.now())}, 1, 'order.created', ${clock.now()}, 'staff', '{}')`);
    }
  });
  const place = { dataDir, sealKey: null, sealCopy: null };
  await sealNow({ database, clock, key: ensureSealKey(sealKeyFile(place)), files: sealFiles(place) });
  await database.close();
});
afterAll(async () => {
  await postgres.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

describe('P12 npm run verify', () => {
  test('P12 beside a running server it proves the log, and names a tampered event with exit code 1', async () => {
    const whole = verify();
    expect(whole.text).toContain('The event log is whole: 5 events, 5 of them sealed (1 seals).');
    expect(whole.status).toBe(0);

    const superuser = openDatabase(databaseUrl(postgres.superUrl, 'qucheng'), { max: 1 });
    await superuser.write(COMPANY, (tx) => tx.run(sql`update event set type = 'order.cancelled' where position = 3`));
    await superuser.close();
    const broken = verify();
    expect(broken.text).toContain('Event 3 was edited (seal 1).');
    expect(broken.status).toBe(1);
    expect(verify('zh_TW.UTF-8').text).toContain('事件 3 的內容被改過');
  });

  test('P12 on a stopped installation it starts the database itself, and leaves it stopped', async () => {
    await postgres.stop();
    const broken = verify();
    expect(broken.text).toContain('Event 3 was edited (seal 1).');
    expect(broken.status).toBe(1);
    expect(fs.existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  test('P12 a folder without an installation is no proof: exit code 2', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--data-dir', path.join(dataDir, 'nowhere')], {
      env: { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '' },
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('There is no installation');
  });
});
