import { connect } from 'node:net';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { closeGently } from './close-gently.ts';

/** A server whose answers wait until the test says so, with a connection to it. */
async function setUp(receivedWithinMs: number) {
  const app = Fastify({ return503OnClosing: false });
  closeGently(app, receivedWithinMs);
  let answer: (text: string) => void = () => undefined;
  app.post('/slow', () => new Promise((resolve) => (answer = resolve)));
  app.get('/quick', async () => 'quick');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const socket = async (first: string) => {
    const line = connect(port, '127.0.0.1');
    let text = '';
    line.on('data', (data) => (text += String(data)));
    line.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => line.once('close', () => resolve()));
    await new Promise((resolve) => line.once('connect', resolve));
    line.write(first);
    return { line, ended, text: () => text };
  };
  return { app, socket, answer: () => answer('done') };
}
const head = (method: string, path: string, rest = '') => `${method} ${path} HTTP/1.1\r\nHost: x\r\n${rest}\r\n`;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('P14 a request that comes on an idle connection while the server closes is answered', async () => {
  const { app, socket } = await setUp(30_000);
  const kept = await socket(head('GET', '/quick'));
  await expect.poll(kept.text).toContain('quick');
  const closed = app.close();
  kept.line.write(head('GET', '/quick'));
  await kept.ended;
  expect(kept.text().match(/HTTP\/1.1 200/g)).toHaveLength(2);
  expect(kept.text()).toMatch(/connection: close/i);
  await closed;
});

it('P14 what was received is answered; half a request and half a head do not keep the server from its end', async () => {
  const { app, socket, answer } = await setUp(1000);
  const whole = await socket(head('POST', '/slow', 'Content-Length: 0\r\n'));
  const half = await socket(`${head('POST', '/slow', 'Content-Type: application/json\r\nContent-Length: 500\r\n')}{`);
  const beginning = await socket('POST /slow HT');
  await pause(100);
  const closed = app.close();
  await half.ended;
  expect(whole.line.destroyed).toBe(false);
  answer();
  await Promise.all([whole.ended, beginning.ended, closed]);
  expect(whole.text()).toMatch(/200 OK[^]*done/);
});
