import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../support/app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

test('P20 an address that nobody serves is answered with a problem document', async () => {
  const { status, body, headers } = await t.anonymous.get('/api/v1/nothing');
  expect({ status, code: body.code }).toEqual({ status: 404, code: 'request.not_found' });
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
});
