/**
 * The product's way out as a process that may be killed: `webhook-server.ts URL SINK_HOST`. It reads the log and sends to endpoints as the
 * product does; only the waiting times between tries are short, so that a campaign sees all ten of them.
 */
import process from 'node:process';
import { createApp } from '../src/server/app.ts';
import { systemClock } from '../src/server/kernel/clock.ts';
import { webhookChannel, webhookReader } from '../src/server/modules/webhooks/index.ts';
import { startReaders } from '../src/server/platform/events/reader-host.ts';
import { silentLog } from '../src/server/platform/log.ts';
import { poster, startDispatcher } from '../src/server/platform/outbound/index.ts';
import { secretBox } from '../src/server/platform/secrets/index.ts';
import { CAMPAIGN_KEY, TIMEOUT_MS } from './webhook-sink.ts';

const LEASE_MS = 3 * TIMEOUT_MS;
const [databaseUrl = '', sink = ''] = process.argv.slice(2);
const secrets = secretBox([CAMPAIGN_KEY]);
const { services } = await createApp({
  databaseUrl,
  clock: systemClock,
  demo: false,
  connections: 6,
  secrets,
  webhookHosts: [sink],
});
const { database, settings, clock } = services;
const options = { database, env: (now: Date) => settings.env(now), clock, log: silentLog() };
startReaders({ ...options, readers: [webhookReader], pollMs: 100 });
const channel = webhookChannel({ database, secrets, poster: poster({ allowed: [sink], timeoutMs: TIMEOUT_MS }) });
startDispatcher(options, [{ ...channel, waits: channel.waits.map(() => 150), leaseMs: LEASE_MS }], 100);
process.send?.('started');
