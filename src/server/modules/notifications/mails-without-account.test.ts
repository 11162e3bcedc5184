import type { ParsedMail } from 'mailparser';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type MailSink, mailSink, setUpMail } from '../../../../tests/support/mail-sink.ts';
import { makeUscc } from '../../kernel/uscc.ts';
import { newId } from '../../kernel/ids.ts';
import { readAll } from '../../platform/events/reader-host.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { silentLog } from '../../platform/log.ts';
import { dispatchOnce, enqueue } from '../../platform/outbound/index.ts';
import { mailChannel, noticeReader } from './index.ts';

let t: TestApp;
let sales: Actor;
let sink: MailSink;
let received: ParsedMail[];
let kept: ReturnType<typeof mailChannel>;

beforeAll(async () => {
  t = await testApp();
  sink = await mailSink();
  received = sink.got;
  sales = await t.as('sales');
  kept = mailChannel({ database: t.services.database, secrets: t.services.secrets });
  await setUpMail(t, sink, {});
});
beforeEach(() => {
  received.length = 0;
});
afterAll(async () => {
  await kept.close();
  await t.close();
  await sink.close();
});

async function mailsGo(): Promise<ParsedMail[]> {
  const options = {
    database: t.services.database,
    env: (now: Date) => t.services.settings.env(now),
    clock: t.clock,
    log: silentLog(),
  };
  t.clock.advance(1000);
  await readAll(options, noticeReader);
  while ((await dispatchOnce(options, kept)) > 0);
  return received.splice(0);
}
const tokenIn = (mail: ParsedMail | undefined) =>
  decodeURIComponent(/\/application#(\S+)/.exec(mail?.text ?? '')?.[1] ?? '');

test('R3.1 an applicant is written to at each step in the language of the application: received, asked, accepted with the way to the account, refused with the reason', async () => {
  const content = (n: number) => ({
    name: `申請${'甲乙丙'.charAt(n)}號單位`,
    uscc: makeUscc(`91310000MA1FLAP0${n}`),
    regionCode: '310115',
    contact: { name: '<b>李申请</b>', phone: `1390000111${n}`, email: `apply${n}@rider.example` },
    address: { regionCode: '310115', detail: '张江路 1 号' },
  });
  const apply = async (n: number, locale: string) => {
    const answer = await t.anonymous.post(
      '/api/v1/applications',
      { privacyAgreed: true, content: content(n) },
      { locale },
    );
    const [row] = await t.sql<{ id: string }>('select id from partner_application where no = $1', [answer.body.no]);
    return { token: answer.body.token as string, no: answer.body.no as string, id: row?.id ?? '' };
  };
  const review = (id: string, verb: string, body: object, version: number) =>
    sales.post(`/api/v1/applications/${id}/${verb}`, body, { ifMatch: version });

  const one = await apply(1, 'en');
  const [got] = await mailsGo();
  expect(got?.text).toContain(`has received your application ${one.no}`);
  expect(got?.text).not.toContain('李申请');
  expect(tokenIn(got)).toBe(one.token);
  await review(one.id, 'ask-back', { question: '请补充营业执照' }, 1);
  const [asked] = await mailsGo();
  expect(asked?.text).toContain('请补充营业执照');
  await t.anonymous.post('/api/v1/applications/amend', { token: one.token, content: content(1) });
  await review(one.id, 'accept', {}, 3);
  const accepted = (await mailsGo()).filter(({ text }) => text?.includes('/application#'));
  expect(accepted.map(({ text }) => text?.includes('is accepted'))).toEqual([true]);
  const invited = await t.anonymous.post('/api/v1/applications/invitation', { token: tokenIn(accepted[0]) });
  expect(invited.status).toBe(200);
  const [contact] = await t.sql(
    `select c.locale from partner_contact c join partner_application a on a.became_partner_id = c.partner_id where a.id = $1`,
    [one.id],
  );
  expect(contact).toEqual({ locale: 'en' });

  // What has moved on before the mail could leave is not told any more.
  const two = await apply(2, 'zh-Hant');
  await review(two.id, 'refuse', { reason: '所在地區已有夥伴' }, 1);
  const mails = await mailsGo();
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain('理由: 所在地區已有夥伴');
});

test('R3.1 a contact without an account is written to in its language, otherwise in that of its partner', async () => {
  const { body } = await sales.post('/api/v1/partners', {
    name: '語言測試單位',
    locale: 'en',
    contacts: [
      { name: '甲', duties: ['buyer'], email: 'hans@rider.example', locale: 'zh-Hans' },
      { name: '乙', duties: ['buyer'], email: 'own@rider.example' },
    ],
  });
  const write = async () => {
    const at = t.clock.now();
    await t.services.database.write(COMPANY, (tx) =>
      enqueue(
        tx,
        body.contacts.map(({ id }: { id: string }) => ({
          channel: 'mail',
          partnerId: body.id,
          targetId: id,
          kind: 'order.recalled',
          eventId: newId(at),
          document: { type: 'order', id: newId(at), no: 'SO-1' },
          content: { at: at.toISOString() },
        })),
        at,
      ),
    );
    return (await mailsGo()).map(({ text }) => /(您好|Dear)/.exec(text ?? '')?.[1]).sort();
  };
  expect(await write()).toEqual(['Dear', '您好']);
  await sales.patch(`/api/v1/partners/${body.id}`, { locale: null }, { ifMatch: 1 });
  expect(await write()).toEqual(['您好', '您好']);
  const refused = await sales.patch(`/api/v1/partners/${body.id}`, { locale: 'fr' }, { ifMatch: 2 });
  expect(refused.body.errors).toMatchObject([{ field: 'locale' }]);
});
