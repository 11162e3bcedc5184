import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../support/app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

test('P20 who is signed in sees name, roles, permissions and the company', async () => {
  const sales = await t.as('sales');
  const { status, body } = await sales.get('/api/v1/session');
  expect(status).toBe(200);
  expect(body).toMatchObject({ actor: { userId: sales.userId, kind: 'staff', login: sales.login, roles: ['sales'], partnerId: null, locale: 'zh-Hant' }, company: { name: '渠成测试公司', currency: 'CNY' }, demo: false });
  expect(body.actor.permissions).toContain('order.create');
  expect(body.actor.permissions).not.toContain('user.manage');
});
