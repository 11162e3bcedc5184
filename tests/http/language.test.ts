/** One rule for the language of every answer: what the request asks for, else what the account has chosen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, type TestApp, testApp } from '../support/app.ts';
import { goods } from '../support/goods.ts';

let t: TestApp;
let sales: Actor;
let partnerId: string;
let sku: string;
beforeAll(async () => {
  t = await testApp();
  const g = await goods(t);
  sales = await t.as('sales');
  await t.sql(`update app_user set locale = 'zh-Hans' where id = $1`, [sales.userId]);
  t.services.authenticator.forget();
  partnerId = await t.partner();
  ({ sku } = await g.product());
});
afterAll(() => t.close());

const WORDS = {
  'zh-Hant': '交付要求不完整',
  'zh-Hans': '交付要求不完整',
  en: 'The delivery requirement is incomplete',
};
/** What a button of the order says against being pressed. */
type View = { allowedActions: { action: string; refusals: { title: string }[] }[] };
const against = ({ allowedActions }: View) =>
  allowedActions.find(({ action }) => action === 'submit')?.refusals.map(({ title }) => title);

test.each([
  ['en', 'en', WORDS.en],
  ['what it does not ask for: the account’s', null, WORDS['zh-Hans']],
  ['any: the account’s', '*', WORDS['zh-Hans']],
  ['one that we do not have: the account’s', 'fr-FR,fr;q=0.9', WORDS['zh-Hans']],
  ['the best of several that we have', 'fr, en;q=0.5, zh;q=0.2', WORDS.en],
])('R2 a command, a read and a refusal speak one language: %s', async (_, header, words) => {
  const headers = { 'accept-language': header };
  const made = await sales.post('/api/v1/orders', { partnerId, lines: [{ sku, qty: '1' }] }, { headers });
  expect(made).toMatchObject({ status: 201 });
  const read = await sales.get(`/api/v1/orders/${made.body.id}`, { headers });
  const refused = await sales.post(
    `/api/v1/orders/${made.body.id}/submit`,
    {},
    { ifMatch: made.body.version, headers },
  );
  expect([against(made.body), against(read.body), refused.body.errors?.[0]?.title]).toEqual([[words], [words], words]);
});

test('R2 what a person has chosen is told as chosen, whatever the request asks for; a key speaks its maker’s language', async () => {
  const session = await sales.get('/api/v1/session', { headers: { 'accept-language': 'en' } });
  expect(session.body.actor.locale).toBe('zh-Hans');
  const admin = await t.as({ role: 'security_admin', name: '英文管理員' });
  await t.sql(`update app_user set locale = 'en' where id = $1`, [admin.userId]);
  t.services.authenticator.forget();
  const { secret } = (
    await admin.post('/api/v1/keys', { name: 'Link', roles: ['sales'] }, { headers: { 'accept-language': 'zh-Hant' } })
  ).body;
  const use = (header: string | null) =>
    t.anonymous.get('/api/v1/orders/none', {
      headers: { authorization: `Bearer ${secret}`, 'accept-language': header },
    });
  const [own, asked] = [await use(null), await use('zh-Hans')];
  expect([own.body.title, asked.body.title]).toEqual([
    expect.stringMatching(/^[ -~’]+$/),
    expect.stringMatching(/\p{Script=Han}/u),
  ]);
});
