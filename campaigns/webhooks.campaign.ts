/**
 * Events of many documents go to three endpoints (one that takes all, one that answers by a bad script, one that is gone), while two
 * processes that send are killed at random instants. Every committed event must arrive at each live endpoint or be listed as failed, those
 * of a document in the order of their versions with a sequence without gaps; neither a bad endpoint nor a bad document holds up the
 * others. P7, P21.
 *   --kills N (100)   --documents N (300)   --versions N (8)   --seed S
 * Two controls: messages that are lost on their way out must be missed; messages that do not wait for each other must be seen out of order.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { webhookSecret } from '../src/server/modules/webhooks/webhook-tables.ts';
import { migrate } from '../src/server/platform/db/migrate.ts';
import { startEmbedded } from '../src/server/platform/embedded/index.ts';
import { silentLog } from '../src/server/platform/log.ts';
import { secretBox } from '../src/server/platform/secrets/index.ts';
import type { Campaign } from './report.ts';
import { die, type Fault, NODE_ARGS, option, pause, withOwner } from './rig.ts';
import { CAMPAIGN_KEY, type Got, HOPELESS, openSink } from './webhook-sink.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const NODES = 2;
const WRITERS = 6;
const PACE_MS = 200;
const TYPES = ['order.submitted', 'order.confirmation_sent', 'order.objected', 'order.took_effect'];
const SETTLED_WITHIN_MS = 180_000;

type Plan = { kills: number; documents: number; versions: number; seed: number; fault?: Fault['module'] };
type Committed = { id: string; no: string; version: number; at: number };
type Verdict = Record<
  'missing' | 'disorder' | 'gaps' | 'unsettled' | 'duplicates' | 'parked' | 'lagP50' | 'lagP99',
  number
>;

export const campaign: Campaign = async (args, say) => {
  const seed = option(args, 'seed', 20_261_127);
  const plan = {
    kills: option(args, 'kills', 100),
    documents: option(args, 'documents', 300),
    versions: option(args, 'versions', 8),
    seed,
  };
  const run = await deliveries(plan, say);
  say('control: messages lost on their way out');
  const losing = await deliveries({ ...plan, kills: 0, documents: 20, fault: 'lost-outbox' }, say);
  say('control: messages of a document do not wait for each other');
  const hasty = await deliveries({ ...plan, kills: 0, documents: 20, fault: 'without-lanes' }, say);
  const events = plan.documents * plan.versions;
  return {
    name: 'webhooks',
    promises: ['P7', 'P21'],
    seed: String(seed),
    tried: events,
    found: run.missing + run.disorder + run.gaps + run.unsettled,
    figures: {
      'kills of a sending process': plan.kills,
      'events committed': events,
      'neither arrived nor listed as failed': run.missing,
      'out of the order of their versions': run.disorder,
      'gaps in a sequence': run.gaps,
      'without a final state': run.unsettled,
      'listed as failed, to be sent again': run.parked,
      'sent more than once, in percent': run.duplicates,
      'commit to the good endpoint, ms (median, kills included)': run.lagP50,
      'commit to the good endpoint, ms (p99, kills included)': run.lagP99,
    },
    control: {
      planted: 'messages lost on their way out; messages of a document that do not wait for each other',
      found: losing.missing + hasty.disorder + hasty.gaps,
      failedAsItMust: losing.missing > 0 && hasty.disorder + hasty.gaps > 0,
    },
  };
};

async function deliveries(
  { kills, documents, versions, seed, fault }: Plan,
  say: (text: string) => void,
): Promise<Verdict> {
  const roll = die(seed);
  const sink = await openSink(die(seed + 1));
  const dir = mkdtempSync(join(tmpdir(), 'qucheng-webhooks-'));
  chmodSync(dir, 0o755);
  const postgres = await startEmbedded({ dataDir: join(dir, 'data'), log: silentLog() });
  const killer = fork(join(here, 'killer.ts'), { execArgv: NODE_ARGS });
  const nodes: ChildProcess[] = [];
  try {
    await migrate(postgres.ownerUrl);
    const endpoints = await withOwner(postgres.ownerUrl, (owner) => fill(owner, sink.host));
    const start = () => startNode(postgres.appUrl, sink.host, fault);
    for (let i = 0; i < NODES; i += 1) nodes.push(await start());
    let writing = true;
    const written = writeAll(postgres.ownerUrl, documents, versions).finally(() => (writing = false));
    for (let i = 0; i < kills; i += 1) {
      const at = roll(NODES);
      const struck = new Promise((resolve) => killer.once('message', resolve));
      killer.send({ pid: nodes[at]?.pid ?? 0, afterMs: 50 + roll(writing ? 900 : 300), withChildren: false });
      await struck;
      nodes[at] = await start();
      if ((i + 1) % 20 === 0) say(`${i + 1} kills, ${sink.got.length} deliveries`);
    }
    const committed = await written;
    return await withOwner(postgres.ownerUrl, async (owner) => {
      const unsettled = await settle(owner);
      return { unsettled, ...(await judge(owner, committed, sink.got, endpoints)) };
    });
  } finally {
    killer.kill();
    for (const node of nodes) node.kill('SIGKILL');
    await Promise.all(
      nodes.map((node) =>
        node.exitCode === null && node.signalCode === null ? new Promise((done) => node.once('exit', done)) : null,
      ),
    );
    await postgres.stop();
    await sink.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Endpoints = Record<'good' | 'flaky' | 'gone', string>;

/** A company, somebody of its people, and the endpoints. */
async function fill(owner: pg.Client, host: string): Promise<Endpoints> {
  const [company, person] = [randomUUID(), randomUUID()];
  await owner.query(`insert into company (id, name, currency, updated_at) values ($1, '渠成', 'CNY', now())`, [
    company,
  ]);
  await owner.query(
    `insert into app_user (id, kind, login, login_folded, name, created_at) values ($1, 'staff', 'admin', 'admin', 'Admin', now())`,
    [person],
  );
  const endpoints = { good: randomUUID(), flaky: randomUUID(), gone: randomUUID() };
  const sealed = secretBox([CAMPAIGN_KEY]).seal(`whsec_${Buffer.alloc(24, 1).toString('base64')}`, webhookSecret.place);
  for (const [name, id] of Object.entries(endpoints))
    await owner.query(
      `insert into webhook_endpoint (id, name, url, event_types, state, secret_sealed, created_by, created_at, updated_at, version)
       values ($1, $2, $3, '{}', 'on', $4, $5, now(), now(), 1)`,
      [id, name, `http://${host}/${name}`, sealed, person],
    );
  return endpoints;
}

