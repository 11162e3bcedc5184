import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { findBinaries, program } from './binaries.ts';
import { type EmbeddedPostgres, StartError, startEmbedded, withClient } from './index.ts';
import { freePort } from './postmaster.ts';
import { chooseRunner, programEnv } from './privilege.ts';
import { isAlive, processIdentity } from './process-identity.ts';

const HOLDER = fileURLToPath(new URL('../../../../tests/support/hold-embedded.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;
const onLinux = process.platform === 'linux';
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-launcher-'));
fs.chmodSync(base, 0o755);
const running: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

let made = 0;
/** A data folder that does not exist yet. */
const freshFolder = () => path.join(base, `d${(made += 1)}`);

/** One initdb for all tests that only need "an installation that has been started before". */
const used = path.join(base, 'used');
beforeAll(async () => {
  const postgres = await start(used);
  await withClient(postgres.ownerUrl, (client) => client.query("create table kept as select '渠成' as label"));
  await postgres.stop();
});

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDir, log: silentLog(), settings: { fsync: 'off' } });
  running.push(postgres);
  return postgres;
}

function usedCopy(): string {
  const dataDir = freshFolder();
  // cp keeps owner and mode of the database files, which Node's own copy does not.
  expect(spawnSync('cp', ['-a', used, dataDir]).status).toBe(0);
  return dataDir;
}

/** A process that ended but was not yet collected by init still has its number; it has no identity any more. */
const runs = (pid: number) => isAlive(pid) && processIdentity(pid) !== '';
const keptRows = (url: string) => withClient(url, async (client) => (await client.query('table kept')).rows);
const serverPid = (dataDir: string) =>
  Number.parseInt(fs.readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);

type Told = { ownerUrl?: string; how?: string; adopted?: boolean; code?: string; text?: string };
/** Starts the launcher in a process of its own and returns what it printed. */
async function startInProcess(dataDir: string, as: string[] = []): Promise<{ child: ChildProcess; told: Told }> {
  const [command = '', ...args] = [...as, process.execPath, '--disable-warning=ExperimentalWarning', HOLDER, dataDir];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return { child, told: JSON.parse(text) };
}

async function refusal(work: Promise<unknown>): Promise<StartError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StartError)) throw new Error(`expected a StartError, got ${String(error)}`);
  return error;
}

