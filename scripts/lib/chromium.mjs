/** The browser for browser tests: found, installed where that is possible, or a sentence what to do. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { installCommand, installPackages } from './debian.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** Chromium and one Chinese font, without which every page is boxes. */
const DEBIAN_PACKAGES = ['chromium', 'fonts-wqy-microhei'];

export const INSTALL_COMMAND = installCommand(DEBIAN_PACKAGES);

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

const installChromium = () => !process.env.CHROMIUM && installPackages(DEBIAN_PACKAGES, 'Chromium');