/** Events of documents, each in a transaction of its own; of one document one after the other. */
async function writeAll(url: string, documents: number, versions: number): Promise<Committed[]> {
  const committed: Committed[] = [];
  let taken = 0;
  await Promise.all(
    Array.from({ length: WRITERS }, () =>
      withOwner(url, async (owner) => {
        while (taken < documents) {
          const no = taken === 0 ? HOPELESS : `SO-${taken}`;
          taken += 1;
          const document = randomUUID();
          for (let version = 1; version <= versions; version += 1) {
            const id = randomUUID();
            await owner.query(
              `insert into event (id, document_type, document_id, document_no, version, type, at, actor_kind, cause, payload)
               values ($1, 'order', $2, $3, $4, $5, now(), 'staff', '{}', '{}')`,
              [id, document, no, version, TYPES[version % TYPES.length]],
            );
            committed.push({ id, no, version, at: performance.now() });
            await pause(PACE_MS);
          }
        }
      }),
    ),
  );
  return committed;
}

/** Waits until nothing is on its way any more; how many still are when the patience is over. */
async function settle(owner: pg.Client): Promise<number> {
  const until = performance.now() + SETTLED_WITHIN_MS;
  let calm = 0;
  for (;;) {
    const { rows } = await owner.query<{ waiting: number; unread: number }>(`
      select (select count(*)::int from outgoing where state = 'waiting') as waiting,
        (select count(*)::int from event e where not exists (select from outgoing o where o.event_id = e.id)) as unread`);
    const [left = { waiting: 0, unread: 0 }] = rows;
    calm = left.waiting === 0 ? calm + 1 : 0;
    // What was lost on purpose is never read: calm for a while is the end as well.
    if (left.waiting === 0 && (left.unread === 0 || calm > 20)) return 0;
    if (performance.now() > until) return left.waiting;
    await pause(250);
  }
}

/** By what arrived and by rows alone. */
async function judge(
  owner: pg.Client,
  committed: readonly Committed[],
  got: readonly Got[],
  endpoints: Endpoints,
): Promise<Omit<Verdict, 'unsettled'>> {
  const { rows } = await owner.query<{ target_id: string; event_id: string; state: string }>(
    'select target_id, event_id, state from outgoing',
  );
  const parked = new Set(
    rows.filter(({ state }) => state === 'parked').map((row) => `${row.target_id} ${row.event_id}`),
  );
  const taken = new Set(got.filter((one) => one.taken).map(({ path, eventId }) => `${path} ${eventId}`));
  const missing = (['good', 'flaky'] as const).flatMap((name) =>
    committed.filter(({ id }) => !taken.has(`/${name} ${id}`) && !parked.has(`${endpoints[name]} ${id}`)),
  ).length;
  let [disorder, gaps, first] = [0, 0, 0];
  for (const path of ['/good', '/flaky']) {
    const seen = new Map<string, { sequence: number; version: number }>();
    const known = new Set<string>();
    for (const one of got.filter((each) => each.path === path)) {
      if (known.has(one.eventId)) continue;
      known.add(one.eventId);
      first += 1;
      const last = seen.get(one.documentNo) ?? { sequence: 0, version: 0 };
      if (one.version <= last.version) disorder += 1;
      if (one.sequence !== last.sequence + 1) gaps += 1;
      seen.set(one.documentNo, one);
    }
  }
  const wholly = got.filter(({ path }) => path === '/good').length;
  const once = new Set(got.filter(({ path }) => path === '/good').map(({ eventId }) => eventId)).size;
  const arrived = new Map<string, number>();
  for (const { path, eventId, at } of got) if (path === '/good' && !arrived.has(eventId)) arrived.set(eventId, at);
  const lags = committed
    .flatMap(({ id, at }) => {
      const there = arrived.get(id);
      return there === undefined ? [] : [there - at];
    })
    .sort((a, b) => a - b);
  const lag = (share: number) => Math.max(0, Math.round(lags[Math.floor((lags.length - 1) * share)] ?? 0));
  return {
    missing,
    disorder,
    gaps,
    duplicates: first === 0 ? 0 : Math.round(((wholly - once) * 1000) / Math.max(1, once)) / 10,
    parked: rows.filter(({ state, target_id }) => state === 'parked' && target_id === endpoints.flaky).length,
    lagP50: lag(0.5),
    lagP99: lag(0.99),
  };
}

function startNode(url: string, sink: string, fault: Fault['module'] | undefined): Promise<ChildProcess> {
  const planted = fault === undefined ? [] : ['--import', `${here}faults/${fault}.ts`];
  const child = fork(join(here, 'webhook-server.ts'), [url, sink], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...NODE_ARGS, ...planted],
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => {
      if (code !== null) reject(new Error(`a sending process ended with ${code}`));
    });
  });
}
