/**
 * Ways to make the product call a place inside: spellings of addresses, names that lead there, names that change between two looks, redirects.
 * A canary listens inside: nothing may knock at it. What is not public is refused when an endpoint is saved, and again when it is dialled. P18.
 *   --seed S
 * The control looks at the text of the address only, and must reach the canary.
 */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { isPublicAddress, poster, webhookUrl } from '../src/server/platform/outbound/index.ts';
import type { Campaign } from './report.ts';

const TIMEOUT_MS = 700;
/** Inside: loopback, private, link-local (where clouds keep their secrets), shared, test and multicast nets. */
const INSIDE = [
  '127.0.0.1',
  '127.9.8.7',
  '10.1.2.3',
  '172.16.5.4',
  '192.168.7.6',
  '169.254.169.254',
  '100.64.1.1',
  '198.18.3.2',
  '192.0.2.9',
  '224.0.0.5',
  '0.0.0.0',
  '255.255.255.255',
];
const INSIDE_6 = [
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '100::1',
  '64:ff9b:1::1',
  '5f00::1',
  '3ffe::1',
];

/** The ways in which an IPv4 address can be written, as hosts of a URL. */
function spellings(address: string): string[] {
  const parts = address.split('.').map((part) => Number.parseInt(part, 10));
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number) => value.toString(16);
  const pair = (x: number, y: number) => hex(x * 256 + y);
  const full = [...address].map((char) => (char === '.' ? '。' : String.fromCodePoint(0xff10 + Number(char)))).join('');
  return [
    address,
    `${address}.`,
    String(whole),
    `0x${hex(whole)}`,
    `0${whole.toString(8)}`,
    parts.map((part) => `0x${hex(part)}`).join('.'),
    parts.map((part) => `0${part.toString(8)}`).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    full,
    `[::ffff:${address}]`,
    `[::ffff:${pair(a, b)}:${pair(c, d)}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[2002:${pair(a, b)}:${pair(c, d)}::]`,
    `[2001:0:${pair(a, b)}:${pair(c, d)}::1]`,
  ];
}

/** Names that only lead inside, with and without a dot at the end. */
const NAMES = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'api.localhost',
  'printer.local',
  'db.internal',
  'router.home.arpa',
  'intranet',
  'ⓛocalhost',
];

type Address = { address: string; family: 4 | 6 };
const v4 = (address: string): Address => ({ address, family: 4 });
const v6 = (address: string): Address => ({ address, family: 6 });
/** The host of examples of the numbering authority: public, and nobody there on this port. */
const PUBLIC = v4('93.184.215.14');
/** What the name servers of a hostile house answer, look after look. */
const SCRIPTS: Record<string, Address[][]> = {
  'leads inside': [[v4('127.0.0.1')]],
  'leads inside by IPv6': [[v6('::1')]],
  'mapped address': [[v6('::ffff:127.0.0.1')]],
  'one of several leads inside': [[PUBLIC, v4('127.0.0.1')]],
  'one of several leads inside, first': [[v4('127.0.0.1'), PUBLIC]],
  'changes after the first look': [[PUBLIC], [v4('127.0.0.1')], [v4('127.0.0.1')]],
  'not there at first, then inside': [[], [v4('127.0.0.1')]],
  'place of the cloud': [[v4('169.254.169.254')]],
  'private net': [[v4('10.0.0.8')]],
};

type Tried = { form: string; leaked: boolean; reason: string };

export const campaign: Campaign = async (args, say) => {
  const canary = await openCanary();
  try {
    const forms = [...INSIDE.flatMap(spellings), ...INSIDE_6.map((address) => `[${address}]`), ...NAMES];
    const tried: Tried[] = [];
    for (const host of forms) tried.push(await dialled(`https://${host}:${canary.port}/`, canary, `spelling ${host}`));
    for (const [name, answers] of Object.entries(SCRIPTS)) tried.push(...(await resolved(name, answers, canary)));
    for (const code of [301, 302, 303, 307, 308]) tried.push(await redirected(code, canary));
    const saved = forms.filter((host) => webhookUrl(`https://${host}/`, []) !== null);
    const open = INSIDE.concat(INSIDE_6).filter(isPublicAddress);
    const leaks = tried.filter(({ leaked }) => leaked);
    for (const { form, reason } of leaks.slice(0, 10)) say(`reached: ${form} (${reason})`);
    for (const host of saved.slice(0, 10)) say(`saved: ${host}`);
    const control = await byTextAlone(canary);
    return {
      name: 'outbound',
      promises: ['P18'],
      seed: String(args.indexOf('--seed') < 0 ? 'none' : args[args.indexOf('--seed') + 1]),
      tried: tried.length + forms.length,
      found: leaks.length + saved.length + open.length,
      figures: {
        'spellings of places inside': forms.length,
        'of these accepted when an endpoint is saved': saved.length,
        'looks at hostile names': tried.filter(({ form }) => form.startsWith('name')).length,
        'redirects to the inside': tried.filter(({ form }) => form.startsWith('redirect')).length,
        'knocks at the canary': leaks.length,
        'addresses inside taken for public': open.length,
      },
      control: { planted: 'the address is judged by its text alone', found: control, failedAsItMust: control > 0 },
    };
  } finally {
    await canary.close();
  }
};

