import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../tests/support/app.ts';
import { type Background, readers, startBackground, timedJobs } from './jobs.ts';
import { newId } from './kernel/ids.ts';
import { COMPANY } from './platform/db/database.ts';
import { readSealFile } from './platform/events/seal-file.ts';
import { readPublicKeys, sealKeyFile } from './platform/events/seal-keys.ts';
import { verifyLog } from './platform/events/verify.ts';
import { silentLog } from './platform/log.ts';

let t: TestApp;
let background: Background;
let dataDir: string;
const place = () => ({ dataDir, sealKey: null, sealCopy: path.join(dataDir, 'elsewhere', 'seals.jsonl') });
const start = () => startBackground({ services: t.services, log: silentLog(), seal: place() });

beforeAll(async () => {
  t = await testApp();
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-jobs-'));
  background = await start();
});
afterAll(async () => {
  await background.stop();
  await t.close();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

async function until(what: () => Promise<boolean>) {
  const since = performance.now();
  while (!(await what())) {
    if (performance.now() - since > 10_000) throw new Error('it did not happen in time');
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('what the server does by itself', () => {
  test('a write over HTTP reaches the people concerned without anybody asking', async () => {
    const sales = await t.as('sales');
    const partnerId = await t.partner();
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const answer = await buyer.post('/api/v1/inquiries', { lines: [{ wanted: '山地车 20 辆' }] });
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    await until(async () =>
      (await sales.get('/api/v1/notices')).body.items.some(
        (item: { kind: string }) => item.kind === 'inquiry.received',
      ),
    );
    expect((await buyer.get('/api/v1/notices')).body.items).toMatchObject([
      { kind: 'inquiry.receipt', documentNo: answer.body.no },
    ]);
  });

  test('P12 the log is sealed, in the database and in both files, and can be proved', async () => {
    await until(async () => {
      await background.jobs.run('seal the event log');
      return (readSealFile(place().sealCopy)?.seals.size ?? 0) > 0;
    });
    const outside = [path.join(dataDir, 'seals.jsonl'), place().sealCopy]
      .map(readSealFile)
      .filter((found) => found !== null);
    expect(outside).toHaveLength(2);
    expect(fs.statSync(sealKeyFile(place())).mode & 0o777).toBe(0o600);
    const result = await verifyLog({
      database: t.services.database,
      keys: readPublicKeys(sealKeyFile(place())),
      outside,
    });
    expect(result.findings).toEqual([]);
    expect(result.sealed).toBeGreaterThan(0n);
  });

  test('P12 the application itself can neither change nor take away what is written', async () => {
    for (const text of [
      'update event set type = type',
      'delete from event',
      'truncate event',
      'delete from event_seal',
      'update event_seal set no = no',
    ]) {
      await expect(
        t.services.database.write(COMPANY, (tx) => tx.run({ text, values: [] })),
        text,
      ).rejects.toThrow('permission denied');
    }
  });

  test('every job runs, and a job that another node is at is left to it', async () => {
    for (const { name } of timedJobs) await background.jobs.run(name);
    const job = timedJobs[0];
    if (job === undefined) throw new Error('no job');
    await t.services.database.write(COMPANY, async (tx) => {
      await tx.query({ text: `select pg_advisory_xact_lock(7204, hashtext($1))`, values: [job.name] });
      expect(await background.jobs.run(job.name)).toBe(false);
    });
    await expect(background.jobs.run('nonsense')).rejects.toThrow('no job');
  });

  test('names of readers and jobs are their own', () => {
    const names = [...readers, ...timedJobs].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('a log with transaction numbers of another server is refused at the start, not read wrongly', async () => {
    await t.sql(
      `insert into event (xid, id, document_type, document_id, version, type, at, actor_kind, cause) values ('900000000000', $1, 'order', $2, 1, 'order.created', $3, 'system', '{}')`,
      [newId(t.clock.now()), newId(t.clock.now()), t.clock.now()],
    );
    await expect(start()).rejects.toThrow('900000000000');
    await t.sql(`delete from event where xid = '900000000000'`);
  });
});
