/**
 * Mails arrive while the product is killed at random instants; senders come again until they hear 250, and a tenth of the mails comes twice
 * by another way. Every mail that was acknowledged must end as exactly one inquiry, or as failed in sight of people. P8.
 *   --mails N (400)   --kills N (20)   --seed S
 * The control says 250 before it stores, and must lose mails.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nodemailer from 'nodemailer';
import pg from 'pg';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import type { Campaign } from './report.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const NODE_ARGS = ['--disable-warning=ExperimentalWarning'];
const SENDERS = 8;

type Options = { mails: number; kills: number; seed: number; fault: string };
type Result = {
  acknowledged: number;
  retried: number;
  lost: number;
  doubled: number;
  unsettled: number;
  inquiries: number;
  failed: number;
  kills: number;
  seconds: number;
};

export const campaign: Campaign = async (args, say) => {
  const option = (name: string, fallback: number) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? fallback : Number.parseInt(args[at + 1] ?? '', 10);
  };
  const seed = option('seed', 20_261_126);
  const run = await arrivals({ mails: option('mails', 400), kills: option('kills', 20), seed, fault: '' }, say);
  say('control: 250 before the message is stored must lose');
  const control = await arrivals({ mails: 120, kills: 8, seed, fault: 'ack-first' }, say);
  return {
    name: 'mail',
    promises: ['P8'],
    seed: String(seed),
    tried: run.acknowledged,
    found: run.lost + run.doubled + run.unsettled,
    figures: {
      'kills of the product': run.kills,
      'mails acknowledged, repeats included': run.acknowledged,
      'sent again without an answer': run.retried,
      'acknowledged and lost': run.lost,
      'inquiries made twice': run.doubled,
      'without a final state': run.unsettled,
      'became an inquiry': run.inquiries,
      'failed, in sight': run.failed,
      seconds: Math.round(run.seconds),
    },
    control: { planted: '250 before storing', found: control.lost, failedAsItMust: control.lost > 0 },
  };
};

async function arrivals({ mails, kills, seed, fault }: Options, say: (text: string) => void): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'qucheng-mail-'));
  chmodSync(dir, 0o755);
  const started = performance.now();
  const postgres = await startEmbedded({ dataDir: join(dir, 'data'), log: silentLog() });
  const port = 20_000 + (process.pid % 20_000);
  try {
    await migrate(postgres.ownerUrl);
    await withOwner(postgres.ownerUrl, (owner) => fill(owner, port));
    let server = await startServer(postgres.appUrl, port, fault);
    const killer = fork(join(here, 'killer.ts'), { execArgv: NODE_ARGS });
    let random = seed;
    const next = (below: number) => {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      return random % below;
    };
    const sending = sendAll(mails, port);
    for (let i = 0; i < kills; i += 1) {
      const struck = new Promise((resolve) => killer.once('message', resolve));
      killer.send({ pid: server.pid ?? 0, afterMs: 100 + next(1400), withChildren: false });
      await struck;
      server = await startServer(postgres.appUrl, port, fault);
      if ((i + 1) % 5 === 0) say(`${i + 1} kills, ${Math.round((performance.now() - started) / 1000)} s`);
    }
    const { acknowledged, retried } = await sending;
    killer.kill();
    const judged = await withOwner(postgres.ownerUrl, async (owner) => {
      if (fault === '') await settled(owner);
      return judge(owner, acknowledged);
    });
    server.kill('SIGKILL');
    await new Promise((resolve) => server.once('exit', resolve));
    const seconds = (performance.now() - started) / 1000;
    return { acknowledged: acknowledged.length, retried, kills, seconds, ...judged };
  } finally {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A company, a partner with a contact, a product, and the listener turned on. */