type Canary = { port: number; knocks(): number; close(): Promise<void> };

/** Something inside that counts whoever comes, on a port that endpoints may have. */
async function openCanary(): Promise<Canary> {
  let knocks = 0;
  const server = net.createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  const port = 8443;
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen({ port, host: '::', ipv6Only: false }, done);
  });
  return { port, knocks: () => knocks, close: () => new Promise((done) => server.close(() => done())) };
}

/** One call of the product to a URL; leaked: somebody knocked inside, or it was not refused as a blocked place. */
async function dialled(url: string, canary: Canary, form: string): Promise<Tried> {
  const before = canary.knocks();
  const calls = poster({ allowed: [], timeoutMs: TIMEOUT_MS });
  const result = await calls.post(url, {}, '{}');
  await calls.close();
  const reason = 'reason' in result ? result.reason : result.outcome;
  return { form, reason, leaked: canary.knocks() > before || reason !== 'blocked_address' };
}

/** A name of a hostile house, called once for every answer that its servers give. */
async function resolved(name: string, answers: readonly Address[][], canary: Canary): Promise<Tried[]> {
  let look = 0;
  const calls = poster({
    allowed: [],
    timeoutMs: TIMEOUT_MS,
    resolve: async () => {
      const found = answers[Math.min(look, answers.length - 1)] ?? [];
      look += 1;
      if (found.length === 0) throw Object.assign(new Error('not there'), { code: 'ENOTFOUND' });
      return found;
    },
  });
  const tried: Tried[] = [];
  for (let i = 0; i < answers.length; i += 1) {
    const before = canary.knocks();
    const result = await calls.post(`https://hooks.hostile.example:${canary.port}/`, {}, '{}');
    const reason = 'reason' in result ? result.reason : result.outcome;
    tried.push({
      form: `name ${name}, look ${i + 1}`,
      reason,
      leaked: canary.knocks() > before || result.outcome === 'sent',
    });
  }
  await calls.close();
  return tried;
}

/** A house that the operator allows sends on to the inside. */
async function redirected(code: number, canary: Canary): Promise<Tried> {
  const server = http.createServer((_, response) =>
    response.writeHead(code, { location: `http://127.0.0.1:${canary.port}/` }).end(),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const before = canary.knocks();
  const calls = poster({ allowed: [host], timeoutMs: TIMEOUT_MS });
  const result = await calls.post(`http://${host}/`, {}, '{}');
  await calls.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  const reason = 'reason' in result ? result.reason : result.outcome;
  return { form: `redirect ${code}`, reason, leaked: canary.knocks() > before || reason !== 'redirect' };
}

/** The planted fault: a filter over the text of the address. How often the canary is reached. */
async function byTextAlone(canary: Canary): Promise<number> {
  const looksInside = (host: string) => /^(localhost|127\.|10\.|192\.168\.|169\.254\.|\[::1\])/.test(host);
  const before = canary.knocks();
  const agent = new Agent({
    connect: {
      timeout: TIMEOUT_MS,
      lookup: (_host, options, callback) =>
        options.all === true ? callback(null, [v4('127.0.0.1')]) : callback(null, '127.0.0.1', 4),
    },
  });
  const hosts = [
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '[::ffff:127.0.0.1]',
    'hooks.hostile.example',
    'api.localhost',
  ];
  for (const host of hosts.filter((each) => !looksInside(each)))
    await request(`https://${host}:${canary.port}/`, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => undefined);
  await agent.destroy();
  return canary.knocks() - before;
}