describe('first and later starts', () => {
  test('a missing folder becomes an installation with its own passwords', async () => {
    const dataDir = freshFolder();
    const postgres = await start(dataDir);
    expect(postgres.adopted).toBe(false);
    expect(fs.statSync(path.join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    const rows = await withClient(postgres.appUrl, async (client) => {
      return (await client.query('select current_user as role, current_database() as database')).rows;
    });
    expect(rows).toEqual([{ role: 'qucheng_app', database: 'qucheng' }]);
    const settings = await withClient(postgres.superUrl, async (client) => {
      const wanted = ['listen_addresses', 'unix_socket_directories', 'server_encoding', 'password_encryption', 'jit'];
      return (await client.query('select name, setting from pg_settings where name = any($1)', [wanted])).rows;
    });
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: path.join(dataDir, 'socket'),
      server_encoding: 'UTF8',
      password_encryption: 'scram-sha-256',
      jit: 'off',
    });
  });

  test('a folder whose name is too long for a socket is reached by the port', async () => {
    const dataDir = path.join(base, 'long'.repeat(25));
    const postgres = await start(dataDir);
    expect(new URL(postgres.appUrl).hostname).toBe('127.0.0.1');
    await withClient(postgres.appUrl, (client) => client.query('select 1'));
    const [row] = await withClient(
      postgres.superUrl,
      async (client) => (await client.query("select current_setting('unix_socket_directories') as dirs")).rows,
    );
    expect(row).toEqual({ dirs: '' });
  });

  test('nobody gets in with a wrong password, without one, or into another database', async () => {
    const postgres = await start(usedCopy());
    const login = (change: (url: URL) => void) => {
      const url = new URL(postgres.appUrl);
      change(url);
      return withClient(url.href, (client) => client.query('select 1'));
    };
    await expect(login((url) => (url.password = 'guess'))).rejects.toMatchObject({ code: '28P01' });
    await expect(login((url) => (url.username = 'postgres'))).rejects.toMatchObject({ code: '28P01' });
    await expect(login((url) => (url.password = ''))).rejects.toThrow();
  });

  test('a second start finds the data and the passwords of the first', async () => {
    const dataDir = usedCopy();
    const first = await start(dataDir);
    await first.stop();
    const second = await start(dataDir);
    expect(new URL(second.appUrl).password).toBe(new URL(first.appUrl).password);
    expect(await keptRows(second.appUrl)).toEqual([{ label: '渠成' }]);
  });

  test('stopping leaves neither server nor lock, and may be asked for twice', async () => {
    const dataDir = usedCopy();
    const postgres = await start(dataDir);
    const pid = serverPid(dataDir);
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(runs(pid)).toBe(false);
    expect(fs.existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(fs.existsSync(path.join(dataDir, 'qucheng.lock'))).toBe(false);
  });

  test('what an interrupted first start left behind does not disturb the next', async () => {
    const dataDir = freshFolder();
    fs.mkdirSync(path.join(dataDir, 'postgres.new', 'base'), { recursive: true });
    fs.writeFileSync(path.join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
    const postgres = await start(dataDir);
    expect(fs.existsSync(path.join(dataDir, 'postgres.new'))).toBe(false);
    expect(postgres.port).toBeGreaterThan(0);
  });

  test('when secrets.json is lost, new passwords are set and the data stay', async () => {
    const dataDir = usedCopy();
    fs.rmSync(path.join(dataDir, 'secrets.json'));
    const postgres = await start(dataDir);
    expect(await keptRows(postgres.appUrl)).toEqual([{ label: '渠成' }]);
  });
});

describe('starts that are refused', () => {
  test('a folder in use by another process: one sentence that names it, and the other goes on', async () => {
    const dataDir = usedCopy();
    const { child, told } = await startInProcess(dataDir);
    const error = await refusal(startEmbedded({ dataDir, log: silentLog() }));
    expect(error.code).toBe('data_dir.in_use');
    expect(error.message).toContain(`process ${child.pid}`);
    expect(await keptRows(told.ownerUrl ?? '')).toHaveLength(1);
  });

  test('a folder in use by this very process', async () => {
    const dataDir = usedCopy();
    await start(dataDir);
    expect((await refusal(startEmbedded({ dataDir, log: silentLog() }))).code).toBe('data_dir.in_use');
  });

  test.each([
    ['99', 'cluster.newer'],
    ['9', 'cluster.older'],
  ])('database files of PostgreSQL %s are not touched', async (version, code) => {
    const dataDir = freshFolder();
    fs.mkdirSync(path.join(dataDir, 'postgres'), { recursive: true });
    fs.writeFileSync(path.join(dataDir, 'postgres', 'PG_VERSION'), `${version}\n`);
    expect((await refusal(startEmbedded({ dataDir, log: silentLog() }))).code).toBe(code);
    expect(fs.readdirSync(path.join(dataDir, 'postgres'))).toEqual(['PG_VERSION']);
    expect(fs.existsSync(path.join(dataDir, 'qucheng.lock'))).toBe(false);
  });

  test('a data folder that is a file', async () => {
    const dataDir = freshFolder();
    fs.writeFileSync(dataDir, '');
    expect((await refusal(startEmbedded({ dataDir, log: silentLog() }))).code).toBe('data_dir.not_writable');
  });

  test('damaged database files: the reason from the server log, and the folder is free again', async () => {
    const dataDir = usedCopy();
    fs.rmSync(path.join(dataDir, 'postgres', 'global', 'pg_control'));
    const error = await refusal(startEmbedded({ dataDir, log: silentLog() }));
    expect(error.code).toBe('postgres.failed');
    expect(error.message).toContain('pg_control');
    expect(fs.existsSync(path.join(dataDir, 'qucheng.lock'))).toBe(false);
  });
});

describe('after accidents', () => {
  test.runIf(onLinux)(
    'kill -9 of our process takes the server along, and the next start finds everything',
    async () => {
      const dataDir = usedCopy();
      const { child, told } = await startInProcess(dataDir);
      await withClient(told.ownerUrl ?? '', (client) => client.query("insert into kept values ('确认')"));
      const pid = serverPid(dataDir);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const postgres = await start(dataDir);
      expect(runs(pid)).toBe(false);
      expect(await keptRows(postgres.appUrl)).toEqual([{ label: '渠成' }, { label: '确认' }]);
    },
  );

  test('a server that was left behind is stopped in order and taken over', async () => {
    const dataDir = usedCopy();
    const binaries = findBinaries();
    const runner = chooseRunner(binaries, dataDir);
    const args = [
      '-D',
      path.join(dataDir, 'postgres'),
      '-p',
      String(await freePort()),
      '-c',
      'unix_socket_directories=',
    ];
    const [command = '', ...rest] = [...runner.prefix, program(binaries, 'postgres'), ...args];
    const orphan = spawn(command, rest, { env: programEnv(), stdio: 'ignore', detached: true, cwd: '/' });
    const gone = once(orphan, 'exit');
    const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid');
    while (!(fs.existsSync(pidFile) && fs.readFileSync(pidFile, 'utf8').includes('ready'))) await sleep(20);
    const postgres = await start(dataDir);
    expect(await gone).toEqual([0, null]);
    expect(postgres.adopted).toBe(true);
    expect(await keptRows(postgres.appUrl)).toHaveLength(1);
  });

  test('a server that dies comes back on the same port', async () => {
    const dataDir = usedCopy();
    const postgres = await start(dataDir);
    const died = new Promise((resolve) => postgres.onExit(resolve));
    const pid = serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    expect(await died).toMatchObject({ signal: 'SIGKILL', restartInMs: 200 });
    const rows = await retried(() => keptRows(postgres.appUrl));
    expect(rows).toHaveLength(1);
    expect(serverPid(dataDir)).not.toBe(pid);
  });

  test('stopping while a dead server waits for its restart does not bring it back', async () => {
    const dataDir = usedCopy();
    const postgres = await start(dataDir);
    const died = new Promise((resolve) => postgres.onExit(resolve));
    process.kill(serverPid(dataDir), 'SIGKILL');
    await died;
    await postgres.stop();
    await sleep(600);
    await expect(keptRows(postgres.superUrl)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(keptRows(postgres.appUrl)).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOENT|ECONNREFUSED)$/),
    });
  });
});

