/** Mail that comes in, against a real SMTP client and a real IMAP server. DNS alone is a table, so that no test asks the world. */
import { generateKeyPairSync } from 'node:crypto';
import ExcelJS from 'exceljs';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { newId } from '../../kernel/ids.ts';
import { runJob } from '../../platform/jobs/timed-jobs.ts';
import { pruneMessagesJob } from '../outgoing/index.ts';
import { pruneMailsJob } from './index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { startDovecot } from '../../../../tests/support/dovecot.ts';
import { goods } from '../../../../tests/support/goods.ts';
import { replyMark } from '../../platform/mail/reply-keys.ts';
import { type Intake, startIntake } from './host.ts';
import { listenSmtp } from './smtp-listener.ts';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const publicKey = keys.publicKey.replace(/-----[^-]+-----|\n/g, '');
/** What the world's DNS would say. */
const TXT: Record<string, string> = {
  'yuanhang.example': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.yuanhang.example': 'v=DMARC1; p=reject',
  'k1._domainkey.yuanhang.example': `v=DKIM1; k=rsa; p=${publicKey}`,
  'jiangcheng.example': 'v=spf1 ip4:127.0.0.1 -all',
  '_dmarc.jiangcheng.example': 'v=DMARC1; p=none',
  'strict.example': 'v=spf1 ip4:192.0.2.1 -all',
  '_dmarc.strict.example': 'v=DMARC1; p=reject',
  'nopolicy.example': 'v=spf1 ip4:127.0.0.1 -all',
};
const resolver = (name: string, type: string): Promise<unknown> => {
  const text = type === 'TXT' ? TXT[name.toLowerCase().replace(/\.$/, '')] : undefined;
  return text === undefined
    ? Promise.reject(Object.assign(new Error('not there'), { code: 'ENOTFOUND' }))
    : Promise.resolve([[text]]);
};
const quiet = { debug() {}, info() {}, warn() {}, error() {}, fatal() {}, trace() {}, child: () => quiet } as never;

let t: TestApp;
let intake: Intake;
let sales: Actor;
let admin: Actor;
let partnerId: string;
let strangerId: string;

const AUTHOR = 'buyer@yuanhang.example';

type Row = {
  id: string;
  no: string;
  version: number;
  state: string;
  reason: string | null;
  inquiry: { id: string; no: string } | null;
};
const messages = async (): Promise<Row[]> => (await sales.get('/api/v1/intake/messages?limit=200')).body.items;
const bySubject = async (subject: string): Promise<Row[]> =>
  (await sales.get(`/api/v1/intake/messages?q=${encodeURIComponent(subject)}`)).body.items;
const settled = async (subject: string): Promise<Row> => {
  await intake.settle();
  const [row] = await bySubject(subject);
  if (row === undefined) throw new Error(`no message ${subject}`);
  return row;
};
const send = async (mail: SendMailOptions & { envelopeFrom?: string }, port = intake.smtpPort() ?? 0) => {
  const { envelopeFrom, ...rest } = mail;
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    name: 'mx.example',
  });
  const from = envelopeFrom ?? (typeof rest.from === 'string' ? rest.from : AUTHOR);
  return transport.sendMail({
    from: AUTHOR,
    to: 'orders@ours.example',
    ...rest,
    envelope: { from, to: 'orders@ours.example' },
  });
};
const contact = (of: string, email: string) =>
  t.sql(`insert into partner_contact (id, partner_id, name, email) values (gen_random_uuid(), $1, '王采购', $2)`, [
    of,
    email,
  ]);

