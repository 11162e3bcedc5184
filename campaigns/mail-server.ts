/**
 * The product's intake as a process that may be killed: `mail-server.ts URL PORT [ack-first]`. DNS is a table. With `ack-first` it says 250
 * before the message is stored: the planted fault that the campaign must see.
 */
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { createApp } from '../src/server/app.ts';
import { newId } from '../src/server/kernel/ids.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { storeMessage } from '../src/server/modules/intake/commands/store-message.ts';
import { startIntake } from '../src/server/modules/intake/index.ts';
import { listenSmtp } from '../src/server/modules/intake/smtp-listener.ts';
import { systemActor } from '../src/server/platform/auth/authenticate.ts';
import { silentLog } from '../src/server/platform/log.ts';
import { runCommands } from '../src/server/platform/pipeline/run.ts';
import { secretBox } from '../src/server/platform/secrets/index.ts';

const LATER_MS = 150;
const [databaseUrl = '', port = '0', fault = ''] = process.argv.slice(2);
const TXT: Record<string, string> = {
  'buyer.example': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.buyer.example': 'v=DMARC1; p=reject',
};

const { services } = await createApp({
  databaseUrl,
  clock: systemClock,
  demo: false,
  connections: 6,
  secrets: secretBox([randomBytes(32)]),
});
if (fault === 'ack-first') {
  await listenSmtp(
    { smtp_host: '127.0.0.1', smtp_port: Number.parseInt(port, 10), smtp_recipients: [] },
    async (input) => {
      setTimeout(() => {
        const now = systemClock.now();
        const command = { input, actor: systemActor, now, requestId: newId(now) };
        void runCommands(services.runtime, storeMessage, [command]);
      }, LATER_MS);
    },
    () => undefined,
  );
} else {
  const intake = startIntake({
    services,
    log: silentLog(),
    everyMs: 1000,
    resolver: async (name, type) => {
      const text = type === 'TXT' ? TXT[name.toLowerCase()] : undefined;
      if (text === undefined) throw Object.assign(new Error('not there'), { code: 'ENOTFOUND' });
      return [[text]];
    },
  });
  await intake.apply();
}
process.send?.('listening');
