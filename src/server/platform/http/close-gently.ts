/**
 * How connections end when the server closes. One that looks idle may have a request on its way: it is answered, as the last one, before idle
 * ones are cut. What was received is answered, however long that takes. What is not received in time is cut, as before (Node stops looking at
 * the time of requests when the server closes), and so is whoever holds a connection without a request: nobody keeps the server from its end.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const ON_ITS_WAY_MS = 300;
const LOOK_EVERY_MS = 500;

export function closeGently(app: FastifyInstance, receivedWithinMs: number): void {
  const { server } = app;
  /** When each request began that has no answer yet. */
  const open = new Map<IncomingMessage, number>();
  app.addHook('onRequest', async ({ raw }, reply) => {
    open.set(raw, performance.now());
    reply.raw.once('close', () => open.delete(raw));
  });
  let looking: NodeJS.Timeout | undefined;
  const cutIdle = server.closeIdleConnections.bind(server);
  const look = () => {
    const now = performance.now();
    for (const [request, began] of open)
      if (!request.complete && now - began > receivedWithinMs) request.socket.destroy();
    if (open.size > 0) return;
    server.closeAllConnections();
    clearInterval(looking);
  };
  server.closeIdleConnections = () => {
    setTimeout(cutIdle, ON_ITS_WAY_MS);
    looking ??= setInterval(look, LOOK_EVERY_MS);
  };
}