beforeAll(async () => {
  t = await testApp();
  sales = await t.as('sales');
  admin = await t.as('system_admin');
  partnerId = await t.partner({ name: '宁波远航车行有限公司' });
  strangerId = await t.partner({ name: '武汉江城车业有限公司' });
  await contact(partnerId, 'Buyer@Yuanhang.example');
  await contact(strangerId, 'li@jiangcheng.example');
  for (const of of [partnerId, strangerId]) await contact(of, 'shared@yuanhang.example');
  await contact(partnerId, 'wang@strict.example');
  await contact(partnerId, 'zhao@nopolicy.example');
  const g = await goods(t);
  await g.product({ sku: 'BK-R93', name: '公路车 红色 52' });
  await g.product({ sku: 'HL-U509', name: '骑行头盔' });
  await g.product({ sku: 'SV-FIT', name: '门店安装服务', kind: 'service' });
  const settings = (await admin.get('/api/v1/intake/settings')).body;
  const set = await admin.put(
    '/api/v1/intake/settings',
    { ...settingBody(settings), smtpEnabled: true, smtpPort: await freePort(), smtpRecipients: ['@ours.example'] },
    { ifMatch: settings.version },
  );
  expect(set.status, set.text).toBe(200);
  intake = startIntake({ services: t.services, log: quiet, resolver, everyMs: 600_000 });
  await intake.apply();
});
afterAll(async () => {
  await intake.stop();
  await t.close();
});

const settingBody = ({ version: _v, hasImapPassword: _h, channels: _c, ...body }: Record<string, unknown>) => body;
async function freePort(): Promise<number> {
  const listener = await listenSmtp(
    { smtp_host: '127.0.0.1', smtp_port: 0, smtp_recipients: [] },
    async () => {},
    () => {},
  );
  await listener.stop();
  return listener.port;
}
async function workbook(rows: readonly unknown[][]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('采购');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from((await book.xlsx.writeBuffer()) as ArrayBuffer);
}

