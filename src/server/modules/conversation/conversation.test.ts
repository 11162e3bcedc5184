import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { newId } from '../../kernel/ids.ts';

let t: TestApp;
let partnerId: string;
let orderId: string;
let sales: Actor;
let buyer: Actor;
let stranger: Actor;

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  Buffer.from('…'),
  Buffer.from('49454e44ae426082', 'hex'),
]);
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript >> >>\nendobj\n%%EOF\n');
const JPEG = Buffer.from('ffd8ffe000104a464946ffd9', 'hex');
const XLSX = Buffer.concat([
  Buffer.from('504b0304', 'hex'),
  Buffer.from('[Content_Types].xml'),
  deflateRawSync('x'),
  Buffer.from('xl/workbook.xml'),
]);
const TYPES = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const messages = () => `/api/v1/documents/order/${orderId}/messages`;
const upload = (actor: Actor, content: Buffer, type: string, name: string, more = '') =>
  actor.send(
    'POST',
    `/api/v1/documents/order/${orderId}/attachments?fileName=${encodeURIComponent(name)}${more}`,
    content,
    { headers: { 'content-type': type } },
  );

beforeAll(async () => {
  t = await testApp();
  sales = await t.as('sales');
  partnerId = await t.partner();
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  stranger = await t.as({ partnerId: await t.partner({ ownerId: null }), role: 'partner_buyer' });
  orderId = newId(t.clock.now());
  await t.sql(
    `insert into sales_order (id, no, partner_id, state, version, channel, currency, tax_inclusive, payment_method, payment_term, created_at, state_since)
     values ($1, 'SO-2026-000001', $2, 'draft', 1, 'sales', 'CNY', true, 'bank_transfer', '{"kind":"prepaid"}', $3, $3)`,
    [orderId, partnerId, t.clock.now()],
  );
});
afterAll(() => t.close());

describe('conversation on a document', () => {
  test('both sides write and read; who wrote, on which side, and whether it was me', async () => {
    expect(await sales.post(messages(), { body: '请确认交期' })).toMatchObject({
      status: 201,
      body: { body: '请确认交期', authorSide: 'staff', mine: true, isInternal: false },
    });
    t.clock.advance(1000);
    expect(await buyer.post(messages(), { body: '可以\n谢谢' })).toMatchObject({
      status: 201,
      body: { authorSide: 'partner', mine: true },
    });
    const { body } = await buyer.get(messages());
    expect(body).toMatchObject({
      total: 2,
      items: [
        { body: '可以\n谢谢', mine: true },
        { body: '请确认交期', mine: false, author: expect.any(String) },
      ],
    });
  });

  test('P9 an internal note never reaches the partner: not in the list, not by number, not in the log, not as a notice', async () => {
    t.clock.advance(1000);
    const note = await sales.post(messages(), { body: '毛利太低', isInternal: true });
    expect(note).toMatchObject({ status: 201, body: { isInternal: true } });
    expect((await sales.get(messages())).body.items[0].body).toBe('毛利太低');
    expect((await buyer.get(messages())).body).toMatchObject({ total: 2 });
    expect((await buyer.get(messages())).text).not.toContain('毛利');
    const seen = await t.services.database.read({ kind: 'partners', ids: [partnerId] }, (tx) =>
      tx.query({ text: 'select * from event where document_id = $1', values: [note.body.id] }),
    );
    expect(seen).toEqual([]);
    expect(await buyer.post(messages(), { body: 'x', isInternal: true })).toMatchObject({
      status: 403,
      body: { code: 'permission.denied' },
    });
  });

  test('P9 another partner’s document is not there', async () => {
    for (const answer of [await stranger.get(messages()), await stranger.post(messages(), { body: 'x' })]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'order.not_found' } });
    }
    expect((await sales.get(`/api/v1/documents/order/${newId(t.clock.now())}/messages`)).status).toBe(404);
    expect((await sales.get('/api/v1/documents/secrets/x/messages')).status).toBe(400);
  });

  test('one’s own message can be taken back, nobody else’s; its words are gone for everybody', async () => {
    const { body } = await buyer.post(messages(), { body: 'oops' });
    expect(await sales.post(`/api/v1/messages/${body.id}/retract`)).toMatchObject({
      status: 404,
      body: { code: 'message.not_found' },
    });
    expect(await buyer.post(`/api/v1/messages/${body.id}/retract`)).toMatchObject({
      status: 200,
      body: { body: '', retractedAt: expect.any(String) },
    });
    expect((await buyer.post(`/api/v1/messages/${body.id}/retract`)).status).toBe(200);
    expect((await sales.get(messages())).text).not.toContain('oops');
    expect(await t.sql('select version from event where document_id = $1 order by version', [body.id])).toEqual([
      { version: 1 },
      { version: 2 },
    ]);
  });

  test('the log holds no words of a message', async () => {
    const rows = await t.sql<{ payload: unknown }>(`select payload from event where type = 'message.posted'`);
    expect(rows.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows)).not.toMatch(/请确认|毛利|谢谢/);
  });
});

