/** Writes that come from pages of others. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, HOST, type TestApp, testApp } from '../support/app.ts';

let t: TestApp;
let admin: Actor;
beforeAll(async () => {
  t = await testApp();
  admin = await t.as('security_admin');
});
afterAll(() => t.close());

const body = { login: 'csrf@example.test', name: 'x', roles: ['sales'] };

describe('P20 A6 a browser’s write must come from our own pages', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: `http://${HOST}:8080` }],
    ['a subdomain', { origin: `http://evil.${HOST}` }],
    ['the parent domain', { origin: 'http://test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['no origin at all', { origin: null }],
    ['garbage', { origin: 'http://' }],
    ['a form of another site', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
    ['a form without origin', { origin: null, 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s is refused, and nothing has changed', async (_name, headers) => {
    const before = await t.digest();
    const answer = await admin.post('/api/v1/users', body, { headers });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 403, code: 'session.csrf' });
    expect(await t.digest()).toBe(before);
  });
  test('signing in on behalf of another site is refused too', async () => {
    const answer = await t.anonymous.post(
      '/api/v1/session',
      { login: 'a', password: 'b' },
      { headers: { origin: 'https://evil.example' } },
    );
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 403, code: 'session.csrf' });
  });
  test('our own page may write, over http and https', async () => {
    expect((await admin.post('/api/v1/users', { ...body, login: 'own-1@example.test' })).status).toBe(201);
    expect(
      (
        await admin.post(
          '/api/v1/users',
          { ...body, login: 'own-2@example.test' },
          { headers: { origin: `https://${HOST}` } },
        )
      ).status,
    ).toBe(201);
  });
  test('a program with a key needs no origin: browsers do not send keys on their own', async () => {
    const key = await t.key({ roles: ['security_admin'] });
    expect(
      (await key.post('/api/v1/users', { ...body, login: 'own-3@example.test' }, { headers: { origin: null } })).status,
    ).toBe(201);
  });
  test('reading needs none', async () => {
    expect((await admin.get('/api/v1/users', { headers: { origin: 'https://evil.example' } })).status).toBe(200);
  });
});