describe('a mail from a known contact', () => {
  it('R3.2 with a workbook becomes an inquiry with matched lines, its files and the words beside it; the same Message-ID by another way makes no second one', async () => {
    const mail = {
      subject: '三月采购',
      messageId: '<one@yuanhang.example>',
      text: '王经理您好，\n采购清单见附件。\n客户：小明车行\n请于3月31日前交货。\n\n谢谢\n李',
      attachments: [
        {
          filename: '采购单.xlsx',
          content: await workbook([
            ['采购单号：PO-2026-7'],
            ['品名', '数量', '单位', '交期'],
            ['公路车 红色 52', 10, '件', '下周五'],
            ['骑行头盔', 20, '个', ''],
            ['门店安装服务', 2, '次', '2026/4/2'],
          ]),
        },
        { filename: '../../图纸\u202e.pdf', content: Buffer.from('%PDF-1.7\nx\n%%EOF\n') },
        { filename: 'winmail.dat', content: Buffer.from('789f3e22', 'hex') },
      ],
    };
    await send(mail);
    const row = await settled('三月采购');
    expect(row).toMatchObject({ state: 'inquiry', reason: null });
    const inquiry = (await sales.get(`/api/v1/inquiries/${row.inquiry?.id}`)).body;
    expect(inquiry).toMatchObject({
      channel: 'email',
      state: 'received',
      poNo: 'PO-2026-7',
      customerName: '小明车行',
      requestedOn: '2026-03-31',
      sentBy: null,
    });
    expect(
      inquiry.lines.map((line: { product: { sku: string } | null; qty: string; requestedOn: string }) => [
        line.product?.sku,
        line.qty,
        line.requestedOn,
      ]),
    ).toEqual([
      ['BK-R93', '10', '2026-03-20'],
      ['HL-U509', '20', '2026-03-31'],
      ['SV-FIT', '2', '2026-04-02'],
    ]);
    const files = (await sales.get(`/api/v1/documents/inquiry/${row.inquiry?.id}/attachments`)).body;
    expect(JSON.stringify(files)).toContain('采购单.xlsx');
    expect(JSON.stringify(files)).not.toContain('\u202e');
    const view = (await sales.get(`/api/v1/intake/messages/${row.id}`)).body;
    expect(view.auth).toMatchObject({ spf: 'pass', dmarc: 'pass', by: 'self' });
    expect(view.attachments.map(({ kept }: { kept: boolean }) => kept)).toEqual([true, true, false]);
    const mails = (await sales.get(`/api/v1/inquiries/${row.inquiry?.id}/mails`)).body;
    expect(mails.items[0].text).toContain('采购清单见附件');
    const tasks = (await sales.get('/api/v1/tasks?limit=100')).body;
    expect(JSON.stringify(tasks)).toContain(inquiry.no);

    await send({ ...mail, headers: { 'X-Hop': 'another way' } });
    await intake.settle();
    const both = await bySubject('三月采购');
    // Both came at one instant of the test's clock: in any order.
    expect(both.map(({ state, reason }) => [state, reason]).sort()).toEqual([
      ['ignored', 'duplicate'],
      ['inquiry', null],
    ]);
  });

  it('R3.2 lines are read from an HTML table, quoted answers are not, and text stays data (E7)', async () => {
    await send({
      subject: 'html order',
      html: '<p>approve order SO-2026-000001, price 0</p><img src="http://evil.example/x.png"><table><tr><th>Product</th><th>Qty</th></tr><tr><td>HL-U509</td><td>5 pcs</td></tr></table><blockquote>On Monday Li wrote: <table><tr><td>Product</td><td>Qty</td></tr><tr><td>BK-R93</td><td>99</td></tr></table></blockquote><script>alert(1)</script>',
    });
    const row = await settled('html order');
    expect(row.state).toBe('inquiry');
    const { lines } = (await sales.get(`/api/v1/inquiries/${row.inquiry?.id}`)).body;
    expect(lines).toMatchObject([{ product: { sku: 'HL-U509' }, qty: '5' }]);
    const view = (await sales.get(`/api/v1/intake/messages/${row.id}`)).body;
    expect(view.text).not.toMatch(/<|alert|evil/);
    expect(await t.sql('select 1 from sales_order')).toEqual([]);
  });

  it('R3.2 a domain without a DMARC policy is believed by its own SPF, and a relay that is trusted by its result', async () => {
    await send({ from: 'zhao@nopolicy.example', subject: 'no policy', text: '骑行头盔 3个' });
    expect((await settled('no policy')).state).toBe('inquiry');
    const forged = {
      from: 'wang@strict.example',
      subject: 'by relay',
      text: '骑行头盔 3个',
      headers: { 'Authentication-Results': 'relay.ours.example; dmarc=pass header.from=strict.example' },
    };
    await send(forged);
    expect(await settled('by relay')).toMatchObject({ state: 'quarantined', reason: 'auth_failed' });
    await t.sql(`update intake_setting set trusted_relays = '{relay.ours.example}'`);
    await send({ ...forged, subject: 'by trusted relay' });
    expect((await settled('by trusted relay')).state).toBe('inquiry');
    await t.sql(`update intake_setting set trusted_relays = '{}'`);
  });
});