describe('F1 files', () => {
  test.each([
    ['pdf', PDF, TYPES.pdf],
    ['png', PNG, TYPES.png],
    ['jpg', JPEG, TYPES.jpeg],
    ['csv', Buffer.from('sku,qty\nA-1,3\n'), TYPES.csv],
    ['csv in GB 18030', Buffer.from('b2fac6b72cca fdc1bf0a'.replace(' ', ''), 'hex'), TYPES.csv],
    ['xlsx', XLSX, TYPES.xlsx],
  ])('F1 %s goes in and comes out byte for byte, to be saved and never shown', async (_, content, type) => {
    const put = await upload(buyer, content, type, '合同 v1.bin');
    expect(put.status).toBe(201);
    expect(put.body).toMatchObject({ mediaType: type, byteCount: content.length, isInternal: false });
    const got = await t.running.app.server.inject({
      method: 'GET',
      url: `/api/v1/attachments/${put.body.id}`,
      headers: { host: 'qucheng.test', cookie: await cookieOf(buyer) },
    });
    expect(got.statusCode).toBe(200);
    expect(got.rawPayload.equals(content)).toBe(true);
    expect(got.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
    expect(got.headers['content-disposition']).toMatch(
      /^attachment; filename="__ v1\.bin\.\w+"; filename\*=UTF-8''%E5%90%88%E5%90%8C%20v1\.bin\.\w+$/,
    );
  });

  test.each([
    ['HTML as png', Buffer.from('<html><script>alert(1)</script>'), TYPES.png],
    ['png with HTML behind it', Buffer.concat([PNG, Buffer.from('<script>alert(1)</script>')]), TYPES.png],
    ['png as pdf', PNG, TYPES.pdf],
    ['SVG as csv', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), TYPES.csv],
    ['HTML as csv', Buffer.from('  <!doctype html><p>'), TYPES.csv],
    ['a program as csv', Buffer.from('MZ\u0000\u0001'), TYPES.csv],
    ['a zip as xlsx', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.from('evil.exe')]), TYPES.xlsx],
    ['a pdf cut short', PDF.subarray(0, 20), TYPES.pdf],
  ])('F1 %s is refused', async (_, content, type) => {
    expect(await upload(buyer, content, type, 'a.bin')).toMatchObject({
      status: 415,
      body: { code: 'attachment.type_mismatch' },
    });
  });

  test('F1 types that are not taken, empty files and files over 20 MB are refused', async () => {
    expect(await upload(buyer, Buffer.from('<svg/>'), 'image/svg+xml', 'a.svg')).toMatchObject({
      status: 415,
      body: { code: 'request.media_type' },
    });
    expect(await upload(buyer, Buffer.alloc(0), TYPES.pdf, 'a.pdf')).toMatchObject({
      status: 422,
      body: { code: 'attachment.empty' },
    });
    const large = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20 * 1024 * 1024), Buffer.from('%%EOF')]);
    expect(await upload(buyer, large, TYPES.pdf, 'a.pdf')).toMatchObject({
      status: 413,
      body: { code: 'request.too_large' },
    });
  });

  test('F1 a file name cannot lead out of a folder, hide its ending or break the header', async () => {
    const names: [string, string][] = [
      ['../../etc/passwd', 'passwd.pdf'],
      ['..\\..\\boot.ini', 'boot.ini.pdf'],
      ['a\u202Efdp.exe', 'afdp.exe.pdf'],
      ['x"; filename="evil.exe', 'x; filename=evil.exe.pdf'],
      ['报价.PDF', '报价.PDF'],
      ['.pdf', 'pdf.pdf'],
    ];
    for (const [given, kept] of names)
      expect((await upload(sales, PDF, TYPES.pdf, given)).body.fileName, given).toBe(kept);
  });

  test('P9 files of others, internal files and files of messages taken back are not there', async () => {
    const own = (await upload(buyer, PDF, TYPES.pdf, 'a.pdf')).body.id;
    expect((await stranger.get(`/api/v1/attachments/${own}`)).body.code).toBe('attachment.not_found');
    const internal = (await upload(sales, PDF, TYPES.pdf, 'cost.pdf', '&isInternal=true')).body.id;
    expect((await buyer.get(`/api/v1/attachments/${internal}`)).body.code).toBe('attachment.not_found');
    expect((await buyer.get(`/api/v1/documents/order/${orderId}/attachments?limit=200`)).text).not.toContain(
      'cost.pdf',
    );
    expect(await upload(buyer, PDF, TYPES.pdf, 'a.pdf', '&isInternal=true')).toMatchObject({ status: 403 });

    const hung = (await upload(buyer, PDF, TYPES.pdf, 'hung.pdf')).body.id;
    const message = await buyer.post(messages(), { body: 'see file', attachmentIds: [hung] });
    expect(message.body.attachments).toMatchObject([{ id: hung, fileName: 'hung.pdf' }]);
    expect((await sales.get(`/api/v1/attachments/${hung}`)).status).toBe(200);
    await buyer.post(`/api/v1/messages/${message.body.id}/retract`);
    expect((await sales.get(`/api/v1/attachments/${hung}`)).status).toBe(404);
  });

  test('P9 a file on an internal note becomes internal; only one’s own loose files can be hung on a message', async () => {
    const file = (await upload(sales, PDF, TYPES.pdf, 'calc.pdf')).body.id;
    expect(await buyer.post(messages(), { body: 'x', attachmentIds: [file] })).toMatchObject({
      status: 404,
      body: { code: 'attachment.not_found' },
    });
    expect(
      (await sales.post(messages(), { body: 'note', isInternal: true, attachmentIds: [file] })).body.attachments,
    ).toMatchObject([{ id: file, isInternal: true }]);
    expect((await buyer.get(`/api/v1/attachments/${file}`)).status).toBe(404);
    expect((await sales.post(messages(), { body: 'again', attachmentIds: [file] })).status).toBe(404);
  });

  test('one’s own file can be taken back', async () => {
    const id = (await upload(buyer, PDF, TYPES.pdf, 'wrong.pdf')).body.id;
    expect((await sales.post(`/api/v1/attachments/${id}/retract`)).status).toBe(404);
    expect((await buyer.post(`/api/v1/attachments/${id}/retract`)).status).toBe(200);
    expect((await buyer.get(`/api/v1/attachments/${id}`)).status).toBe(404);
  });
});

async function cookieOf(actor: Actor): Promise<string> {
  const { current } = actor as Actor & { current(): Promise<{ token: string }> };
  return `qc_session=${(await current()).token}`;
}
