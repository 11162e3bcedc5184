/** Fills a new installation with the demo company, and writes down what people sign in with where one-click sign-in is not there. */
import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { RunningApp } from '../app.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Config } from '../platform/config.ts';
import { ensureSecrets, type Language } from '../platform/embedded/index.ts';
import type { ReadyDatabase } from './database.ts';
import { recordInstallation } from './installation.ts';

const LOADING: Record<Language, string> = {
  en: 'Loading the demo company, a year of trade …',
  'zh-Hans': '正在载入演示公司一年的业务……',
  'zh-Hant': '正在載入示範公司一年的業務……',
};

// The demo company is data beside the product, loaded by a process of its own: its memory goes with it.
const LOADER = new URL('../../../db/seed/load-demo.ts', import.meta.url);
type SignIn = { login: string; password: string; name: string; roles: readonly string[] };
type News = { done: number; of: number } | { signIns: readonly SignIn[] };

export const demoLoginsFile = (dataDir: string): string => path.join(dataDir, 'demo-logins.txt');

export async function fillWithDemo(
  app: RunningApp,
  config: Config,
  base: Pick<ReadyDatabase, 'appUrl' | 'role' | 'embedded'>,
): Promise<void> {
  process.stdout.write(`${LOADING[config.language]}\n`);
  // Passwords derive from a secret of the installation; a server of one's own has no data folder to keep one in.
  const signIns = await loadBeside({
    databaseUrl: base.appUrl,
    ...(base.role === undefined ? {} : { role: base.role }),
    ...(base.embedded === null ? {} : { secret: ensureSecrets(config.dataDir, ['demo']).secrets.demo }),
  });
  if (signIns.length > 0) {
    const lines = signIns.map(
      ({ login, password, name, roles }) => `${login}\t${password}\t${name}\t${roles.join(', ')}`,
    );
    fs.writeFileSync(demoLoginsFile(config.dataDir), `${lines.join('\n')}\n`, { mode: 0o600 });
  }
  await recordInstallation(app.services.database, 'demo', systemClock.now());
  app.services.settings.forget();
  app.services.authenticator.forget();
}

/** Runs the loader beside the server; its errors stand on the terminal, and the loading fails with them. */
function loadBeside(job: { databaseUrl: string; role?: string; secret?: string }): Promise<readonly SignIn[]> {
  const shown = progress();
  const child = fork(LOADER, { execArgv: process.execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    let signIns: readonly SignIn[] | null = null;
    child.on('message', (message) => {
      const news = message as News;
      if ('signIns' in news) ({ signIns } = news);
      else shown(news.done, news.of);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0 && signIns !== null) resolve(signIns);
      else reject(new Error(`the demo company could not be loaded (${signal ?? code})`));
    });
    child.send(job);
  });
}

/** A line that counts up in a terminal; nothing where the output is read by a program. */
function progress(): (done: number, of: number) => void {
  if (!process.stdout.isTTY) return () => undefined;
  return (done, of) => {
    process.stdout.write(done >= of ? '\r      \r' : `\r${String(Math.floor((done * 100) / of)).padStart(3)} %`);
  };
}