describe('quarantine', () => {
  it.each([
    ['forged by somebody else (E1)', { from: 'wang@strict.example' }, 'auth_failed'],
    ['from an unknown sender', { from: 'someone@jiangcheng.example' }, 'sender_unknown'],
    ['from an address that two partners have', { from: 'shared@yuanhang.example' }, 'sender_ambiguous'],
    ['with two authors (E2)', { from: `${AUTHOR}, boss@yuanhang.example`, envelopeFrom: AUTHOR }, 'from_unclear'],
    [
      'whose name shows another address (E2)',
      { from: `"${AUTHOR}" <someone@jiangcheng.example>`, envelopeFrom: 'someone@jiangcheng.example' },
      'sender_unknown',
    ],
    ['whose Reply-To is a contact (E2)', { from: 'someone@jiangcheng.example', replyTo: AUTHOR }, 'sender_unknown'],
    ['without goods', { text: '您好，请回电' }, 'no_lines'],
  ])('R3.2 a mail %s makes no inquiry, and people are told', async (what, mail, reason) => {
    await send({ text: '骑行头盔 3个', ...mail, subject: what });
    const row = await settled(what);
    expect(row).toMatchObject({ state: 'quarantined', reason, inquiry: null });
    const tasks = await t.sql(`select kind from task where document_id = $1 and closed_at is null`, [row.id]);
    expect(tasks).toEqual([{ kind: 'intake.review' }]);
  });

  it.each([
    ['an automatic reply', { headers: { 'Auto-Submitted': 'auto-replied' } }, 'auto_reply'],
    ['bulk mail', { headers: { 'List-Id': '<news.yuanhang.example>', Precedence: 'bulk' } }, 'list_mail'],
    ['returned mail', { from: 'MAILER-DAEMON@yuanhang.example' }, 'bounce'],
  ])('R3.2 %s is ignored with its reason (E5)', async (what, mail, reason) => {
    await send({ text: '骑行头盔 3个', ...mail, subject: what });
    expect(await settled(what)).toMatchObject({ state: 'ignored', reason });
  });

  it('R3.2 the same mail with another Message-ID within a day waits for a person, who may want it twice (E5)', async () => {
    const again = { text: '骑行头盔 9个\n2026-12-01', subject: 'sent twice' };
    await send(again);
    await intake.settle();
    await send(again);
    await intake.settle();
    const rows = await bySubject('sent twice');
    expect(rows.map(({ state, reason }) => [state, reason]).sort()).toEqual([
      ['inquiry', null],
      ['quarantined', 'repeated'],
    ]);
    await send({ ...again, text: '骑行头盔 10个\n2026-12-01' });
    await intake.settle();
    expect((await bySubject('sent twice')).filter(({ state }) => state === 'inquiry')).toHaveLength(2);
  });

  it('P21 a mail of ours that comes back parks the message and is work for sales; a delay, a guessed id and a second report change nothing', async () => {
    const outgoing = async () => {
      const [row] = await t.sql<{ id: string }>(
        `insert into outgoing (id, channel, state, partner_id, target_id, lane, sequence, kind, event_id, document_type, document_id, document_no, content, attempts, next_at, created_at, finished_at)
         select i, 'mail', 'sent', $1, gen_random_uuid(), i::text, 1, 'order.confirmation_sent', gen_random_uuid(), 'order', gen_random_uuid(), 'SO-RETURNED', '{}', 1, now(), now(), now()
         from (select $2::uuid as i) x returning id`,
        [partnerId, newId(t.clock.now())],
      );
      return row?.id ?? '';
    };
    const report = (id: string, action: string, subject: string) =>
      send({
        from: 'mailer-daemon@mx.yuanhang.example',
        subject,
        text: `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; gone@yuanhang.example\r\nAction: ${action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\nMessage-ID: <${id}@ours.example>\r\nSubject: x`,
      });
    const shown = async (id: string) => (await sales.get(`/api/v1/outgoing/${id}`)).body;
    const [gone, late] = [await outgoing(), await outgoing()];
    await report(late, 'delayed', 'delay');
    await report(gone, 'failed', 'failure');
    await report(gone, 'failed', 'failure again');
    await report('019a0000-0000-7000-8000-000000000000', 'failed', 'guessed');
    for (const subject of ['delay', 'failure', 'failure again', 'guessed'])
      expect(await settled(subject)).toMatchObject({ state: 'ignored', reason: 'bounce' });
    expect(await shown(late)).toMatchObject({ state: 'sent' });
    expect(await shown(gone)).toMatchObject({ state: 'parked', reason: 'returned', version: 1 });
    expect(await t.sql(`select outcome, reason, detail from outgoing_attempt where outgoing_id = $1`, [gone])).toEqual([
      { outcome: 'failed', reason: 'returned', detail: 'smtp; 550 5.1.1 no such user' },
    ]);
    expect(await t.sql(`select kind from task where document_id = $1 and closed_at is null`, [gone])).toEqual([
      { kind: 'outgoing.mend' },
    ]);
  });

  it('R11 mail that came to nothing, and messages that are done, go after the policy’s time; inquiries’ mail and what an acceptance rests upon stay', async () => {
    await send({ text: '骑行头盔 3个', subject: 'stays with its inquiry' });
    await send({ text: '骑行头盔 3个', subject: 'goes', headers: { 'List-Id': '<a.example>' } });
    for (const subject of ['stays with its inquiry', 'goes']) await settled(subject);
    const message = (kind: string, channel: string, lane: string, sequence: number, state = 'sent') =>
      t.sql(
        `insert into outgoing (id, channel, state, target_id, lane, sequence, kind, event_id, document_type, document_id, content, next_at, created_at, finished_at)
         values ($7, $1, $2, gen_random_uuid(), $3, $4, $5, gen_random_uuid(), 'order', gen_random_uuid(), '{}', $6, $6, $6)`,
        [channel, state, lane, sequence, kind, t.clock.now(), newId(t.clock.now())],
      );
    await message('pruned.notice', 'mail', 'p1', 1);
    await message('pruned.parked', 'mail', 'p2', 1, 'parked');
    await message('order.confirmation_sent', 'mail', 'p3', 1);
    for (const sequence of [1, 2]) await message('pruned.hook', 'webhook', 'p4', sequence);
    const run = async () => {
      for (const job of [pruneMailsJob, pruneMessagesJob])
        await runJob({ runtime: t.services.runtime, clock: t.clock, log: quiet, jobs: [] }, job);
    };
    await run();
    expect(await bySubject('goes')).toHaveLength(1);
    const before = t.clock.now().getTime();
    t.clock.advance(731 * 86_400_000);
    await run();
    expect(await bySubject('goes')).toEqual([]);
    expect(await bySubject('stays with its inquiry')).toHaveLength(1);
    expect(
      await t.sql(`select kind, sequence from outgoing where lane in ('p1', 'p2', 'p3', 'p4') order by lane`),
    ).toEqual([
      { kind: 'pruned.parked', sequence: 1 },
      { kind: 'order.confirmation_sent', sequence: 1 },
      { kind: 'pruned.hook', sequence: 2 },
    ]);
    t.clock.advance(before - t.clock.now().getTime());
  });

  it('R3.2 a person releases a message to a partner, or discards it with a reason and takes it back', async () => {
    await send({ from: 'new@jiangcheng.example', subject: 'to be released', text: '公路车 红色 52 4件\n下周五前' });
    const row = await settled('to be released');
    const at = (verb: string) => `/api/v1/intake/messages/${row.id}/${verb}`;
    const discarded = await sales.post(at('discard'), { reason: '看似广告' }, { ifMatch: row.version });
    expect(discarded.body).toMatchObject({ state: 'discarded', discardReason: '看似广告' });
    expect(
      (await sales.post(at('release'), { partnerId: strangerId }, { ifMatch: discarded.body.version })).body,
    ).toMatchObject({ code: 'intake.wrong_state' });
    const restored = await sales.post(at('restore'), undefined, { ifMatch: discarded.body.version });
    expect(restored.body).toMatchObject({ state: 'quarantined', reason: 'sender_unknown' });
    expect(
      (await sales.post(at('release'), { partnerId: strangerId, text: '没有产品' }, { ifMatch: restored.body.version }))
        .body,
    ).toMatchObject({ code: 'inquiry.nothing_read' });
    const released = await sales.post(at('release'), { partnerId: strangerId }, { ifMatch: restored.body.version });
    expect(released.body).toMatchObject({ state: 'inquiry', partner: { id: strangerId } });
    const inquiry = (await sales.get(`/api/v1/inquiries/${released.body.inquiry.id}`)).body;
    expect(inquiry).toMatchObject({
      partner: { id: strangerId },
      channel: 'email',
      lines: [{ product: { sku: 'BK-R93' }, qty: '4', requestedOn: '2026-03-20' }],
    });
    expect((await sales.post(at('discard'), { reason: 'x' }, { ifMatch: released.body.version })).status).toBe(409);
    expect(await t.sql(`select type from event where document_id = $1 order by version`, [row.id])).toEqual(
      ['intake.received', 'intake.quarantined', 'intake.discarded', 'intake.restored', 'intake.released'].map(
        (type) => ({ type }),
      ),
    );
  });

  it('P9 partner users see neither quarantine nor settings; a partner sees the mails of its own inquiries only', async () => {
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    expect((await buyer.get('/api/v1/intake/messages')).status).toBe(403);
    expect((await buyer.get('/api/v1/intake/settings')).status).toBe(403);
    const mine = (await bySubject('html order'))[0]?.inquiry?.id;
    const other = (await bySubject('to be released'))[0]?.inquiry?.id;
    expect((await buyer.get(`/api/v1/inquiries/${mine}/mails`)).body.items).toHaveLength(1);
    expect((await buyer.get(`/api/v1/inquiries/${other}/mails`)).status).toBe(404);
  });
});

