/** Papers over HTTP, and what stands on them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Answer, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';
import { type EffectiveOrder, type InEffect, inEffect } from '../../../../tests/support/in-effect.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { closePdf, type PdfDocument, type PdfNode } from '../../platform/pdf/index.ts';
import { readPartnerLedger } from '../receivables/index.ts';
import { confirmationPaper } from './confirmation-paper.ts';
import { readCompanyHead, readConfirmation, readPickingList, readShipping } from './document-queries.ts';
import { pickingPaper, shippingPaper } from './goods-papers.ts';
import { grouped } from './paper.ts';
import { statementPaper } from './statement-paper.ts';
import { wording } from './wording.ts';

let t: TestApp;
let g: Goods;
let p: InEffect;
let finance: Actor;
let warehouse: Actor;
let order: EffectiveOrder;
let pickingId: string;
let shipmentId: string;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  [finance, warehouse] = await Promise.all([t.as('finance'), t.as('warehouse')]);
  p = await inEffect(t, g, {
    name: '上海𠮷野貿易',
    paymentTerm: { kind: 'deposit_balance', depositRate: '0.3', days: 30 },
  });
  order = await p.order([{ qty: '1200', price: 1_174_592n }, { qty: '2' }]);
  const [picking] = await t.sql<{ id: string }>('select id from picking where order_id = $1', [order.id]);
  pickingId = picking?.id ?? '';
  const step = async (verb: string, body: object) => {
    const { body: now } = await warehouse.get(`/api/v1/pickings/${pickingId}`);
    return warehouse.post(`/api/v1/pickings/${pickingId}/${verb}`, body, { ifMatch: now.version });
  };
  await step('start', {});
  await step('finish', { lines: [] });
  const logistics = await t.as('logistics');
  const shipped = await logistics.post('/api/v1/shipments', {
    orderId: order.id,
    warehouseId: p.warehouseId,
    shippedAt: '2026-03-10T01:30:00Z',
    missingDataReason: '自提',
  });
  shipmentId = shipped.body.id;
});
afterAll(async () => {
  await closePdf();
  await t.close();
});

const paths = () => ({
  confirmation: `/api/v1/orders/${order.id}/confirmation.pdf`,
  note: `/api/v1/shipments/${shipmentId}/note.pdf`,
  list: `/api/v1/pickings/${pickingId}/list.pdf`,
  statement: `/api/v1/partners/${p.partnerId}/statement.pdf?from=2026-03-01&to=2026-03-31`,
});
const refused = ({ status, body }: Answer) => [status, body.code, body.errors?.[0]?.field];

/** All words of a document, in reading order. */
function textOf(node: PdfNode | PdfDocument): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textOf).join(' ');
  if (node === null || typeof node !== 'object') return '';
  return ['content', 'text', 'stack', 'columns', 'table', 'body', 'footer', 'watermark']
    .flatMap((key) => (key in node ? [textOf((node as Record<string, PdfNode>)[key] ?? '')] : []))
    .join(' ');
}

