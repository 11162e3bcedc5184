/**
 * Loads the demo company in a process of its own, so that the server begins with none of what a year of trade needs in memory. Told what to
 * do by its parent's first message; tells how far it is, and at the end who signs in.
 */
import { createApp } from '../../src/server/app.ts';
import { systemClock } from '../../src/server/kernel/clock.ts';
import { loadDemo, type SignIn } from './run-demo.ts';

export type DemoJob = { databaseUrl: string; role?: string; secret?: string };
export type DemoNews = { done: number; of: number } | { signIns: SignIn[] };

const tell = (news: DemoNews): Promise<void> =>
  new Promise((resolve) => (process.send === undefined ? resolve() : process.send(news, () => resolve())));

process.once('message', (message) => {
  // The message is our own: see boot/demo-company.ts.
  const { databaseUrl, role, secret } = message as DemoJob;
  void load(databaseUrl, role, secret);
});

async function load(databaseUrl: string, role: string | undefined, secret: string | undefined): Promise<void> {
  const running = await createApp({
    databaseUrl,
    clock: systemClock,
    demo: false,
    ...(role === undefined ? {} : { role }),
  });
  const { signIns } = await loadDemo(running.services, {
    ...(secret === undefined ? {} : { secret }),
    tell: (done, of) => void tell({ done, of }),
  });
  await running.close();
  await tell({ signIns });
  process.exit(0);
}
