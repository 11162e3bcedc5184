/**
 * GET /metrics in the Prometheus format: requests, queues and doors, database connections, readers of the event log, and the process itself. For
 * callers on this machine, or with the token of METRICS_TOKEN; nobody else finds it.
 */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { readers } from '../jobs.ts';
import { refuse } from '../kernel/refusal.ts';
import { readerLag } from '../platform/events/readers.ts';
import type { Services } from '../platform/http/services.ts';
import type { Ways } from '../platform/http/app.ts';

type Measured = { services: Services; ways: Ways; token: string | null };

export function serveMetrics(server: FastifyInstance, { services, ways, token }: Measured): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  measureRequests(server, registry);
  measureInside(registry, services, ways);
  measureDoors(registry, ways);
  server.get('/metrics', async (request, reply) => {
    if (!isLocal(request) && !hasToken(request, token)) throw refuse('request.not_found');
    return reply
      .type(registry.contentType)
      .header('Cache-Control', 'no-store')
      .send(await registry.metrics());
  });
}

function measureRequests(server: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'qucheng_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}

function measureInside(registry: Registry, services: Services, { queues }: Ways): void {
  const gauge = (name: string, help: string, label: string, collect: (set: SetGauge) => Promise<void>) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        await collect((value, amount) => this.labels(value).set(amount));
      },
    });
  gauge('qucheng_queue_waiting', 'Commands that wait for a batch', 'command', async (set) => {
    for (const [command, queue] of queues) set(command, queue.waiting());
  });
  gauge(
    'qucheng_database_connections',
    'Connections of the pool; waiting: callers without one',
    'state',
    async (set) => {
      const { total, idle, waiting } = services.database.usage();
      set('busy', total - idle);
      set('idle', idle);
      set('waiting', waiting);
    },
  );
  const lag = () => readerLag({ ...services, env: (now) => services.settings.env(now) }, readers).catch(() => []);
  gauge(
    'qucheng_reader_behind_events',
    'Unread events of each reader of the log, up to 10,000',
    'reader',
    async (set) => {
      for (const { name, behindEvents } of await lag()) set(name, behindEvents);
    },
  );
  gauge('qucheng_reader_behind_seconds', 'Age of the oldest unread event of each reader', 'reader', async (set) => {
    for (const { name, behindSeconds } of await lag()) set(name, behindSeconds);
  });
}

/** Who waits before work begins, and how long those waited who had to and came in. */
function measureDoors(registry: Registry, { reads, singles, strangers }: Ways): void {
  const doors = { reads, singles, strangers };
  new Gauge({
    name: 'qucheng_door_waiting',
    help: 'Requests that wait to be let in',
    labelNames: ['door'],
    registers: [registry],
    collect() {
      for (const [name, door] of Object.entries(doors)) this.labels(name).set(door.waiting());
    },
  });
  const waited = new Histogram({
    name: 'qucheng_door_wait_seconds',
    help: 'How long requests waited that were not let in at once',
    labelNames: ['door'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  for (const [name, door] of Object.entries(doors)) door.onWaited((ms) => waited.labels(name).observe(ms / 1000));
}
type SetGauge = (value: string, amount: number) => void;

/** A caller on this machine that speaks for itself: behind a proxy everybody would look local. */
function isLocal(request: FastifyRequest): boolean {
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => request.headers[name] !== undefined);
  return !forwarded && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip);
}

function hasToken(request: FastifyRequest, token: string | null): boolean {
  if (token === null) return false;
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
