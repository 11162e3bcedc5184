import { readFile } from 'node:fs/promises';
import nodemailer from 'nodemailer';
import { afterEach, expect, it } from 'vitest';
import type { RawMessage } from './commands/store-message.ts';
import { MOST_A_MINUTE, MOST_CONNECTIONS, peerLimits } from './peer-limits.ts';
import { type Listener, listenSmtp } from './smtp-listener.ts';

const stored: RawMessage[] = [];
let listener: Listener | null = null;
const listen = async (tls: { cert: Buffer; key: Buffer } | null) => {
  const settings = { smtp_host: '127.0.0.1', smtp_port: 0, smtp_recipients: [] };
  const store = async (message: RawMessage) => void stored.push(message);
  listener = await listenSmtp(settings, store, () => {}, tls);
  return listener.port;
};
const send = (port: number, tls: object) =>
  nodemailer
    .createTransport({ host: '127.0.0.1', port, ...tls })
    .sendMail({ from: 'a@b.example', to: 'orders@ours.example', subject: 'x', text: 'x' });
afterEach(async () => {
  await listener?.stop();
  stored.length = 0;
});

it('P21 the listener offers STARTTLS with the operator’s certificate, and no certificate of its own without one', async () => {
  const [cert, key] = await Promise.all(
    ['cert', 'key'].map((name) => readFile(new URL(`../../../../tests/support/tls/${name}.pem`, import.meta.url))),
  );
  const port = await listen({ cert: cert as Buffer, key: key as Buffer });
  const trusting = { requireTLS: true, tls: { ca: [cert as Buffer], servername: 'localhost' } };
  expect((await send(port, trusting)).response).toMatch(/^250/);
  expect(stored).toHaveLength(1);
  await expect(send(port, { requireTLS: true, tls: { servername: 'localhost' } })).rejects.toThrow(/certificate/i);
  await listener?.stop();
  const plain = await listen(null);
  await expect(send(plain, { requireTLS: true })).rejects.toThrow();
  expect((await send(plain, {})).response).toMatch(/^250/);
});

it('P16 one machine sends only so much: more connections or messages are asked to come again, others are not', () => {
  let at = 0;
  const limits = peerLimits(() => at);
  const taken = Array.from({ length: MOST_CONNECTIONS + 2 }, () => limits.enter('a'));
  expect(taken.filter(Boolean)).toHaveLength(MOST_CONNECTIONS);
  expect(limits.enter('b')).toBe(true);
  limits.leave('a');
  expect([limits.enter('a'), limits.enter('a')]).toEqual([true, false]);
  const begun = Array.from({ length: MOST_A_MINUTE + 5 }, () => limits.mayBegin('a'));
  expect(begun.filter(Boolean)).toHaveLength(MOST_A_MINUTE);
  expect(limits.mayBegin('b')).toBe(true);
  at = 60_000;
  expect(limits.mayBegin('a')).toBe(true);
});

it('P16 the eleventh connection of one machine hears that it is too many, and a place that is given back is free', async () => {
  const port = await listen(null);
  const open = Array.from({ length: MOST_CONNECTIONS }, () =>
    nodemailer.createTransport({ host: '127.0.0.1', port, pool: true }),
  );
  await Promise.all(
    open.map((transport) => transport.sendMail({ from: 'a@b.example', to: 'o@ours.example', text: 'x' })),
  );
  await expect(send(port, {})).rejects.toThrow(/421|too many/i);
  for (const transport of open) transport.close();
  await expect
    .poll(() =>
      send(port, {}).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});
