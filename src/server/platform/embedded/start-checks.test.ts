import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { requireSpace } from './data-dir.ts';
import { checkDataVersion, readDataVersion, writeDataVersion } from './data-version.ts';
import { formatStartError, StartError } from './errors.ts';
import { explainDatabaseError, explainListenError } from './explain.ts';
import { lockDataDir, lockHolder, lockWhenFree } from './lock.ts';
import { freePort } from './postmaster.ts';
import { withClient } from './provision.ts';
import { ensureSecrets, readSecrets } from './secrets.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-checks-'));
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));
let made = 0;
const folder = () => {
  const dir = path.join(base, `d${(made += 1)}`);
  fs.mkdirSync(dir);
  return dir;
};
const thrown = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
};
const asStartError = (error: unknown): StartError => {
  if (error instanceof StartError) return error;
  throw new Error(`expected a StartError, got ${String(error)}`);
};

describe('the lock of a data folder', () => {
  const lockFile = (dir: string) => path.join(dir, 'qucheng.lock');

  test('is held until released', () => {
    const dir = folder();
    const lock = lockDataDir(dir);
    expect(lockHolder(dir)).toBe(process.pid);
    expect(() => lockDataDir(dir)).toThrow(`process ${process.pid}`);
    lock.release();
    expect(lockHolder(dir)).toBeNull();
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test('of a process that said it is stopping is waited for', async () => {
    const dir = folder();
    const first = lockDataDir(dir);
    first.announceStop();
    const second = lockWhenFree(dir);
    setTimeout(() => first.release(), 1800);
    (await second).release();
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  test('of a process that goes on is not waited for longer than a moment', async () => {
    const dir = folder();
    const lock = lockDataDir(dir);
    expect(asStartError(await thrown(() => lockWhenFree(dir))).code).toBe('data_dir.in_use');
    expect(lockHolder(dir)).toBe(process.pid);
    lock.release();
  });

  test('of a process that died is taken over', async () => {
    const dir = folder();
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    fs.writeFileSync(lockFile(dir), JSON.stringify({ pid: dead.pid, identity: 'x/1' }));
    lockDataDir(dir).release();
  });

  test.runIf(process.platform !== 'win32')('of a dead process whose number a stranger has now is taken over', () => {
    const dir = folder();
    fs.writeFileSync(lockFile(dir), JSON.stringify({ pid: process.ppid, identity: 'another boot/1' }));
    lockDataDir(dir).release();
  });

  test('that cannot be read is taken over', () => {
    const dir = folder();
    fs.writeFileSync(lockFile(dir), '');
    lockDataDir(dir).release();
  });

  test('is not taken away by somebody who lost it', () => {
    const dir = folder();
    const lock = lockDataDir(dir);
    const other = JSON.stringify({ pid: 1, identity: '' });
    fs.writeFileSync(lockFile(dir), other);
    lock.release();
    expect(fs.readFileSync(lockFile(dir), 'utf8')).toBe(other);
  });

  test('goes to one of many that start at once, also over a dead one', async () => {
    const dir = folder();
    fs.writeFileSync(lockFile(dir), JSON.stringify({ pid: 999_999_999, identity: 'x/1' }));
    const url = new URL('./lock.ts', import.meta.url).href;
    const code = `import { lockDataDir } from ${JSON.stringify(url)};
      try { lockDataDir(process.argv[1]); console.log('won'); await new Promise((done) => process.stdin.once('end', done).resume()); }
      catch (error) { console.log(error.code); }`;
    const starters = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', code, dir], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    const said = await Promise.all(starters.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim()));
    for (const child of starters) child.stdin.end();
    expect(said.sort()).toEqual(['data_dir.in_use', 'data_dir.in_use', 'data_dir.in_use', 'won']);
  });
});

describe('secrets', () => {
  test('are made once, differ from each other and survive', () => {
    const dir = folder();
    const first = ensureSecrets(dir, ['a', 'b']);
    expect(first.created).toEqual(['a', 'b']);
    expect(first.secrets.a).toMatch(/^[\w-]{32}$/);
    expect(first.secrets.a).not.toBe(first.secrets.b);
    const second = ensureSecrets(dir, ['b', 'c']);
    expect(second.created).toEqual(['c']);
    expect(readSecrets(dir)).toEqual({ ...first.secrets, c: second.secrets.c });
  });

  test('a damaged file stops the start instead of being replaced', () => {
    const dir = folder();
    fs.writeFileSync(path.join(dir, 'secrets.json'), '{"a": ');
    expect(() => ensureSecrets(dir, ['a'])).toThrow();
    expect(fs.readFileSync(path.join(dir, 'secrets.json'), 'utf8')).toBe('{"a": ');
  });
});

describe('the version of the data', () => {
  test('newer data are refused, own and older ones are not', () => {
    const dir = folder();
    expect(() => checkDataVersion(dir, 3)).not.toThrow();
    writeDataVersion(dir, 3);
    expect(readDataVersion(dir)).toBe(3);
    expect(() => checkDataVersion(dir, 3)).not.toThrow();
    expect(() => checkDataVersion(dir, 4)).not.toThrow();
    expect(() => checkDataVersion(dir, 2)).toThrow('schema 3, this one knows 2');
  });
});

test('too little disk space is said in megabytes', async () => {
  expect(() => requireSpace('/data', 300)).not.toThrow();
  const error = asStartError(await thrown(() => requireSpace('/data', 299)));
  expect(error.message).toContain('Only 299 MB are free');
  expect(formatStartError(error, 'zh-Hans')).toContain('299 MB');
});

describe('errors of the first listen and the first connection', () => {
  test('a taken port is named, with another one to try', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const second = net.createServer().listen(port, '127.0.0.1');
    const [failure] = await once(second, 'error');
    const error = asStartError(explainListenError(failure, { host: '127.0.0.1', port }));
    server.close();
    expect(error.code).toBe('http.port_taken');
    expect(error.hint).toContain(`PORT=${port + 1} npm start`);
  });

  test('an address of another machine', async () => {
    const [failure] = await once(net.createServer().listen(0, '192.0.2.1'), 'error');
    expect(asStartError(explainListenError(failure, { host: '192.0.2.1', port: 0 })).code).toBe('http.address_unknown');
  });

  const connectTo = async (url: string) =>
    explainDatabaseError(await thrown(() => withClient(url, (client) => client.query('select 1'))), url);

  test('a database that is not there', async () => {
    const error = asStartError(await connectTo(`postgres://u:geheim@127.0.0.1:${await freePort()}/shop`));
    expect(error.code).toBe('database.unreachable');
    expect(error.message).toMatch(/127\.0\.0\.1:\d+\/shop.*ECONNREFUSED/);
  });

  test('a host name that does not exist', async () => {
    expect(asStartError(await connectTo('postgres://u:geheim@nowhere.invalid/shop')).code).toBe('database.unreachable');
  });

  test('a wrong password is not repeated', async () => {
    const url = new URL(inject('cluster').appUrl);
    url.password = 'geheim';
    const error = asStartError(await connectTo(url.href));
    expect(error.code).toBe('database.refused');
    expect(JSON.stringify(error.texts)).not.toContain('geheim');
  });

  test('a database that does not exist', async () => {
    const url = new URL(inject('cluster').ownerUrl);
    url.pathname = '/nothing';
    expect(asStartError(await connectTo(url.href)).code).toBe('database.refused');
  });

  test('an error of another kind stays what it is', () => {
    const error = new TypeError('bug');
    expect(explainDatabaseError(error, 'postgres://u:p@h/d')).toBe(error);
    expect(explainListenError(error, { host: 'h', port: 1 })).toBe(error);
  });
});
