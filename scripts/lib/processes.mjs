/**
 * Which processes work in this checkout right now, and locks between them. A process is known by its number and, on
 * Linux, its start time, because numbers are reused.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inCache } from './paths.mjs';
import { Stop } from './say.mjs';

const RUNNING = inCache('running');

/** Start time of a process where the system tells it, `''` elsewhere or when it is gone (a zombie counts as gone). */
function startTime(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : fields[19];
  } catch {
    return '';
  }
}

const signature = (pid) => `${pid} ${startTime(pid)}`;

/** True while the process that wrote this signature is alive. */
export function isAlive(text) {
  const [pid, started] = text.trim().split(' ');
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return started === undefined || started === startTime(pid);
}

/** Notes that this process uses the packages; returns a function that takes the note away. */
export function register(what) {
  const file = path.join(RUNNING, `${process.pid}`);
  try {
    fs.mkdirSync(RUNNING, { recursive: true });
    fs.writeFileSync(file, `${signature(process.pid)}\n${what}\n`);
  } catch {
    // A checkout that this user cannot write: nobody can change its packages from here either.
    return () => {};
  }
  return () => fs.rmSync(file, { force: true });
}

/** Other processes that use the packages: `[{ pid, what }]`. Notes of dead ones are removed. */
export function othersRunning() {
  const found = [];
  let names = [];
  try {
    names = fs.readdirSync(RUNNING);
  } catch {
    return found;
  }
  for (const name of names) {
    const file = path.join(RUNNING, name);
    const [text = '', what = ''] = readOrEmpty(file).split('\n');
    if (isAlive(text)) {
      if (name !== String(process.pid)) found.push({ pid: name, what });
    } else fs.rmSync(file, { force: true });
  }
  return found;
}

/** Runs `work` while holding `.cache/<name>.lock`; waits for another process that holds it, telling so once. */
export async function withLock(name, tellWaiting, work) {
  requireCache();
  const file = inCache(`${name}.lock`);
  const own = `${signature(process.pid)}\n`;
  let told = false;
  while (!claim(file, own)) {
    const holder = readOrEmpty(file);
    if (holder !== '' && !isAlive(holder)) {
      setAside(file, holder);
      continue;
    }
    if (!told) tellWaiting();
    told = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    if (readOrEmpty(file) === own) fs.rmSync(file, { force: true });
  }
}

function requireCache() {
  try {
    fs.mkdirSync(inCache(), { recursive: true });
    fs.accessSync(inCache(), fs.constants.W_OK);
  } catch (error) {
    throw new Stop({
      en: `This user cannot write ${inCache()} (${error.code}).\n  → Run as the owner of the checkout.`,
      hans: `当前用户无法写入 ${inCache()}（${error.code}）。\n  → 请以代码目录所有者的身份运行。`,
      hant: `目前使用者無法寫入 ${inCache()}（${error.code}）。\n  → 請以程式碼目錄擁有者的身分執行。`,
    });
  }
}

/** Creates the lock with its content in one step; false when it is taken. */
function claim(file, content) {
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, content);
  try {
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/** Two processes may find the same dead lock: the rename lets one win, and a lock that is new goes back. */
function setAside(file, dead) {
  const aside = `${file}.${process.pid}.dead`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readOrEmpty(aside);
  if (moved !== dead) claim(file, moved);
  fs.rmSync(aside, { force: true });
}

function readOrEmpty(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
