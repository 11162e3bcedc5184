/** Builds the web client when its sources have changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';
import { withLock } from './processes.mjs';
import { Stop, say } from './say.mjs';

const SOURCES = [
  'src/web',
  'src/contract',
  'public',
  'index.html',
  'vite.config.ts',
  'tsconfig.base.json',
  'tsconfig.web.json',
  'package-lock.json',
];
const TARGET = inRoot('dist', 'web');
const STAMP = path.join(TARGET, '.stamp');

/** True when there is a web client to build at all. */
export const hasWeb = () => fs.existsSync(inRoot('vite.config.ts'));

/** Brings dist/web up to date; returns `'built'`, `'fresh'` or `'none'`. Throws when the build fails. */
export async function ensureWeb(node) {
  if (!hasWeb()) return 'none';
  const wanted = sourceHash();
  if (isFresh(wanted)) return 'fresh';
  const tellWaiting = () =>
    say({
      en: 'Another process is building the web client; waiting for it …',
      hans: '另一个进程正在构建前端，请稍候……',
      hant: '另一個行程正在建置前端，請稍候……',
    });
  return withLock('web-build', tellWaiting, () => {
    if (isFresh(wanted)) return 'fresh';
    const started = performance.now();
    build(node, wanted);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say({
      en: `Built the web client in ${seconds} s.`,
      hans: `前端构建完成，用时 ${seconds} 秒。`,
      hant: `前端建置完成，耗時 ${seconds} 秒。`,
    });
    return 'built';
  });
}

/** Built beside the old files and swapped in, so that a running server never serves half a build. */
function build(node, stamp) {
  const fresh = `${TARGET}.new`;
  const old = `${TARGET}.old`;
  fs.rmSync(fresh, { recursive: true, force: true });
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
  const { status } = spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    throw new Stop({
      en: 'The web client could not be built; the lines above say why.',
      hans: '前端构建失败，原因见上方输出。',
      hant: '前端建置失敗，原因見上方輸出。',
    });
  }
  fs.writeFileSync(path.join(fresh, '.stamp'), stamp);
  fs.rmSync(old, { recursive: true, force: true });
  if (fs.existsSync(TARGET)) fs.renameSync(TARGET, old);
  fs.renameSync(fresh, TARGET);
  fs.rmSync(old, { recursive: true, force: true });
}

function isFresh(wanted) {
  try {
    return fs.readFileSync(STAMP, 'utf8') === wanted;
  } catch {
    return false;
  }
}

/** Hash over names and contents of everything that the build reads. */
export function sourceHash(folder = root) {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesOf(path.join(folder, source))) {
      hash
        .update(`${path.relative(folder, file)}\0`)
        .update(fs.readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function filesOf(target) {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return [target];
  return fs
    .readdirSync(target, { recursive: true })
    .map((name) => path.join(target, name))
    .filter((file) => !/\.test\.tsx?$/.test(file) && fs.statSync(file).isFile())
    .sort();
}