describe('an answer', () => {
  it("R3.2 with the mark of its inquiry lands there and fills what it says; in somebody else's hands the mark opens nothing (E3)", async () => {
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const made = (
      await buyer.post('/api/v1/inquiries', { lines: [{ wanted: '公路车 红色 52', qty: '2' }, { wanted: '骑行头盔' }] })
    ).body;
    await sales.post(`/api/v1/inquiries/${made.id}/ask-back`, {}, { ifMatch: made.version });
    const mark = replyMark(t.services.secrets, { documentType: 'inquiry', documentId: made.id, partnerId });
    await send({ from: 'li@jiangcheng.example', subject: `Re: stolen ${mark}`, text: '骑行头盔 500个' });
    expect(await settled('stolen')).toMatchObject({ state: 'quarantined', reason: 'reply_mismatch' });
    await send({ subject: `Re: guessed [QC-${'A'.repeat(70)}]`, text: '骑行头盔 1个', inReplyTo: '<x@ours.example>' });
    expect((await settled('guessed')).inquiry?.id).not.toBe(made.id);
    await send({ subject: `回复：请补充 ${mark}`, text: '头盔 6个，都在3月25日前送到\n\n> 请补充数量和交期' });
    expect(await settled('请补充')).toMatchObject({ state: 'reply', inquiry: { id: made.id } });
    const answered = (await sales.get(`/api/v1/inquiries/${made.id}`)).body;
    expect(answered).toMatchObject({
      state: 'received',
      lines: [
        { qty: '2', requestedOn: '2026-03-25' },
        { qty: '6', requestedOn: '2026-03-25' },
      ],
    });
    expect((await buyer.get(`/api/v1/inquiries/${made.id}/mails`)).body.items).toHaveLength(1);
    await buyer.post(`/api/v1/inquiries/${made.id}/withdraw`, undefined, { ifMatch: answered.version });
    await send({ subject: `Re: late ${mark}`, text: '骑行头盔 1个' });
    expect(await settled('late')).toMatchObject({ state: 'quarantined', reason: 'reply_mismatch' });
  });
});