describe('over HTTP', () => {
  test('R4.3 R5.1 R5.2 R6.2 each paper comes as a PDF with a name that every system can save', async () => {
    const wanted = [
      [p.buyer, paths().confirmation, '訂單確認書 '],
      [p.buyer, paths().note, '送貨單 '],
      [warehouse, paths().list, '備貨單 '],
      [p.buyer, paths().statement, '往來對賬單 '],
    ] as const;
    for (const [actor, path, title] of wanted) {
      const { status, headers, text } = await actor.get(path, { locale: 'zh-Hant' });
      expect([status, headers['content-type'], text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
      expect(headers['content-disposition']).toMatch(
        /^inline; filename="[\x20-\x7e]+\.pdf"; filename\*=UTF-8''[\w%.~!$&+^`|-]+$/,
      );
      expect(decodeURIComponent(String(headers['content-disposition']).split("UTF-8''")[1] ?? '')).toContain(title);
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  test('T3 a character that the font lacks is named to the caller', async () => {
    expect((await p.buyer.get(paths().confirmation)).headers['qucheng-missing-characters']).toBe('U+20BB7');
  });

  test('P9 papers of another partner read as missing; lists of the warehouse are not for partners', async () => {
    const stranger = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
    expect(refused(await stranger.get(paths().confirmation))).toEqual([404, 'order.not_found', undefined]);
    expect(refused(await stranger.get(paths().note))).toEqual([404, 'shipment.not_found', undefined]);
    expect(refused(await stranger.get(paths().statement))).toEqual([404, 'partner.not_found', undefined]);
    expect(refused(await stranger.get(paths().list))).toEqual([403, 'permission.denied', undefined]);
    expect(refused(await warehouse.get(`/api/v1/pickings/${order.id}/list.pdf`))).toEqual([
      404,
      'picking.not_found',
      undefined,
    ]);
    expect(refused(await t.anonymous.get(paths().confirmation))).toEqual([401, 'session.required', undefined]);
  });

  test('R4.3 a round that never was, a period that is none, a language that nobody speaks', async () => {
    expect(refused(await p.buyer.get(`${paths().confirmation}?round=2`))).toEqual([404, 'document.no_round', 'round']);
    expect(
      refused(await p.buyer.get(`/api/v1/partners/${p.partnerId}/statement.pdf?from=2026-03-31&to=2026-03-01`)),
    ).toEqual([422, 'document.period', 'from']);
    expect(refused(await p.buyer.get(`${paths().confirmation}?language=fr`))[1]).toBe('request.bad_parameter');
  });
});

describe('what stands on them', () => {
  const confirmation = async (language: 'zh-Hant' | 'zh-Hans' | 'en' | 'bilingual', id = order.id, round?: number) => {
    const doc = await t.services.database.read(COMPANY, (tx) => readConfirmation(tx, id, round));
    return textOf(confirmationPaper(doc, '2026-03-10', wording(language, 'zh-Hant')));
  };

  test('R4.3 the confirmation in effect: version, prices, amounts with capital numerals, payment plan, both to sign', async () => {
    const text = await confirmation('zh-Hant');
    for (const words of [
      '訂單確認書',
      order.no,
      '版本 1',
      '1,200',
      '1.174592',
      '1,409.51',
      '1,635.51',
      '人民幣壹仟陸佰參拾伍元伍角壹分',
      '訂金 30%',
      '490.65',
      '1,144.86',
      '賣方（蓋章）',
      '買方（蓋章）',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('初步');
  });

  test('R4.3 the round as it was sent, in Simplified Chinese, in English without capital numerals, and in both', async () => {
    expect(await confirmation('zh-Hans', order.id, 1)).toContain('确认轮次');
    const english = await confirmation('en');
    expect(english).toContain('Order confirmation');
    expect(english).not.toMatch(/[\u4e00-\u9fff]元/);
    expect(await confirmation('bilingual')).toContain('訂單確認書\nOrder confirmation');
  });

  test('R4.3 what was not sent is marked as preliminary, what waits for an answer says until when', async () => {
    const { body: draft } = await p.buyer.post('/api/v1/orders', {
      lines: [{ sku: (await g.product()).sku, qty: '1' }],
    });
    expect(await confirmation('zh-Hant', draft.id)).toContain('初步');
    const product = await g.product();
    await g.stock(product.id, p.warehouseId, 5);
    const { body: placed } = await p.buyer.post('/api/v1/orders', {
      submit: true,
      lines: [{ sku: product.sku, qty: '1', requestedOn: '2026-12-20' }],
    });
    const { body: sent } = await p.sales.post(`/api/v1/orders/${placed.id}/send-confirmation`, undefined, {
      ifMatch: placed.version,
    });
    const text = await confirmation('zh-Hant', sent.id);
    expect(text).toContain('確認輪次 1');
    expect(text).toContain('請於 2026-03-13 前回覆');
    expect(text).toContain('逾期未回覆不視為同意');
  });

  test('R5.2 the shipping note has goods, places and room for what was received, and no price', async () => {
    const doc = await t.services.database.read(COMPANY, (tx) => readShipping(tx, shipmentId));
    const text = textOf(shippingPaper(doc, wording('zh-Hant', 'zh-Hant')));
    for (const words of [
      '送貨單',
      order.no,
      '2026-03-10 09:30',
      '1,200',
      '1,202',
      '實收數量',
      '收貨人簽收',
      '试验路 1 号',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('1,409.51');
  });

  test('R5.1 the picking list has what to pick, where, until when', async () => {
    const doc = await t.services.database.read(COMPANY, (tx) => readPickingList(tx, pickingId));
    const text = textOf(pickingPaper(doc, '2026-03-10', wording('zh-Hans', 'zh-Hans')));
    for (const words of ['备货单', order.no, '应拣数量', '1,200', '备货期限', '备货人']) expect(text).toContain(words);
    expect(text).not.toContain('1,409.51');
  });

  test('R6.2 the statement has opening, movements and closing of the period', async () => {
    await finance.post('/api/v1/invoices', { orderId: order.id, beforePaymentReason: 'x' });
    await finance.post('/api/v1/payments', {
      partnerId: p.partnerId,
      amount: '1000.00',
      receivedOn: '2026-03-10',
      method: 'bank_transfer',
      confirm: true,
    });
    const text = await t.services.database.read(COMPANY, async (tx) => {
      const ledger = await readPartnerLedger(tx, p.partnerId, { from: '2026-03-01', to: '2026-03-31' });
      return textOf(statementPaper(await readCompanyHead(tx), ledger, '2026-03-10', wording('zh-Hant', 'zh-Hant')));
    });
    for (const words of [
      '期初餘額',
      '1,635.51',
      '1,000.00',
      '635.51',
      '人民幣陸佰參拾伍元伍角壹分',
      '發票 IV-2026-000001',
      '收款 PM-2026-000001',
    ])
      expect(text).toContain(words);
  });

  test.each([
    ['0.00', '0.00'],
    ['-1234567.80', '-1,234,567.80'],
    ['999', '999'],
    ['1000', '1,000'],
    ['100000.123456', '100,000.123456'],
  ])('%s is printed as %s', (plain, shown) => {
    expect(grouped(plain)).toBe(shown);
  });
});