async function fill(owner: pg.Client, port: number): Promise<void> {
  const [company, partner] = ['01a00000-0000-7000-8000-00000000c001', '01a00000-0000-7000-8000-00000000c002'];
  await owner.query(`insert into company (id, name, currency, updated_at) values ($1, '渠成', 'CNY', now())`, [
    company,
  ]);
  await owner.query(
    `insert into partner (id, no, state, name, name_folded, currency, payment_term, created_at, updated_at)
     values ($1, 'P1', 'active', '宁波远航车行', '宁波远航车行', 'CNY', '{"kind": "prepaid"}', now(), now())`,
    [partner],
  );
  await owner.query(
    `insert into partner_contact (id, partner_id, name, email) values (gen_random_uuid(), $1, '王', 'wang@buyer.example')`,
    [partner],
  );
  await owner.query(
    `insert into product (id, sku, name, unit, tax_rate, created_at, updated_at) values (gen_random_uuid(), 'HL-U509', '骑行头盔', '个', 130000, now(), now())`,
  );
  await owner.query('update intake_setting set smtp_enabled = true, smtp_port = $1, version = version + 1', [port]);
}

/** Every mail until it is acknowledged; every tenth once more, with another header and the same Message-ID. */
async function sendAll(mails: number, port: number): Promise<{ acknowledged: string[]; retried: number }> {
  const acknowledged: string[] = [];
  let retried = 0;
  let taken = 0;
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    connectionTimeout: 5000,
    socketTimeout: 15_000,
  });
  const send = async (no: number, hop: string) => {
    const messageId = `<mail-${no}@buyer.example>`;
    for (;;) {
      try {
        await transport.sendMail({
          from: 'wang@buyer.example',
          to: 'orders@ours.example',
          subject: `采购 ${no}`,
          messageId,
          date: new Date(0),
          headers: { 'X-Hop': hop },
          text: `PO: M-${no}\n骑行头盔 ${1 + (no % 90)}个\n`,
        });
        acknowledged.push(messageId);
        return;
      } catch {
        retried += 1;
        await pause(100);
      }
    }
  };
  const sender = async () => {
    while (taken < mails) {
      taken += 1;
      const no = taken;
      await send(no, 'first');
      if (no % 10 === 0) await send(no, 'second');
      await pause(40);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return { acknowledged, retried };
}

/** Waits until nothing is left to be settled. */
async function settled(owner: pg.Client): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { rows } = await owner.query<{ left: number }>(
      `select count(*)::int as left from intake_message where state = 'stored'`,
    );
    if (rows[0]?.left === 0) return;
    await pause(200);
  }
}

/** By rows and raw bytes alone; nothing of the product is asked. */
async function judge(owner: pg.Client, acknowledged: readonly string[]) {
  const { rows } = await owner.query<{ id: string; state: string; raw: string }>(
    `select id, state, encode(raw, 'escape') as raw from intake_message`,
  );
  const byId = new Map<string, string[]>();
  for (const { raw, state } of rows) {
    const id = /^Message-ID: (<[^>]+>)/im.exec(raw)?.[1] ?? '';
    byId.set(id, [...(byId.get(id) ?? []), state]);
  }
  const made = await owner.query<{ po_no: string; times: number }>(
    `select po_no, count(*)::int as times from inquiry group by po_no`,
  );
  const ids = [...new Set(acknowledged)];
  return {
    lost: ids.filter((id) => !byId.has(id)).length,
    doubled: made.rows.filter(({ times }) => times > 1).length,
    unsettled: ids.filter((id) => {
      const states = byId.get(id);
      return states !== undefined && !states.some((state) => state === 'inquiry' || state === 'failed');
    }).length,
    inquiries: made.rows.length,
    failed: rows.filter(({ state }) => state === 'failed').length,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function startServer(url: string, port: number, fault: string): Promise<ChildProcess> {
  const child = fork(join(here, 'mail-server.ts'), [url, String(port), fault], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: NODE_ARGS,
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => {
      if (code !== null) reject(new Error(`server ended with ${code}`));
    });
  });
}

async function withOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url, options: '-c app.scope=company -c timezone=UTC' });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
