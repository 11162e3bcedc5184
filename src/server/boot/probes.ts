/** For whoever watches over the process, and for whoever writes programs against it. */
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { operations } from '../../contract/operations.ts';
import { COMPANY, sql } from '../platform/db/database.ts';
import { knownMigrations } from '../platform/db/migrate.ts';
import { openApi } from '../platform/http/openapi.ts';
import type { Services } from '../platform/http/services.ts';

export type Readiness = { draining: boolean };

const packageFile = new URL('../../../package.json', import.meta.url);
export const productVersion = (): string =>
  String((JSON.parse(readFileSync(packageFile, 'utf8')) as { version: unknown }).version);

/** /healthz: the process lives. /readyz: it may be given requests. /api/openapi.json: what it serves. */
export function serveProbes(server: FastifyInstance, services: Services, readiness: Readiness): void {
  server.get('/healthz', async (_request, reply) =>
    reply.header('Cache-Control', 'no-store').send({ status: 'alive' }),
  );
  // Who keeps a connection open hears with its next answer that it is the last one here, and opens the next one elsewhere.
  server.addHook('onRequest', async (_request, reply) => {
    if (readiness.draining) reply.header('Connection', 'close');
  });
  server.get('/readyz', async (_request, reply) => {
    const reason = readiness.draining ? 'draining' : await notReadyBecause(services);
    return reply
      .status(reason === null ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send(reason === null ? { status: 'ready' } : { status: 'not ready', reason });
  });
  let document: string | undefined;
  server.get('/api/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApi(operations, productVersion()));
    return reply.type('application/json').header('Cache-Control', 'no-cache').send(document);
  });
}

async function notReadyBecause({ database }: Services): Promise<string | null> {
  try {
    const [known, rows] = await Promise.all([
      knownMigrations(),
      database.read(COMPANY, (tx) => tx.query<{ name: string }>(sql`select name from schema_migration`)),
    ]);
    const done = new Set(rows.map(({ name }) => name));
    return known.every((name) => done.has(name)) ? null : 'migrations';
  } catch {
    return 'database';
  }
}
