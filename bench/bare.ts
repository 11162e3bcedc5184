/**
 * The bare route, as a process of its own: Fastify, and one function call in PostgreSQL for each request (limit.sql), no rights, no checks,
 * no readers. OWNER_URL, PORT, and a file with the answer that an order stores.
 */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import pg from 'pg';
import type { BareOrder } from './lib/jobs.ts';

const [url, port, answerFile] = process.argv.slice(2);
if (url === undefined || port === undefined || answerFile === undefined) throw new Error('bare.ts URL PORT FILE');
const answer = readFileSync(answerFile, 'utf8');
const pool = new pg.Pool({ connectionString: url, options: '-c app.scope=company', max: 12 });
const one = async (name: string, text: string, values: unknown[]) =>
  (await pool.query<{ answer: string }>({ name, text, values })).rows[0]?.answer;

const app = Fastify();
app.post<{ Body: BareOrder }>('/api/v1/orders', async ({ body }, reply) => {
  const { partner, key, products, qty, price } = body;
  const values = [partner, key, products, qty, price, answer];
  await one(
    'place',
    `select bench_place($1, $2, 'B-' || nextval('order_no'), $3, $4, $5, now(), $6) as answer`,
    values,
  );
  return reply.code(201).type('application/json').send(answer);
});
app.get<{ Params: { id: string } }>('/api/v1/orders/:id', async ({ params }, reply) =>
  reply.type('application/json').send(await one('order', 'select bench_order($1) as answer', [params.id])),
);
app.get('/api/v1/orders', async (_, reply) =>
  reply.type('application/json').send(await one('orders', 'select bench_orders() as answer', [])),
);
await app.listen({ host: '127.0.0.1', port: Number.parseInt(port, 10) });
process.on('message', (message) => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  if (message === 'usage') process.send?.({ cpuSeconds: (user + system) / 1e6, rss, heapUsed, statements: 0 });
});
process.on('SIGTERM', () => process.exit(0));
process.send?.('ready');
