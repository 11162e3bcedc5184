/**
 * The whole server for a test file: a database of its own, real HTTP through inject, actors by role, a clock that the test moves.
 *
 *   const t = await testApp();
 *   const sales = await t.as('sales');
 *   const partnerId = await t.partner();                      // belongs to the sales person of as('sales')
 *   const buyer = await t.as({ partnerId, role: 'partner_buyer' });
 *   const { status, body } = await buyer.post('/api/v1/orders', { … });
 *   t.clock.advance(3_600_000);                               // sessions are renewed by themselves
 *   await t.sql('select * from sales_order where id = $1', [id]);
 *   afterAll(() => t.close());
 */
import pg from 'pg';
import type { Role } from '../../src/contract/roles.ts';
import { createApp, type RunningApp } from '../../src/server/app.ts';
import { fixedClock } from '../../src/server/kernel/clock.ts';
import { newId } from '../../src/server/kernel/ids.ts';
import { SESSION_COOKIE } from '../../src/server/platform/http/app.ts';
import type { Services } from '../../src/server/platform/http/services.ts';
import { secretBox } from '../../src/server/platform/secrets/index.ts';
import {
  FIRST_INSTANT,
  insertKey,
  insertPartner,
  insertPerson,
  insertSession,
  type KeyOptions,
  type PartnerOptions,
  type Person,
  type PersonOptions,
} from './actors.ts';
import { type TestDatabase, testDatabase } from './cluster.ts';
import { DOUBLES, inCopies, noteDoubles, sendInCopies } from './copies.ts';
import { noteAnswer } from './refusals.ts';

export type TestClock = ReturnType<typeof fixedClock>;
// oxlint-disable-next-line typescript/no-explicit-any -- what an answer holds is what the test looks at
export type Answer<B = any> = {
  status: number;
  body: B;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
};

export type CallOptions = {
  /** Version for If-Match. */
  ifMatch?: number | string;
  /** Idempotency-Key; a fresh one unless given; null sends none. */
  key?: string | null;
  locale?: string;
  /** Address that the request seems to come from; 127.0.0.1 unless given. */
  from?: string;
  /** Further headers; null takes one away (`{ origin: null }`). */
  headers?: Record<string, string | null>;
};