describe.runIf(isRoot && onLinux)('as whom the server runs when root starts it', () => {
  const uidOf = (pid: number) => /^Uid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

  test('as another user where that user can reach the files', async () => {
    const dataDir = usedCopy();
    const postgres = await start(dataDir);
    expect(postgres.how).toMatch(/^setpriv (postgres|nobody)$/);
    expect(uidOf(serverPid(dataDir))).not.toBe('0');
  });

  test('in a user namespace under a private folder, and back again when the folder is opened', async () => {
    const dataDir = usedCopy();
    fs.chmodSync(dataDir, 0o700);
    const hidden = await start(dataDir);
    expect(hidden.how).toBe('user namespace');
    expect(await keptRows(hidden.appUrl)).toHaveLength(1);
    await hidden.stop();
    fs.chmodSync(dataDir, 0o755);
    const open = await start(dataDir);
    expect(open.how).toMatch(/^setpriv/);
    expect(await keptRows(open.appUrl)).toHaveLength(1);
  });

  test('in a user namespace, too, kill -9 of our process takes the server along', async () => {
    const dataDir = usedCopy();
    fs.chmodSync(dataDir, 0o700);
    const { child, told } = await startInProcess(dataDir);
    expect(told.how).toBe('user namespace');
    const pid = serverPid(dataDir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await retried(async () => expect(runs(pid)).toBe(false));
  });

  const nobodyCanRun = spawnSync(NOBODY[0] ?? '', [...NOBODY.slice(1), process.execPath, '--version']).status === 0;
  test.runIf(nobodyCanRun)('an ordinary user runs it as himself; kill -9 takes the server along', async () => {
    const dataDir = freshFolder();
    fs.mkdirSync(dataDir);
    fs.chownSync(dataDir, 65534, 65534);
    const { child, told } = await startInProcess(dataDir, NOBODY);
    expect(told.how).toBe('plain');
    const pid = serverPid(dataDir);
    expect(uidOf(pid)).toBe('65534');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await retried(async () => expect(runs(pid)).toBe(false));
    const again = await startInProcess(dataDir, NOBODY);
    expect(again.told).toMatchObject({ how: 'plain', adopted: false });
  });

  test.runIf(nobodyCanRun)(
    'a stale process number that another program of the user has now is no obstacle',
    async () => {
      const dataDir = freshFolder();
      fs.mkdirSync(dataDir);
      fs.chownSync(dataDir, 65534, 65534);
      const first = await startInProcess(dataDir, NOBODY);
      const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid');
      const content = fs.readFileSync(pidFile, 'utf8');
      first.child.kill('SIGTERM');
      await once(first.child, 'exit');
      const stranger = spawn(NOBODY[0] ?? '', [...NOBODY.slice(1), 'sleep', '60'], { stdio: 'ignore' });
      children.push(stranger);
      fs.writeFileSync(pidFile, content.replace(/^\d+/, String(stranger.pid)));
      fs.chownSync(pidFile, 65534, 65534);
      expect((await startInProcess(dataDir, NOBODY)).told).toMatchObject({ how: 'plain', adopted: false });
      expect(runs(stranger.pid ?? 0)).toBe(true);
    },
  );

  test.runIf(nobodyCanRun)("an ordinary user cannot start in somebody else's folder and is told so", async () => {
    const { told } = await startInProcess(usedCopy(), NOBODY);
    expect(told.code).toBe('data_dir.not_writable');
    expect(told.text).toContain('EACCES');
  });
});

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 100) throw error;
      await sleep(50);
    }
  }
}