describe('what is built to hurt', () => {
  const deep = (levels: number) => {
    let body = 'Content-Type: text/plain\r\n\r\nhello\r\n';
    for (let level = 0; level < levels; level += 1)
      body = `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n${body}\r\n--b${level}--\r\n`;
    return body;
  };
  const head = (subject: string) =>
    `From: ${AUTHOR}\r\nTo: orders@ours.example\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\n`;
  it.each([
    ['a run of headers of 273 KB', `${head('x')}${'X-A: b\r\n'.repeat(34_000)}\r\nhello\r\n`],
    [
      'ten thousand parts',
      `${head('x')}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(10_000)}--b--\r\n`,
    ],
    ['an address list of 200 KB in one header', `${head('x')}Cc: ${'<a@b.c>,('.repeat(20_000)}\r\n\r\nhello\r\n`],
  ])('P16 %s ends as failed, within seconds, with the raw message kept (E4)', async (_what, raw) => {
    const before = (await messages()).filter(({ state }) => state === 'failed').length;
    const begun = performance.now();
    await send({ raw, envelopeFrom: AUTHOR });
    await intake.settle();
    expect(performance.now() - begun).toBeLessThan(10_000);
    const failed = (await messages()).filter(({ state }) => state === 'failed');
    expect(failed.length).toBe(before + 1);
    const [kept] = await t.sql<{ size: number }>('select octet_length(raw) as size from intake_message where id = $1', [
      failed[0]?.id,
    ]);
    expect(kept?.size).toBeGreaterThan(100_000);
  });

  it('P16 nesting of 200 levels, a bomb in a workbook and bytes without sense end in a visible state, and the next mail is read as ever', async () => {
    await send({ raw: `${head('nested')}${deep(200)}`, envelopeFrom: AUTHOR });
    await send({
      raw: Buffer.concat([
        Buffer.from(head('noise')),
        Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
      ]),
      envelopeFrom: AUTHOR,
    });
    await send({
      subject: 'swollen workbook',
      text: '见附件',
      attachments: [
        { filename: 'a.xlsx', content: Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(100_000)]) },
      ],
    });
    await send({ subject: 'after the bombs', text: '骑行头盔 3个' });
    await intake.settle();
    expect((await messages()).filter(({ state }) => state === 'stored')).toEqual([]);
    expect(await settled('swollen workbook')).toMatchObject({ state: 'quarantined', reason: 'no_lines' });
    expect((await settled('after the bombs')).state).toBe('inquiry');
  });
});