export type Client = {
  get(path: string, options?: CallOptions): Promise<Answer>;
  post(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  put(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  patch(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  delete(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** Any method, body as it is (strings and buffers are sent untouched). */
  send(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
};
export type Actor = Client & Person;
export type Wanted = Role | readonly Role[] | ({ role: Role | readonly Role[] } & Omit<PersonOptions, 'roles'>);

export type TestApp = {
  running: RunningApp;
  services: Services;
  clock: TestClock;
  database: TestDatabase;
  companyId: string;
  /** Somebody with these roles. The same plain roles (and partner) give the same person each time; `{ role, name: … }` a new one. */
  as(wanted: Wanted): Promise<Actor>;
  /** Somebody with a browser session whose cookie the test wants to see. */
  signedIn(wanted: Wanted): Promise<Actor & { token: string; sessionId: string }>;
  /** A caller with an API key; made by the security administrator unless said otherwise. */
  key(options: Omit<KeyOptions, 'madeBy'> & { madeBy?: string }): Promise<Actor & { keyId: string; secret: string }>;
  anonymous: Client;
  /** An active partner; looked after by the person of as('sales') unless said otherwise. Returns its id. */
  partner(options?: PartnerOptions): Promise<string>;
  /** As the owner of the tables, with the company's scope. Caches of settings and actors are dropped afterwards. */
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** A fingerprint of everything the business has stored: equal before and after means that nothing was changed. */
  digest(): Promise<string>;
  close(): Promise<void>;
};

export const HOST = 'qucheng.test';
/** What reading and signing in write by themselves. */
const NO_BUSINESS = ['access_log', 'api_key', 'known_device', 'log_reader', 'signin_attempt', 'user_session'];
const RENEW_AFTER_MS = 20 * 60_000;

export async function testApp(
  options: { clock?: TestClock; demo?: boolean; company?: boolean; webhookHosts?: readonly string[] } = {},
): Promise<TestApp> {
  const clock = options.clock ?? fixedClock(FIRST_INSTANT);
  const database = await testDatabase();
  const owner = new pg.Pool({
    connectionString: database.ownerUrl,
    options: '-c app.scope=company -c timezone=UTC',
    max: 3,
  });
  owner.on('error', () => {});
  const running = await createApp({
    databaseUrl: database.appUrl,
    clock,
    secrets: secretBox([Buffer.alloc(32, 7)]),
    webhookHosts: options.webhookHosts ?? [],
    demo: options.demo ?? false,
    connections: 6,
  });
  const { services } = running;
  const companyId = newId(clock.now());
  if (options.company !== false) {
    await owner.query(
      `insert into company (id, name, name_en, currency, time_zone, updated_at) values ($1, '渠成测试公司', 'Qucheng Test Ltd', 'CNY', 'Asia/Shanghai', $2)`,
      [companyId, clock.now()],
    );
  }
  const forget = () => {
    services.settings.forget();
    services.authenticator.forget();
  };
  const known = new Map<string, Promise<Actor>>();
  const clientWith = (credential: () => Promise<Record<string, string>>) => clientOf(running, credential);

  async function makeActor(wanted: Wanted): Promise<Actor & { current(): Promise<{ id: string; token: string }> }> {
    const { role, ...rest } = typeof wanted === 'object' && 'role' in wanted ? wanted : { role: wanted };
    const person = await insertPerson(owner, clock.now(), { ...rest, roles: typeof role === 'string' ? [role] : role });
    let session = await insertSession(owner, clock.now(), person.userId);
    let usedAt = clock.now().getTime();
    const current = async () => {
      const now = clock.now();
      if (Math.abs(now.getTime() - usedAt) > RENEW_AFTER_MS) {
        session = await insertSession(owner, now, person.userId);
        usedAt = now.getTime();
      }
      return session;
    };
    return {
      ...person,
      ...clientWith(async () => ({ cookie: `${SESSION_COOKIE}=${(await current()).token}` })),
      current,
    };
  }

  const t: TestApp = {
    running,
    services,
    clock,
    database,
    companyId,
    as(wanted) {
      const plain = plainName(wanted);
      if (plain === null) return makeActor(wanted);
      let actor = known.get(plain);
      if (actor === undefined) {
        actor = makeActor(wanted);
        known.set(plain, actor);
      }
      return actor;
    },
    async signedIn(wanted) {
      const actor = await makeActor(wanted);
      const { id, token } = await actor.current();
      return { ...actor, ...clientWith(async () => ({ cookie: `${SESSION_COOKIE}=${token}` })), token, sessionId: id };
    },
    async key(wanted) {
      const madeBy = wanted.madeBy ?? (await t.as('security_admin')).userId;
      const { id, key, ...person } = await insertKey(owner, clock.now(), { ...wanted, madeBy });
      return { ...person, ...clientWith(async () => ({ authorization: `Bearer ${key}` })), keyId: id, secret: key };
    },
    anonymous: clientWith(async () => ({})),
    async partner(wanted = {}) {
      const ownerId = wanted.ownerId === undefined ? (await t.as('sales')).userId : wanted.ownerId;
      const id = await insertPartner(owner, clock.now(), { ...wanted, ownerId });
      forget();
      return id;
    },
    async sql<Row>(text: string, values: readonly unknown[] = []) {
      const { rows } = await owner.query(text, [...values]);
      forget();
      return rows as Row[];
    },
    async digest() {
      const tables = await owner.query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all ($1) order by 1`,
        [NO_BUSINESS],
      );
      const parts = tables.rows.map(
        ({ name }) =>
          `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t`,
      );
      const { rows } = await owner.query<{ name: string; sum: string }>(`${parts.join(' union all ')} order by 1`);
      return rows.map(({ name, sum }) => `${name} ${sum}`).join('\n');
    },
    async close() {
      if (inCopies) noteDoubles(await t.sql<{ operation: string; key: string }>(DOUBLES));
      await running.close();
      await owner.end();
      await database.drop();
    },
  };
  return t;
}

/** A name for what is asked for, when it is only roles (and a partner). */
function plainName(wanted: Wanted): string | null {
  const {
    role,
    partnerId = null,
    ...rest
  } = typeof wanted === 'object' && 'role' in wanted ? wanted : { role: wanted };
  if (Object.keys(rest).length > 0) return null;
  return `${partnerId} ${typeof role === 'string' ? role : [...role].sort().join()}`;
}

let keys = 0;

function clientOf(running: RunningApp, credential: () => Promise<Record<string, string>>): Client {
  const send: Client['send'] = async (method, path, body, options = {}) => {
    const headers: Record<string, string> = {
      host: HOST,
      'accept-language': options.locale ?? 'en',
      ...(await credential()),
    };
    if (method !== 'GET') headers['origin'] = `http://${HOST}`;
    if (method !== 'GET' && options.key !== null) {
      keys += 1;
      headers['idempotency-key'] = options.key ?? `test-${process.pid}-${keys}`;
    }
    if (options.ifMatch !== undefined)
      headers['if-match'] = typeof options.ifMatch === 'number' ? `"${options.ifMatch}"` : options.ifMatch;
    const untouched = typeof body === 'string' || Buffer.isBuffer(body);
    if (body !== undefined) headers['content-type'] = 'application/json';
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value === null) delete headers[name.toLowerCase()];
      else headers[name.toLowerCase()] = value;
    }
    const once = (changed?: { ifMatch: string }) =>
      running.app.server.inject({
        method: method as 'GET',
        url: path,
        headers: changed === undefined ? headers : { ...headers, 'if-match': changed.ifMatch },
        ...(options.from === undefined ? {} : { remoteAddress: options.from }),
        ...(body === undefined ? {} : { payload: untouched ? (body as string) : JSON.stringify(body) }),
      });
    const response = inCopies ? await sendInCopies(method, path, once) : await once();
    const json = /json/.test(String(response.headers['content-type'] ?? ''));
    const answered = json && response.body !== '' ? JSON.parse(response.body) : undefined;
    noteAnswer(method, path, body, { status: response.statusCode, body: answered });
    return {
      status: response.statusCode,
      body: answered,
      headers: response.headers,
      text: response.body,
    };
  };
  return {
    send,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    put: (path, body, options) => send('PUT', path, body, options),
    patch: (path, body, options) => send('PATCH', path, body, options),
    delete: (path, body, options) => send('DELETE', path, body, options),
  };
}
