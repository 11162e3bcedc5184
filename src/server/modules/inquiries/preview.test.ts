import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { termOf } from './match-products.ts';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';

let t: TestApp;
let sales: Actor;
let buyer: Actor;
let stranger: Actor;
let partnerId: string;
let ids: Record<string, string>;

beforeAll(async () => {
  t = await testApp();
  sales = await t.as('sales');
  partnerId = await t.partner({ name: '宁波远航车行有限公司' });
  buyer = await t.as({ partnerId, role: 'partner_buyer' });
  stranger = await t.as({ partnerId: await t.partner({ name: '武汉江城车业有限公司' }), role: 'partner_buyer' });
  const order = await t.as('order_processing');
  const made = async (sku: string, name: string, nameEn: string, more: object = {}) => {
    const { body, status } = await order.post('/api/v1/products', {
      sku,
      name,
      nameEn,
      unit: '个',
      unitEn: 'pcs',
      taxRate: '0.13',
      kind: 'stock',
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id as string;
  };
  ids = {
    red: await made('HL-U509-R', '骑行头盔 红色', 'Sport-100 Helmet, Red'),
    blue: await made('HL-U509-B', '骑行头盔 蓝色', 'Sport-100 Helmet, Blue'),
    bottle: await made('WB-H098', '运动水壶', 'Water Bottle', { minQty: '10', multipleQty: '5' }),
    fitting: await made('SV-FIT', '门店安装服务', 'Fitting service', { kind: 'service', unit: '次', unitEn: 'visit' }),
  };
});
afterAll(() => t.close());

const preview = (who: Actor, body: object) => who.post('/api/v1/inquiries/preview', body);

describe('核對: what was written, as it is understood', () => {
  it('R3.2 words become lines with product, confidence, alternatives, gaps and oddities; what is not sure is never picked', async () => {
    const { status, body } = await preview(buyer, {
      text: '骑行头盔 红色 20個 2026/12/31前\nWater Bottle 12 箱 3月1日\n骑行头盔 5个\nWB-H098 x 1.5\n门店安装服务 2次，2099/01/01',
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(
      body.lines.map((line: { product: { sku: string } | null; gaps: string[] }) => [
        line.product?.sku ?? null,
        line.gaps,
      ]),
    ).toEqual([
      ['HL-U509-R', []],
      ['WB-H098', []],
      [null, ['spec', 'requestedOn']],
      ['WB-H098', ['requestedOn']],
      ['SV-FIT', []],
    ]);
    expect(body.lines[0].confidence).toBeGreaterThanOrEqual(95);
    expect(
      body.lines[2].alternatives
        .map(({ sku }: { sku: string }) => sku)
        .slice(0, 2)
        .sort(),
    ).toEqual(['HL-U509-B', 'HL-U509-R']);
    const odd = (at: number) => body.lines[at].oddities.map(({ code }: { code: string }) => code);
    expect(odd(0)).not.toContain('unit');
    expect(odd(1)).toContain('unit');
    expect(odd(3)).toEqual(expect.arrayContaining(['repeated', 'qty_whole', 'qty_minimum']));
    expect(odd(4)).toContain('date_far');
  });

  it('R3.2 a workbook and a CSV file are read by their titles, whatever stands above and below the table', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('采购');
    sheet.addRow(['采购订单']);
    sheet.addRow(['采购单号：PO-77', null, '交货日期', new Date('2026-12-18T00:00:00Z')]);
    sheet.addRow(['序号', '产品名称', '规格', '数量', '单位', '交期']);
    sheet.addRow([1, '骑行头盔', '红色', 1200, '个', new Date('2026-12-11T00:00:00Z')]);
    sheet.addRow([2, '运动水壶', '', 20, '个', null]);
    sheet.addRow([null, '合计', null, 1220]);
    const bytes = Buffer.from((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
    const { status, body } = await buyer.send('POST', '/api/v1/inquiries/preview-file', bytes, {
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ poNo: 'PO-77', requestedOn: '2026-12-18' });
    expect(body.lines).toMatchObject([
      { product: { sku: 'HL-U509-R' }, qty: '1200', requestedOn: '2026-12-11' },
      { product: { sku: 'WB-H098' }, qty: '20', requestedOn: '2026-12-18' },
    ]);
    const csv = await sales.send(
      'POST',
      `/api/v1/inquiries/preview-file?partnerId=${partnerId}`,
      Buffer.from('SKU;Qty;Need by\nHL-U509-B;3;2026-12-01\n'),
      { headers: { 'content-type': 'text/csv' } },
    );
    expect(csv.body.lines).toMatchObject([{ product: { id: ids.blue }, qty: '3', requestedOn: '2026-12-01' }]);
  });

  it('R3.2 the file itself is attached to the inquiry that is made of it, as it came, for both sides; nobody else’s file can be', async () => {
    const bytes = iconv.encode('产品,数量,交期\n骑行头盔 红色,3,2026-12-01\n', 'gb18030');
    const upload = (who: Actor, query = '') =>
      who.send('POST', `/api/v1/inquiries/preview-file?fileName=${encodeURIComponent('需求 表.csv')}${query}`, bytes, {
        headers: { 'content-type': 'text/csv' },
      });
    const { fileId } = (await upload(buyer)).body;
    const body = { lines: [{ wanted: '骑行头盔 红色', qty: '3', requestedOn: '2026-12-01' }], fileIds: [fileId] };
    expect((await stranger.post('/api/v1/inquiries', body)).body).toMatchObject({
      code: 'attachment.not_found',
      errors: [{ field: 'fileIds.0' }],
    });
    const made = (await buyer.post('/api/v1/inquiries', { ...body, channel: 'excel' })).body;
    for (const who of [buyer, sales]) {
      const { items } = (await who.get(`/api/v1/documents/inquiry/${made.id}/attachments`)).body;
      expect(items).toMatchObject([{ fileName: '需求 表.csv', isInternal: false }]);
      expect((await who.get(`/api/v1/attachments/${items[0].id}`)).status).toBe(200);
    }
    expect(await t.sql(`select content from attachment where document_id = $1`, [made.id])).toEqual([
      { content: bytes },
    ]);
    // Once only; and by sales for the partner.
    expect((await buyer.post('/api/v1/inquiries', body)).body.code).toBe('attachment.not_found');
    const own = (await upload(sales, `&partnerId=${partnerId}`)).body.fileId;
    const entered = await sales.post('/api/v1/inquiries', { ...body, partnerId, channel: 'excel', fileIds: [own] });
    expect(entered.status).toBe(201);
    expect(await t.sql(`select 1 from inquiry_upload where file_name = '需求 表.csv'`)).toEqual([]);
    // What is never sent does not pile up.
    for (let n = 0; n < 22; n += 1) {
      t.clock.advance(1);
      await upload(buyer);
    }
    const [kept] = await t.sql(`select count(*)::int as n from inquiry_upload where uploaded_by = $1`, [buyer.userId]);
    expect(kept).toEqual({ n: 20 });
  });

  it('P17 what holds no goods, is no table or belongs to another partner is refused by name', async () => {
    expect((await preview(buyer, { text: '您好，请尽快回电' })).body).toMatchObject({ code: 'inquiry.nothing_read' });
    const file = (bytes: Buffer) =>
      buyer.send('POST', '/api/v1/inquiries/preview-file', bytes, {
        headers: { 'content-type': 'application/octet-stream' },
      });
    expect((await file(Buffer.from('%PDF-1.7 x'))).body).toMatchObject({ code: 'attachment.type_mismatch' });
    expect((await file(Buffer.from('a,b\n1,"2'))).body).toMatchObject({ code: 'import.unreadable' });
    expect((await file(Buffer.from('name,city\nA,B\n'))).body).toMatchObject({ code: 'inquiry.nothing_read' });
    expect((await preview(stranger, { partnerId, text: '头盔 2个' })).status).toBe(404);
    expect((await preview(sales, { text: '头盔 2个' })).body).toMatchObject({ code: 'field.required' });
  });
});

describe('names that are learnt', () => {
  const wanted = { wanted: '小红帽', qty: '10', requestedOn: '2026-12-31' };
  const understood = async (who: Actor) => (await preview(who, { lines: [wanted] })).body.lines[0];

  it("R3.2 a partner's own name for a product is known from the first correction on, to this partner alone, until somebody corrects it again", async () => {
    expect(await understood(buyer)).toMatchObject({ product: null });
    const made = await buyer.post('/api/v1/inquiries', { lines: [wanted] });
    expect(made.body.lines[0]).toMatchObject({ product: null, gaps: ['product'] });
    const corrected = await sales.post(
      `/api/v1/inquiries/${made.body.id}/answer`,
      { lines: [{ lineNo: 1, productId: ids.red }] },
      { ifMatch: made.body.version },
    );
    expect(corrected.status).toBe(200);
    expect(await understood(buyer)).toMatchObject({ product: { id: ids.red }, confidence: 98 });
    expect(await understood(stranger)).toMatchObject({ product: null });
    const next = await buyer.post('/api/v1/inquiries', { lines: [wanted] });
    expect(next.body.lines[0]).toMatchObject({ product: { id: ids.red }, gaps: [] });
    await buyer.post('/api/v1/inquiries', { lines: [{ ...wanted, productId: ids.blue }] });
    expect(await understood(buyer)).toMatchObject({ product: { id: ids.blue } });
  });
});

it('R3.2 what is learnt is the name, not how many were wanted that time; a measure belongs to the name', async () => {
  const made = await buyer.post('/api/v1/inquiries', { lines: [{ wanted: '大黄蜂头盔 4 件', spec: '大黄蜂' }] });
  const at = { lines: [{ lineNo: 1, productId: ids.red }] };
  await sales.post(`/api/v1/inquiries/${made.body.id}/answer`, at, { ifMatch: made.body.version });
  const means = async (wanted: string) =>
    (await preview(buyer, { lines: [{ wanted }] })).body.lines[0].product?.id ?? null;
  expect([await means('大黄蜂头盔 12件'), await means('大黄蜂头盔')]).toEqual([ids.red, ids.red]);
  expect(termOf('水袋背包 2L', null)).not.toBe(termOf('水袋背包 3L', null));
});

it('R3.2 learnt names are listed, corrected, forgotten and put back by sales; each step is in the history', async () => {
  const list = async () => (await sales.get(`/api/v1/partners/${partnerId}/terms?q=小蓝帽`)).body.items;
  const version = async () => (await sales.get(`/api/v1/partners/${partnerId}`)).body.version;
  const say = async (productId: string | null, term = '小 蓝-帽') =>
    sales.post(`/api/v1/partners/${partnerId}/terms`, { term, productId }, { ifMatch: await version() });
  const means = async () => (await preview(buyer, { lines: [{ wanted: '小蓝帽' }] })).body.lines[0].product?.id ?? null;
  expect((await say(ids.red ?? '')).body).toEqual({ term: '小蓝帽', productId: ids.red, before: null });
  expect((await say(ids.blue ?? '')).body.before).toBe(ids.red);
  expect(await means()).toBe(ids.blue);
  expect(await list()).toMatchObject([{ term: '小蓝帽', product: { id: ids.blue, sku: 'HL-U509-B' } }]);
  expect((await say(null)).body.before).toBe(ids.blue);
  expect([await means(), await list()]).toEqual([null, []]);
  await say(ids.blue ?? '');
  expect(await means()).toBe(ids.blue);
  expect((await say(ids.blue ?? '', '。-')).body.errors).toMatchObject([{ field: 'term', code: 'term.too_short' }]);
  expect((await say(partnerId)).body.code).toBe('product.not_found');
  const { body } = await sales.get(`/api/v1/partners/${partnerId}/history`);
  expect(body.items.filter(({ type }: { type: string }) => type === 'partner.term_changed')).toHaveLength(4);
});

it('R3.2 products outside of what the partner may buy are neither chosen nor offered', async () => {
  const line = async () => (await preview(stranger, { text: 'HL-U509-R x 3' })).body.lines[0];
  expect(await line()).toMatchObject({ product: { id: ids['red'] } });
  await t.sql(
    `insert into partner_range (id, partner_id, product_id) select gen_random_uuid(), partner_id, $2 from app_user where id = $1`,
    [stranger.userId, ids['bottle']],
  );
  const seen = await line();
  expect(seen).toMatchObject({ product: null, gaps: ['product', 'requestedOn'] });
  expect(JSON.stringify(seen.alternatives)).not.toContain(ids['red']);
});