describe('P8 every mail that was accepted ends in one state, once', () => {
  it('P8 mails whose parsing is killed, and mails that come again, each end as exactly one inquiry or in sight of people', async () => {
    const mails = Array.from({ length: 24 }, (_, i) => ({
      subject: `kill ${i}`,
      messageId: `<kill-${i}@yuanhang.example>`,
      text: `骑行头盔 ${i + 1}个`,
    }));
    const killing = setInterval(() => void intake.killThread(), 700);
    for (const [i, mail] of mails.entries()) {
      await send(mail);
      if (i % 3 === 0) await send({ ...mail, headers: { 'X-Again': String(i) } });
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    clearInterval(killing);
    await intake.settle();
    const rows = (await messages()).filter(({ state }) => state !== undefined);
    expect(rows.filter(({ state }) => state === 'stored')).toEqual([]);
    const found = await t.sql<{ message_id: string | null; state: string }>(
      `select message_id, state from intake_message where encode(raw, 'escape') like '%Subject: kill %'`,
    );
    expect(found).toHaveLength(24 + 8);
    for (const { messageId } of mails) {
      const states = found.filter(({ message_id }) => message_id === messageId).map(({ state }) => state);
      expect(states.filter((state) => state === 'inquiry').length, messageId).toBeLessThanOrEqual(1);
    }
    // Which were hit by a kill is chance; every single one of those is in sight as failed.
    const ends = found.map(({ state }) => state);
    expect(ends.every((state) => ['inquiry', 'ignored', 'failed'].includes(state))).toBe(true);
    expect(ends.filter((state) => state === 'inquiry').length).toBeGreaterThan(0);
    const [{ count } = { count: 0n }] = await t.sql<{ count: bigint }>(
      `select count(*) as count from inquiry i join intake_message m on m.inquiry_id = i.id where encode(m.raw, 'escape') like '%Subject: kill %'`,
    );
    expect(Number(count)).toBe(ends.filter((state) => state === 'inquiry').length);
  });

  it('P8 what was stored when the product died is settled by the next start; what it dies on again and again is failed', async () => {
    await intake.stop();
    await t.sql(
      `insert into intake_message (id, no, source, state, raw, sha256, byte_count, remote_ip, helo, envelope_from, attempts, received_at)
       select gen_random_uuid(), 'ML-X-' || n, 'smtp', 'stored', convert_to('From: ${AUTHOR}' || chr(13) || chr(10) || 'Subject: left ' || n || chr(13) || chr(10) || chr(13) || chr(10) || 'HL-U509 x 3', 'UTF8'), decode(md5(n::text), 'hex'), 80, '127.0.0.1', 'mx.example', '${AUTHOR}', case when n = 2 then 3 else 1 end, $1
       from generate_series(1, 2) n`,
      [t.clock.now()],
    );
    intake = startIntake({ services: t.services, log: quiet, resolver, everyMs: 600_000 });
    await intake.apply();
    expect((await settled('left 1')).state).toBe('inquiry');
    expect(await t.sql(`select state, reason from intake_message where no = 'ML-X-2'`)).toEqual([
      { state: 'failed', reason: 'parse_error' },
    ]);
  });

  it('P8 250 is said only after the message is stored: when it cannot be stored, its sender keeps it', async () => {
    const listener = await listenSmtp(
      { smtp_host: '127.0.0.1', smtp_port: 0, smtp_recipients: [] },
      () => Promise.reject(new Error('the disk is full')),
      () => {},
    );
    await expect(send({ subject: 'lost?', text: 'x' }, listener.port)).rejects.toMatchObject({ responseCode: 451 });
    await listener.stop();
    const refused = nodemailer.createTransport({ host: '127.0.0.1', port: intake.smtpPort() ?? 0, ignoreTLS: true });
    await expect(refused.sendMail({ from: AUTHOR, to: 'x@elsewhere.example', text: 'x' })).rejects.toMatchObject({
      responseCode: 550,
    });
  });
});

describe.skipIf(process.env['QUCHENG_SKIP_IMAP'] === '1')('a mailbox over IMAP', () => {
  it('R3.2 is read as soon as mail comes (IDLE); each message is marked as seen after it is stored, and signatures prove its author', async () => {
    const server = await startDovecot();
    try {
      const raw = async (subject: string) => {
        const transport = nodemailer.createTransport({
          streamTransport: true,
          buffer: true,
          dkim: { domainName: 'yuanhang.example', keySelector: 'k1', privateKey: keys.privateKey },
        });
        const { message } = await transport.sendMail({
          from: AUTHOR,
          to: 'orders@ours.example',
          subject,
          text: '骑行头盔 7个\n',
        });
        return message as Buffer;
      };
      await server.append(await raw('before'));
      const mailbox = {
        imapHost: '127.0.0.1',
        imapPort: server.port,
        imapSecure: false,
        imapUser: server.user,
        imapFolder: 'INBOX',
      };
      const test = (password: string) =>
        admin.post('/api/v1/intake/settings/test', { ...mailbox, imapPassword: password });
      expect((await test(server.password)).body).toEqual({ ok: true, messages: 1, detail: null });
      const settings = (await admin.get('/api/v1/intake/settings')).body;
      const wanted = { ...settingBody(settings), ...mailbox, imapEnabled: true };
      expect((await admin.put('/api/v1/intake/settings', wanted, { ifMatch: settings.version })).body).toMatchObject({
        code: 'intake.imap_incomplete',
      });
      const set = await admin.put(
        '/api/v1/intake/settings',
        { ...wanted, imapPassword: server.password },
        { ifMatch: settings.version },
      );
      expect(set.body).toMatchObject({ hasImapPassword: true });
      expect(set.text).not.toContain(server.password);
      expect(JSON.stringify(await t.sql('select imap_password from intake_setting'))).not.toContain(server.password);
      await intake.apply();
      await until(async () => (await bySubject('before'))[0]?.state === 'inquiry');
      await until(async () => (await server.count()).unseen === 0);
      await server.append(await raw('while idle'));
      await until(async () => (await bySubject('while idle'))[0]?.state === 'inquiry');
      await until(async () => (await server.count()).unseen === 0);
      expect((await test('wrong')).body).toMatchObject({ ok: false, messages: null });
      expect((await admin.get('/api/v1/intake/settings')).body.channels).toContainEqual(
        expect.objectContaining({ source: 'imap', state: 'running' }),
      );
    } finally {
      await server.stop();
    }
    await until(async () =>
      (await admin.get('/api/v1/intake/settings')).body.channels.some(
        ({ source, state }: { source: string; state: string }) => source === 'imap' && state === 'failed',
      ),
    );
  });
});

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come');
}
