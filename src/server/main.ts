/**
 * `npm start`: database, tables, server. Stops in order on SIGTERM and SIGINT: not ready, still answering for a moment so that whoever
 * watches /readyz and whoever keeps a connection open can go elsewhere, no new requests, finish, close, stop PostgreSQL.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { createApp, type RunningApp } from './app.ts';
import { addressOf, bannerLines, isLoopbackHost } from './boot/banner.ts';
import { demoUnfinished } from './boot/boot-errors.ts';
import { checkDatabase, makeDatabaseAnew, type ReadyDatabase, readyDatabase } from './boot/database.ts';
import { demoLoginsFile, fillWithDemo } from './boot/demo-company.ts';
import { holdsNothing, type InstallationState, installationState, recordInstallation } from './boot/installation.ts';
import { giveMemoryBackAtRest } from './boot/memory-at-rest.ts';
import { serveMetrics } from './boot/metrics.ts';
import { type Readiness, serveProbes } from './boot/probes.ts';
import { hasWebFiles, pageForRouter, serveWebFiles } from './boot/web-files.ts';
import { systemClock } from './kernel/clock.ts';
import { makeFirstVisitorCode } from './modules/identity/index.ts';
import { type Config, loadProcessConfig, processLanguage } from './platform/config.ts';
import { openDatabase } from './platform/db/database.ts';
import { databaseLabel, explainListenError, formatStartError, StartError } from './platform/embedded/index.ts';
import { createLog, type Log } from './platform/log.ts';
import { openSecretBox } from './platform/secrets/index.ts';
import { isUnavailable } from './platform/db/failures.ts';
import { startWorkers, type Worker } from './workers.ts';

const FORCE_AFTER_MS = 60_000;
/** Connections that may wait to be taken: those of a crowd that comes in one moment are answered, not left to try again. */
const BACKLOG = 4096;

type Running = { base: ReadyDatabase; app: RunningApp | null; workers: Worker | null; readiness: Readiness };

async function start(config: Config, log: Log, running: Partial<Running>, stopping: () => boolean): Promise<void> {
  const base = await readyDatabase(config, log);
  running.base = base;
  if (stopping()) return;
  const state = await prepareInstallation(config, base);
  const readiness: Readiness = { draining: false };
  running.readiness = readiness;
  const demo = state === 'demo' || state === 'loading';
  const app = await createApp({
    databaseUrl: base.appUrl,
    ...(base.role === undefined ? {} : { role: base.role }),
    clock: systemClock,
    secrets: openSecretBox(config),
    webhookHosts: config.webhookHosts,
    demo: demo && isLoopbackHost(config.host),
    logger: log,
    async extend(server, services, ways) {
      serveMetrics(server, { services, ways, token: config.metricsToken });
      serveProbes(server, services, readiness);
      await serveWebFiles(server);
    },
    fallback: pageForRouter,
  });
  running.app = app;
  await checkDatabase(app.services.database);
  if (state === 'loading') await fillWithDemo(app, config, base);
  if (stopping()) return;
  const { host, port } = config;
  await app.app.server.listen({ host, port, backlog: BACKLOG }).catch((error: unknown) => {
    throw explainListenError(error, { host, port });
  });
  running.workers = await startWorkers(app.services, log, config);
  giveMemoryBackAtRest();
  const code = demo ? null : await makeFirstVisitorCode(app.services.database, systemClock.now());
  const bound = app.app.server.server.address();
  say(
    bannerLines(config.language, {
      address: addressOf(host, typeof bound === 'object' && bound !== null ? bound.port : port),
      demo,
      code,
      open: !isLoopbackHost(host),
      web: hasWebFiles(),
      logins: existsSync(demoLoginsFile(config.dataDir)) ? demoLoginsFile(config.dataDir) : null,
    }),
  );
}

/** Decides whether the demo company is to be loaded, and writes that down before anything else is written. */
async function prepareInstallation(config: Config, base: ReadyDatabase): Promise<InstallationState> {
  const open = () => openDatabase(base.appUrl, { max: 1, ...(base.role === undefined ? {} : { role: base.role }) });
  let database = open();
  try {
    let state = await installationState(database);
    if (state === 'loading') {
      if (base.embedded === null) throw demoUnfinished(databaseLabel(base.appUrl));
      await database.close();
      await makeDatabaseAnew(base.embedded);
      database = open();
      state = 'new';
    }
    const fresh = state === 'new' || (state === 'empty' && config.demo);
    if (!fresh) return state;
    const wanted =
      !config.empty && (base.embedded !== null || config.demo) && (await holdsNothing(database)) ? 'loading' : 'empty';
    await recordInstallation(database, wanted, systemClock.now());
    return wanted;
  } finally {
    await database.close();
  }
}

async function stop(running: Partial<Running>, drainMs = 0): Promise<void> {
  if (running.readiness !== undefined) running.readiness.draining = true;
  running.base?.embedded?.announceStop();
  const listening = running.app?.app.server.server.listening === true;
  await Promise.all([running.workers?.stop(), listening ? setTimeout(drainMs) : null]);
  await running.app?.close();
  await running.base?.embedded?.stop();
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n  ')}\n`);
}

async function main(): Promise<void> {
  let language = processLanguage();
  const running: Partial<Running> = {};
  let ending: Promise<void> | null = null;
  try {
    const config = loadProcessConfig();
    language = config.language;
    const log = createLog({ level: config.logLevel, format: config.logFormat });
    const started = { promise: Promise.resolve() };
    const end = (signal: string) => {
      if (ending !== null) return;
      log.info({ signal }, 'stopping');
      const drainMs = signal === 'SIGTERM' ? config.drainMs : 0;
      void setTimeout(drainMs + FORCE_AFTER_MS, null, { ref: false }).then(() => process.exit(1));
      ending = started.promise
        .catch(() => undefined)
        .then(() => stop(running, drainMs))
        .then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, 'stopping failed');
            process.exit(1);
          },
        );
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
    // A read that somebody began and nobody waits for any more: when the database has gone away under it, the server stays.
    process.on('unhandledRejection', (error) => {
      if (!isUnavailable(error)) throw error;
      log.warn({ err: error }, 'the database went away under a read that nobody waited for');
    });
    started.promise = start(config, log, running, () => ending !== null);
    await started.promise;
  } catch (error) {
    if (ending !== null) return;
    await stop(running).catch(() => undefined);
    const text =
      error instanceof StartError
        ? formatStartError(error, language)
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}

await main();
