/** One line of the log for each request, with its id: writes and slow reads always, other reads when debugging. The id goes back in a header. */
import type { FastifyInstance } from 'fastify';

const SLOW_MS = 1000;

export function logRequests(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id);
  });
  server.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime);
    const { statusCode: status } = reply;
    const level = status >= 500 || ms >= SLOW_MS ? 'warn' : request.method === 'GET' ? 'debug' : 'info';
    // The pattern of the address, not the address: that may hold what a person typed.
    const route = request.routeOptions.url ?? 'unknown';
    request.log[level]({ requestId: request.id, method: request.method, route, status, ms }, 'request');
  });
}
