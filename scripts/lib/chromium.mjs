/** The browser for browser tests: found, installed where that is possible, or a sentence what to do. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** Chromium and one Chinese font, without which every page is boxes. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-wqy-microhei'];

export const INSTALL_COMMAND = `apt-get update && apt-get install -y ${DEBIAN_PACKAGES.join(' ')}`;

/** Path of a browser that runs; installs one as root on Debian. Null when there is none and none can be installed. */
export function ensureChromium() {
  return findChromium() ?? (installChromium() ? findChromium() : null);
}

/** CHROMIUM when set, else the first in the PATH that answers to --version (some are only a hint to install). */
export function findChromium(env = process.env) {
  if (env.CHROMIUM) return runs(env.CHROMIUM) ? env.CHROMIUM : null;
  const inPath = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates = NAMES.flatMap((name) => inPath.map((folder) => path.join(folder, name)));
  return [...candidates, ...ELSEWHERE].find((file) => fs.existsSync(file) && runs(file)) ?? null;
}

const runs = (file) => spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;

function installChromium() {
  if (process.env.CHROMIUM || process.getuid?.() !== 0) return false;
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  console.log(`No Chromium found. Installing it: ${INSTALL_COMMAND}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES);
}
