import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress, poster, webhookUrl } from './index.ts';

/** Every spelling that somebody has tried to get inside with. */
const REFUSED = [
  'http://hooks.example.com/',
  'ftp://hooks.example.com/',
  'file:///etc/passwd',
  'gopher://hooks.example.com/',
  'javascript:alert(1)',
  'https://user:pass@hooks.example.com/',
  'https://user@hooks.example.com/',
  'https://hooks.example.com:22/',
  'https://hooks.example.com:6379/',
  'https://hooks.example.com/#fragment',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://127.0.0.1./',
  'https://１２７.０.０.１/',
  'https://①②⑦.0.0.1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://10.0.0.1/',
  'https://172.16.3.4/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://2852039166/',
  'https://100.64.0.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://8.8.8.8/',
  'https://[::1]/',
  'https://[::]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[2606:4700::1111]/',
  'https://localhost/',
  'https://LOCALHOST/',
  'https://localhost./',
  'https://foo.localhost/',
  'https://printer.local/',
  'https://db.internal/',
  'https://router.home.arpa/',
  'https://intranet/',
  'https://hooks.example.com./',
  'https://hooks..example.com/',
  'https://',
  'https:///x',
  'hooks.example.com',
  '//hooks.example.com/',
  ' ',
  '',
];
const INSIDE = [
  '0.0.0.0',
  '127.0.0.1',
  '127.255.255.254',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.127.0.1',
  '192.0.0.8',
  '192.0.2.1',
  '198.19.0.1',
  '198.51.100.1',
  '203.0.113.9',
  '224.0.0.251',
  '239.1.1.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '::8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '100::1',
  '2001:db8::1',
  '2001:20::1',
  '3ffe::1',
  '5f00::1',
  'no address',
  '',
];

describe('P18 where a webhook may go', () => {
  test.each(REFUSED)('W1 %s is refused', (text) => {
    expect(webhookUrl(text, [])).toBeNull();
  });

  test.each(['https://hooks.example.com/a?b=c', 'https://hooks.example.com:8443/', 'https://xn--fiq228c.example/'])(
    'W1 %s is allowed',
    (text) => {
      expect(webhookUrl(text, [])?.href).toBe(text);
    },
  );

  test.each(INSIDE)('P18 the address %s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '1.1.1.1', '223.5.5.5', '2606:4700:4700::1111', '2400:3200::1'])(
    'P18 the address %s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test('W1 the operator may name hosts of an inner network, one by one', () => {
    expect(webhookUrl('http://erp.inside:8080/hook', ['erp.inside:8080'])?.host).toBe('erp.inside:8080');
    expect(webhookUrl('http://erp.inside:8081/hook', ['erp.inside:8080'])).toBeNull();
    expect(webhookUrl('http://erp.inside/hook', ['erp.inside'])?.host).toBe('erp.inside');
    expect(webhookUrl('http://u:p@erp.inside/hook', ['erp.inside'])).toBeNull();
  });
});

describe('P18 what is dialled', () => {
  let connections = 0;
  const inside = http.createServer((_, response) => response.end('the secret of the house'));
  let port: number;
  beforeAll(async () => {
    inside.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done));
    port = (inside.address() as { port: number }).port;
  });
  afterAll(() => inside.close());

  test.each([
    ['a public name with a private address', ['127.0.0.1']],
    ['one private address among public ones', ['203.0.114.1', '127.0.0.1']],
    ['a mapped address', ['::ffff:127.0.0.1']],
    ['no address at all', []],
  ])('W2 %s is not reached: no connection, and nothing of the inside is told', async (_, addresses) => {
    const guarded = poster({
      allowed: [],
      timeoutMs: 2000,
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    });
    expect(await guarded.post('https://hooks.example.com:8443/', {}, '{}')).toEqual({
      outcome: 'failed',
      reason: 'blocked_address',
    });
    await guarded.close();
    expect(connections).toBe(0);
  });

  test('W2 what was saved before a host was taken off the operator’s list is refused at the next try', async () => {
    const guarded = poster({ allowed: [] });
    expect(await guarded.post(`http://localhost:${port}/`, {}, '{}')).toEqual({
      outcome: 'failed',
      reason: 'blocked_address',
    });
    await guarded.close();
    expect(connections).toBe(0);
  });

  test('W3 an endpoint whose encryption is no good gets nothing', async () => {
    // It speaks plain http where https is asked for.
    const open = poster({ allowed: [`localhost:${port}`] });
    expect(await open.post(`https://localhost:${port}/`, {}, '{}')).toMatchObject({ outcome: 'failed', reason: 'tls' });
    await open.close();
    connections = 0;
  });

  test('P18 the control: a host that the operator names is reached', async () => {
    const open = poster({ allowed: [`localhost:${port}`] });
    expect(await open.post(`http://localhost:${port}/`, {}, '{}')).toMatchObject({ outcome: 'sent', status: 200 });
    await open.close();
    expect(connections).toBe(1);
  });
});
