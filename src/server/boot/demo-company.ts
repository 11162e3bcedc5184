/** Fills a new installation with the demo company, and writes down what people sign in with where one-click sign-in is not there. */
import fs from 'node:fs';
import path from 'node:path';
import type { RunningApp } from '../app.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Config } from '../platform/config.ts';
import { ensureSecrets, type Language } from '../platform/embedded/index.ts';
import type { Services } from '../platform/http/services.ts';
import { recordInstallation } from './installation.ts';

const LOADING: Record<Language, string> = {
  en: 'Loading the demo company, a year of trade …',
  'zh-Hans': '正在载入演示公司一年的业务……',
  'zh-Hant': '正在載入示範公司一年的業務……',
};

// The demo company is data beside the product: read only when it is wanted.
const DEMO = new URL('../../../db/seed/run-demo.ts', import.meta.url).href;
type SignIn = { login: string; password: string; name: string; roles: readonly string[] };
type DemoModule = {
  loadDemo(
    services: Services,
    options: { secret?: string; tell?: (done: number, of: number) => void },
  ): Promise<{ signIns: readonly SignIn[] }>;
};

export const demoLoginsFile = (dataDir: string): string => path.join(dataDir, 'demo-logins.txt');

export async function fillWithDemo(app: RunningApp, config: Config, embedded: boolean): Promise<void> {
  process.stdout.write(`${LOADING[config.language]}\n`);
  const { loadDemo }: DemoModule = await import(DEMO);
  const shown = progress();
  // Passwords derive from a secret of the installation; a server of one's own has no data folder to keep one in.
  const { signIns } = await loadDemo(app.services, {
    ...(embedded ? { secret: ensureSecrets(config.dataDir, ['demo']).secrets.demo } : {}),
    tell: shown,
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

/** A line that counts up in a terminal; nothing where the output is read by a program. */
function progress(): (done: number, of: number) => void {
  if (!process.stdout.isTTY) return () => undefined;
  return (done, of) => {
    process.stdout.write(done >= of ? '\r      \r' : `\r${String(Math.floor((done * 100) / of)).padStart(3)} %`);
  };
}
