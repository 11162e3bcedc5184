/** Puts the server together: database, settings, runtime, authenticator, services, routes. Used by main.ts, by tools and by the tests. */
import type { FastifyBaseLogger } from 'fastify';
import { bizDateOf } from './kernel/biz-date.ts';
import type { Clock } from './kernel/clock.ts';
import { accessLog } from './platform/auth/access-log.ts';
import { type AccessFacts, authenticator } from './platform/auth/authenticate.ts';
import { watchAccess } from './platform/auth/watch-access.ts';
import { openDatabase } from './platform/db/database.ts';
import { type App, type AppExtras, buildApp } from './platform/http/app.ts';
import type { Services } from './platform/http/services.ts';
import type { Runtime } from './platform/pipeline/run.ts';
import { settingsCache } from './platform/pipeline/settings.ts';
import { noSecrets, type SecretBox } from './platform/secrets/index.ts';
import { routes } from './routes.ts';

export type AppOptions = {
  /** URL of the application role, never of the owner: row-level security must apply. */
  databaseUrl: string;
  /** SET ROLE for every connection, where the URL is not the application role's own. */
  role?: string;
  clock: Clock;
  /** The secret box of the installation; tools that keep no secrets start without one. */
  secrets?: SecretBox;
  /** Hosts inside the network that webhooks may reach. */
  webhookHosts?: readonly string[];
  /** The database carries the demo flag and the listener is loopback. */
  demo: boolean;
  logger?: FastifyBaseLogger;
  /** Connections at most. */
  connections?: number;
} & Pick<AppExtras, 'extend' | 'fallback'>;

export type RunningApp = {
  app: App;
  services: Services;
  /** Stops answering, lets what is under way finish, closes the connections. May be called more than once. */
  close(): Promise<void>;
};

export async function createApp(options: AppOptions): Promise<RunningApp> {
  const { clock, demo, logger } = options;
  const pool = (max: number | undefined) =>
    openDatabase(options.databaseUrl, {
      ...(max === undefined ? {} : { max }),
      ...(options.role === undefined ? {} : { role: options.role }),
      onError: (error) => logger?.warn({ err: error }, 'a database connection broke'),
    });
  const database = pool(options.connections);
  // A connection of their own: commands ask for settings inside their transactions, and must not wait there for a connection that others
  // hold while they wait for settings.
  const settingsPool = pool(1);
  const settings = settingsCache(settingsPool);
  const listeners = new Set<() => void>();
  const runtime: Runtime = {
    database,
    env: (now) => settings.env(now),
    committed: () => {
      for (const listener of listeners) listener();
    },
  };
  const facts = async (now: Date): Promise<AccessFacts> => {
    const { policy, company } = await settings.env(now);
    return { ownTeamOnly: policy.at('sales.see_team_only', now).value === 1, today: bizDateOf(now, company.timeZone) };
  };
  const services: Services = {
    database,
    runtime,
    settings,
    authenticator: authenticator(database, facts, (error) =>
      logger?.error({ err: error }, 'the use of keys could not be written down'),
    ),
    accessLog: accessLog(database, (error) => logger?.error({ err: error }, 'the access log could not be written')),
    clock,
    secrets: options.secrets ?? noSecrets(),
    allowedHosts: options.webhookHosts ?? [],
    demo,
    onCommitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  // Who may see what follows from settings too: both are read anew.
  const access = watchAccess(database, {
    hears: services.authenticator.hears,
    forget() {
      settings.forget();
      services.authenticator.forget();
    },
  });
  const app = await buildApp(services, routes, {
    ...(logger === undefined ? {} : { logger }),
    ...(options.extend === undefined ? {} : { extend: options.extend }),
    ...(options.fallback === undefined ? {} : { fallback: options.fallback }),
  });
  let closed: Promise<void> | undefined;
  const shut = async () => {
    await app.server.close();
    await Promise.all([...app.queues.values()].map((queue) => queue.drained()));
    await Promise.all([services.accessLog.flush(), services.authenticator.flush(), access.stop()]);
    await Promise.all([database.close(), settingsPool.close()]);
  };
  return {
    app,
    services,
    close: () => {
      closed ??= shut();
      return closed;
    },
  };
}
