/** Endpoints of other houses, good and bad: what came, and what was answered. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { die } from './rig.ts';

export const CAMPAIGN_KEY = Buffer.alloc(32, 7);
/** How long the product waits for an answer here. */
export const TIMEOUT_MS = 1000;
/** Its endpoint `flaky` never takes anything about this document. */
export const HOPELESS = 'SO-0';

export type Got = {
  path: string;
  eventId: string;
  documentNo: string;
  sequence: number;
  version: number;
  at: number;
  taken: boolean;
};
export type Sink = { host: string; got: Got[]; close(): Promise<void> };

export async function openSink(roll: ReturnType<typeof die>): Promise<Sink> {
  const got: Got[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(parts).toString('utf8')) as {
        data: Omit<Got, 'path' | 'at' | 'taken'>;
      };
      const { eventId, documentNo, sequence, version } = data;
      const path = request.url ?? '/';
      const one: Got = { path, eventId, documentNo, sequence, version, at: performance.now(), taken: false };
      got.push(one);
      const say = (code: number, headers: http.OutgoingHttpHeaders = {}) => {
        one.taken = code === 200;
        response.writeHead(code, headers).end();
      };
      if (path === '/good') return say(200);
      if (path === '/gone') return say(410);
      if (documentNo === HOPELESS) return say(500);
      const fate = roll(100);
      if (fate < 60) return say(200);
      if (fate < 70) return say(500);
      if (fate < 78) return say(301, { location: '/good' });
      if (fate < 85) return say(429, { 'retry-after': '1' });
      // It has read everything and hangs up; or it is slower than the product waits.
      if (fate < 93) return void request.socket.destroy();
      setTimeout(() => say(200), 2 * TIMEOUT_MS);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    got,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
