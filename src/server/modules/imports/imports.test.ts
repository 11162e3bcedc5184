import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUscc } from '../../kernel/uscc.ts';
import type { Actor as Caller } from '../../platform/pipeline/types.ts';
import { type Actor, type Answer, HOST, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { goods } from '../../../../tests/support/goods.ts';
import { kindOf } from './kinds.ts';
import { runInParts } from './run-import.ts';
import type { RowFate } from './import-table.ts';

let t: TestApp;
type Person = Actor & { token: string };
let manager: Person;
let sales: Person;
beforeAll(async () => {
  t = await testApp();
  [manager, sales] = await Promise.all([t.signedIn('manager'), t.signedIn('sales')]);
  await manager.post('/api/v1/price-lists', { code: 'BASE', name: '基準', kind: 'base', taxInclusive: true });
});
afterAll(() => t.close());

let made = 0;
const skus = (n: number) => Array.from({ length: n }, () => `I-${++made}`);
const upload = (
  by: Actor,
  kind: string,
  mode: string,
  file: string | Buffer,
  options: { locale?: string; type?: string; name?: string } = {},
): Promise<Answer> =>
  by.send(
    'POST',
    `/api/v1/imports?kind=${kind}&mode=${mode}&fileName=${encodeURIComponent(options.name ?? 'list.csv')}`,
    Buffer.from(file),
    {
      headers: { 'content-type': options.type ?? 'text/csv' },
      ...(options.locale === undefined ? {} : { locale: options.locale }),
    },
  );
const count = async (table: 'product' | 'partner' | 'price_entry') =>
  (await t.sql<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n;
const products = (list: readonly string[], bad: Record<string, string> = {}) =>
  ['sku,name,unit,taxRate', ...list.map((sku) => bad[sku] ?? `${sku},产品 ${sku},件,0.13`)].join('\n');
/** The bytes of a download. */
const download = async (by: Person, path: string, locale = 'en') => {
  const headers = { host: HOST, 'accept-language': locale, cookie: `qc_session=${by.token}` };
  const response = await t.running.app.server.inject({ method: 'GET', url: path, headers });
  expect(response.statusCode).toBe(200);
  return { headers: response.headers, bytes: response.rawPayload };
};
const cellsOf = async (bytes: Buffer): Promise<unknown[][]> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as never);
  return (workbook.worksheets[0]?.getSheetValues() ?? [])
    .slice(1)
    .map((row) => (Array.isArray(row) ? row.slice(1) : []));
};

describe('modes', () => {
  it('R3.1 a check says what would happen and writes nothing', async () => {
    const before = await count('product');
    const { status, body } = await upload(manager, 'products', 'check', products(skus(3)));
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { rowCount: 3, okCount: 3, errorCount: 0, committed: false },
    });
    expect(await count('product')).toBe(before);
    expect(await t.sql(`select 1 from idempotency where operation = 'import.products'`)).toEqual([]);
  });

  it('P17 one bad row of many: all or nothing writes nothing, valid rows writes the others and lists the bad one (F7)', async () => {
    const list = skus(40);
    const bad = { [list[20] ?? '']: `${list[20]},x,件,1.5` };
    const before = Number(await count('product'));
    const none = await upload(manager, 'products', 'all_or_nothing', products(list, bad));
    expect(none.body).toMatchObject({ okCount: 39, errorCount: 1, committed: false });
    expect(none.body.rows[0]).toMatchObject({
      row: 22,
      ok: false,
      errors: [{ column: 'taxRate', code: 'product.tax_rate' }],
    });
    expect(Number(await count('product'))).toBe(before);
    const some = await upload(manager, 'products', 'valid_rows', products(list, bad));
    expect(some.body).toMatchObject({ okCount: 39, errorCount: 1, committed: true });
    expect(Number(await count('product'))).toBe(before + 39);
    const all = await upload(manager, 'products', 'all_or_nothing', products(skus(5)));
    expect(all.body).toMatchObject({ okCount: 5, errorCount: 0, committed: true });
  });

  it('P17 the same file a second time makes nothing new and says so, in every mode (F7)', async () => {
    const list = skus(12);
    await upload(manager, 'products', 'valid_rows', products(list));
    const before = await count('product');
    for (const mode of ['valid_rows', 'all_or_nothing', 'check']) {
      const { body } = await upload(manager, 'products', mode, products(list));
      expect(body, mode).toMatchObject({ okCount: 12, errorCount: 0, replayedCount: 12 });
      expect(body.rows[0]).toMatchObject({ row: 2, ok: true, replayed: true, no: list[0] });
    }
    expect(await count('product')).toBe(before);
  });

  it('P17 an import that is killed in the middle goes on exactly where it stopped (F7)', async () => {
    const list = skus(1100);
    const bytes = Buffer.from(products(list));
    const before = Number(await count('product'));
    const actor = await callerOf(manager);
    const call = {
      runtime: t.services.runtime,
      actor,
      now: () => t.clock.now(),
      requestId: 'r',
      kind: kindOf('products'),
      mode: 'valid_rows' as const,
      existing: 'keep' as const,
      bytes,
    };
    let rows = 0;
    const killed = async (part: RowFate[]) => {
      rows += part.length;
      if (rows >= 500) throw new Error('killed');
      return true;
    };
    await expect(runInParts(call, { after: 0, keep: killed })).rejects.toThrow('killed');
    expect(Number(await count('product'))).toBe(before + 500);
    const fates: RowFate[] = [];
    await runInParts(call, { after: 0, keep: async (part) => fates.push(...part) > 0 });
    expect([fates.filter(({ replayed }) => replayed).length, fates.filter(({ ok }) => ok).length]).toEqual([500, 1100]);
    expect(Number(await count('product'))).toBe(before + 1100);
    expect(await t.sql(`select sku from product where sku = any($1) group by sku having count(*) > 1`, [list])).toEqual(
      [],
    );
  });

  it('P17 the same row twice in a file is found by the check already', async () => {
    const [sku = ''] = skus(1);
    const { body } = await upload(manager, 'products', 'check', products([sku, sku]));
    expect(body.rows[0]).toMatchObject({ row: 3, ok: false, errors: [{ column: 'sku', code: 'product.duplicate' }] });
  });

  it('R3.1 rows that only the database can refuse are found too, the others go in', async () => {
    const list = skus(4);
    // Two rows whose products another import enters between check and write are found by the constraint.
    const file = products(list);
    await Promise.all([
      upload(manager, 'products', 'valid_rows', file),
      upload(await t.as({ role: 'manager', name: 'second' }), 'products', 'valid_rows', file),
    ]);
    expect(await t.sql(`select count(*)::int as n from product where sku = any($1)`, [list])).toEqual([{ n: 4 }]);
  });
});

/** The actor behind a client, as the server makes it. */
async function callerOf(of: Person): Promise<Caller> {
  const actor = await t.services.authenticator.bySession(of.token, t.clock.now());
  if (actor === null) throw new Error('no actor');
  return actor;
}

describe('files', () => {
  it('R3.1 headers are understood in three languages, as earlier files had them, and by technical name, whatever their order', async () => {
    for (const header of [
      '產品編碼*,產品名稱 *,單位,稅率（小數）',
      '產品代碼*,產品名稱 *,單位,稅率（小數）',
      '产品代码,产品名称,单位,税率',
      'Product code,PRODUCT NAME,unit,Tax rate',
      'sku,name,unit,tax_rate',
    ]) {
      const [sku = ''] = skus(1);
      const { body } = await upload(manager, 'products', 'valid_rows', `${header}\n${sku},x,件,13%`);
      expect(body, header).toMatchObject({ okCount: 1, errorCount: 0 });
      expect(await t.sql('select tax_rate::text from product where sku = $1', [sku])).toEqual([{ tax_rate: '130000' }]);
    }
  });

  it('P17 unknown, repeated and missing columns are named together, and nothing is imported (F6)', async () => {
    const { status, body } = await upload(manager, 'products', 'valid_rows', 'sku,name,sku,colour,unit\nA,B,C,D,E');
    expect({ status, code: body.code, params: body.errors[0].params }).toEqual({
      status: 422,
      code: 'import.columns',
      params: { columns: 'C1 sku, D1 colour, taxRate' },
    });
  });

  it('P17 cells that are no value are listed with their address, and the file goes on (D7, F6)', async () => {
    const workbook = new ExcelJS.Workbook();
    const page = workbook.addWorksheet('p');
    page.addRow(['priceList', 'sku', 'validFrom', 'validTo', 'unitPrice']);
    const list = skus(5);
    await upload(manager, 'products', 'valid_rows', products(list));
    page.addRow(['BASE', list[0], '01/02/2026', null, 5]);
    page.addRow(['BASE', list[1], new Date('2026-01-01T00:00:00Z'), '2026年12月31日', 1.15]);
    page.addRow(['BASE', list[2], '2026-1-1', null, { formula: '1/0', result: { error: '#DIV/0!' } }]);
    page.addRow(['BASE', list[3], '2026-02-30', null, 'ten']);
    page.addRow(['BASE', list[4], 20260101, null, '1,234.5']);
    const file = Buffer.from((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
    const { body } = await upload(manager, 'prices', 'valid_rows', file, {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    });
    const faults = body.rows
      .filter((row: { ok: boolean }) => !row.ok)
      .map((row: { row: number; errors: { cell: string; code: string }[] }) => [
        row.row,
        row.errors.map(({ cell, code }) => `${cell} ${code}`),
      ]);
    expect(faults).toEqual([
      [2, ['C2 import.cell_date']],
      [4, ['E4 import.cell_formula_error']],
      [5, ['C5 import.cell_date', 'E5 import.cell_number']],
    ]);
    expect(
      await t.sql(
        `select p.sku, e.unit_price::text, e.valid_to::text from price_entry e join product p on p.id = e.product_id where p.sku = any($1) order by p.sku`,
        [list],
      ),
    ).toEqual([
      { sku: list[1], unit_price: '1150000', valid_to: '2026-12-31' },
      { sku: list[4], unit_price: '1234500000', valid_to: '2999-12-31' },
    ]);
  });

  it('P17 rows with more cells than headers, missing values, digits that a spreadsheet has lost (F6)', async () => {
    const [a = '', b = ''] = skus(2);
    const { body } = await upload(
      manager,
      'products',
      'valid_rows',
      `sku,name,unit,taxRate,isSellable\n${a},x,件,0.13,maybe,extra\n${b},,件,0.13`,
    );
    expect(
      body.rows.map((row: { errors: { code: string; column: string | null }[] }) =>
        row.errors.map(({ code, column }) => `${column} ${code}`),
      ),
    ).toEqual([['isSellable import.cell_flag', 'null import.ragged'], ['name field.required']]);
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('p').addRows([
      ['name', 'taxNo', 'confirmDuplicate'],
      ['失位公司', 913100001234567800, '是'],
    ]);
    const digits = await upload(
      sales,
      'partners',
      'check',
      Buffer.from((await workbook.xlsx.writeBuffer()) as ArrayBuffer),
      { type: 'application/octet-stream' },
    );
    expect(digits.body.rows[0].errors).toMatchObject([{ column: 'taxNo', cell: 'B2', code: 'import.cell_digits' }]);
  });

  it('P17 whole files that cannot be taken are refused and leave nothing, not even a record', async () => {
    const before = [await count('product'), await t.sql('select count(*) from import_run')];
    const refused = async (file: string | Buffer, mode = 'valid_rows') =>
      (await upload(manager, 'products', mode, file)).body.code;
    const good = products(skus(300));
    expect(await refused(`${good}\n"never closed,x,件,0.13`)).toBe('import.unreadable');
    expect(await refused('%PDF-1.7')).toBe('attachment.type_mismatch');
    expect(await refused('sku,name,unit,taxRate\n')).toBe('import.empty');
    expect(await refused('\n\n')).toBe('import.empty');
    expect(await refused(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(64)]))).toBe('import.unreadable');
    expect(await refused(`sku,name,unit,taxRate\n${'a,b,c,0\n'.repeat(100_001)}`)).toBe('import.rows');
    expect(await refused(`sku,name,unit,taxRate\n${'a,b,c,0\n'.repeat(20_001)}`, 'check')).toBe('import.rows');
    expect(await refused(Buffer.alloc(17 * 1024 * 1024, 0x61))).toBe('import.too_large');
    expect([await count('product'), await t.sql('select count(*) from import_run')]).toEqual(before);
  });

  it('P17 words that are no choice are refused, words of any language are understood', async () => {
    const [a = '', b = '', c = ''] = skus(3);
    const { body } = await upload(
      manager,
      'products',
      'valid_rows',
      `sku,name,unit,taxRate,kind\n${a},x,件,0,服务\n${b},x,件,0,Made\n${c},x,件,0,gift`,
    );
    expect(body.rows[0]).toMatchObject({ row: 4, errors: [{ column: 'kind', code: 'import.cell_choice' }] });
    expect(await t.sql('select kind from product where sku = any($1) order by sku', [[a, b]])).toEqual([
      { kind: 'service' },
      { kind: 'made' },
    ]);
  });

  it('P17 other types, kinds and modes are refused', async () => {
    expect((await upload(manager, 'products', 'check', 'a', { type: 'image/png' })).status).toBe(415);
    expect((await upload(manager, 'nonsense', 'check', 'a')).status).toBe(400);
    expect(() => kindOf('nonsense')).toThrow('import.kind_unknown');
    expect((await upload(manager, 'products', 'sometimes', 'a')).status).toBe(400);
    expect((await manager.get('/api/v1/import-templates/nonsense')).status).toBe(400);
  });
});

describe('kinds', () => {
  it('R3.1 partners come in with contact, address, term and sales contact; each row is judged as the API would', async () => {
    const file = [
      '渠道名称,统一社会信用代码,等级,地区代码,付款条件,付款天数,销售负责人账号,联系人,联系人职责,联系电话,收货地址,地址地区代码,收货人',
      `风火轮商贸有限公司,${makeUscc('91310000MA1FL0BB1')},A,310115,月结天数,30,${sales.login},李四,采购、财务,13900001111,世纪大道 1 号,310115,李四`,
      '无此人有限公司,,,,,,nobody@example.test,,,,,,',
      '错码有限公司,913100000000000000,,,,,,,,,,,',
      '错区有限公司,,,,,,,,,,某路,999999,某人',
      '缺期有限公司,,,,货到天数,,,,,,,,',
      '风火轮商贸,,,,,,,,,,,,',
    ].join('\r\n');
    const { body } = await upload(sales, 'partners', 'valid_rows', file, { locale: 'zh-Hans' });
    const byRow = new Map<number, { ok: boolean; no?: string; errors: { column: string; code: string }[] }>(
      body.rows.map((row: { row: number }) => [row.row, row]),
    );
    expect(byRow.get(2)).toMatchObject({ ok: true, no: expect.stringMatching(/^C-/) });
    expect([3, 4, 5, 6, 7].map((row) => byRow.get(row)?.errors.map(({ column, code }) => `${column} ${code}`))).toEqual(
      [
        ['salesOwner import.row_unmatched'],
        ['uscc partner.uscc_invalid'],
        ['addressRegionCode region.unknown'],
        ['termDays partner.term'],
        ['name partner.duplicate'],
      ],
    );
    const list = (await sales.get(`/api/v1/partners?q=${byRow.get(2)?.no}`)).body.items;
    expect((await sales.get(`/api/v1/partners/${list[0].id}`)).body).toMatchObject({
      level: 'A',
      paymentTerm: { kind: 'month_end_days', days: 30 },
      salesOwner: { id: sales.userId },
      contacts: [{ name: '李四', duties: ['buyer', 'finance'] }],
      addresses: [{ detail: '世纪大道 1 号', isDefault: true }],
    });
    const [event] = await t.sql<{ actor_id: string; cause: { operation: string } }>(
      `select actor_id, cause from event where type = 'partner.created' order by position desc limit 1`,
    );
    expect(event).toMatchObject({ actor_id: sales.userId, cause: { operation: 'import.partners' } });
  });

  it('R4.1 prices come in with periods; overlaps are refused, or end the running price when the row says so', async () => {
    const [sku = ''] = skus(1);
    await upload(manager, 'products', 'valid_rows', products([sku]));
    const { body } = await upload(
      manager,
      'prices',
      'valid_rows',
      `价格表代码,产品代码,生效日,单价,终止现行价格\nBASE,${sku},2026-01-01,10,\nbase,${sku},2026-06-01,11,\nBASE,${sku},2026-07-01,12,是\nNONE,${sku},2026-01-01,1,\nBASE,none,2026-01-01,1,\nBASE,${sku},2030-01-01,1.005,是`,
    );
    const shown = body.rows.map((row: { row: number; errors: { column: string; code: string }[] }) => [
      row.row,
      row.errors[0] === undefined ? 'ok' : `${row.errors[0].column} ${row.errors[0].code}`,
    ]);
    expect(Object.fromEntries(shown)).toEqual({
      2: 'ok',
      3: 'validFrom price.overlap',
      4: 'ok',
      5: 'priceList import.row_unmatched',
      6: 'sku product.not_found',
      7: 'unitPrice price.scale',
    });
    expect(
      await t.sql(
        `select valid_from::text, valid_to::text from price_entry e join product p on p.id = e.product_id where p.sku = $1 order by 1`,
        [sku],
      ),
    ).toEqual([
      { valid_from: '2026-01-01', valid_to: '2026-06-30' },
      { valid_from: '2026-07-01', valid_to: '2999-12-31' },
    ]);
  });

  it('R2 who may not write partners, products or prices may not import them', async () => {
    const warehouse = await t.as('warehouse');
    expect((await upload(warehouse, 'partners', 'check', 'name\nx')).body.code).toBe('permission.denied');
    expect(
      (await upload(sales, 'products', 'check', `sku,name,unit,taxRate,standardCostPrice\nZ,x,件,0,1`)).body.rows[0]
        .errors,
    ).toMatchObject([{ column: 'standardCostPrice', code: 'permission.denied' }]);
    const buyer = await t.as({ partnerId: await t.partner(), role: 'partner_admin' });
    expect((await upload(buyer, 'partners', 'check', 'name\nx')).status).toBe(403);
    expect((await buyer.get('/api/v1/imports')).status).toBe(403);
  });
});

describe('what comes back', () => {
  it('R3.1 the user’s own file comes back with a column that says what became of each row, and can be sent in again', async () => {
    const [good = '', bad = ''] = skus(2);
    const run = await upload(
      manager,
      'products',
      'valid_rows',
      `产品代码,产品名称,单位,税率\n${good},甲,件,0.13\n\n${bad},=1+1,件,9`,
      { name: '../目录/产品 表.csv' },
    );
    expect(run.body.fileName).toBe('产品 表.csv');
    const file = await download(manager, `/api/v1/imports/${run.body.id}/file`, 'zh-Hans');
    expect(file.headers['content-disposition']).toContain(
      "filename*=UTF-8''%E4%BA%A7%E5%93%81%20%E8%A1%A8%20result.xlsx",
    );
    const rows = await cellsOf(file.bytes);
    expect(rows[0]).toEqual(['产品代码', '产品名称', '单位', '税率', '导入结果']);
    expect(rows[1]).toEqual([good, '甲', '件', '0.13', `完成 ${good}`]);
    expect(rows[2]?.slice(0, 2)).toEqual([bad, '=1+1']);
    expect(String(rows[2]?.[4])).toContain('税率');
    const again = await upload(manager, 'products', 'check', file.bytes, {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    });
    expect(again.body).toMatchObject({ rowCount: 2, errorCount: 1, replayedCount: 1 });
  });

  it('R3.1 imports are listed and read again by those who ran them and by managers', async () => {
    t.clock.advance(1000);
    const run = await upload(sales, 'partners', 'check', 'name\n查看公司');
    expect((await sales.get(`/api/v1/imports/${run.body.id}`)).body).toMatchObject({
      rowCount: 1,
      committed: false,
      runBy: expect.any(String),
    });
    expect((await sales.get('/api/v1/imports?kind=partners&limit=1')).body).toMatchObject({
      items: [{ id: run.body.id }],
    });
    const finance = await t.as('finance');
    expect((await finance.get(`/api/v1/imports/${run.body.id}`)).body.code).toBe('import.not_found');
    expect((await finance.get(`/api/v1/imports/${run.body.id}/file`)).body.code).toBe('import.not_found');
    expect((await finance.get('/api/v1/imports')).body.items).toEqual([]);
    expect((await manager.get(`/api/v1/imports/${run.body.id}`)).status).toBe(200);
    const first = (await manager.get('/api/v1/imports?limit=2')).body;
    const second = (await manager.get(`/api/v1/imports?limit=2&cursor=${first.nextCursor}`)).body;
    expect(new Set([...first.items, ...second.items].map((row: { id: string }) => row.id)).size).toBe(4);
  });

  it('R3.1 a template has the columns in the reader’s language and is understood when it is filled in', async () => {
    const template = await download(manager, '/api/v1/import-templates/products', 'zh-Hant');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(template.bytes as never);
    const page = workbook.worksheets[0];
    expect([1, 2, 3].map((i) => page?.getCell(1, i).value)).toEqual(['產品編碼 *', '產品名稱 *', '簡體名稱']);
    const [sku = ''] = skus(1);
    page?.addRow([sku, '模板產品', null, null, null, null, '現貨', '件', null, '是', 1, 1, 0.13]);
    const run = await upload(
      manager,
      'products',
      'valid_rows',
      Buffer.from((await workbook.xlsx.writeBuffer()) as ArrayBuffer),
      { type: 'application/octet-stream' },
    );
    expect(run.body).toMatchObject({ okCount: 1, errorCount: 0 });
  });
});

describe('lists as files', () => {
  it('R8 a list comes out with the same filters and rights as on the screen, page after page', async () => {
    const list = skus(250);
    await upload(
      manager,
      'products',
      'valid_rows',
      `sku,name,unit,taxRate,category,standardCostPrice\n${list.map((sku) => `${sku},=产品,件,0.13,大批,7.5`).join('\n')}`,
    );
    const xlsx = await download(manager, '/api/v1/exports/products?category=%E5%A4%A7%E6%89%B9');
    expect(xlsx.headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(String(xlsx.headers['content-disposition'])).toMatch(/^attachment; filename="Products 2026-03-10.xlsx"/);
    const rows = await cellsOf(xlsx.bytes);
    expect(rows).toHaveLength(251);
    expect(rows[0]).toContain('Standard cost');
    expect(rows[1]).toEqual(expect.arrayContaining(['=产品', 7.5, 0.13]));
    expect(rows.slice(1).map(([sku]) => sku)).toEqual([...list].sort());
    const csv = await download(sales, '/api/v1/exports/products?format=csv&category=%E5%A4%A7%E6%89%B9', 'zh-Hans');
    const text = csv.bytes.toString('utf8');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text).toContain("'=产品");
    expect(text).not.toContain('标准成本');
  });

  it('R2 who has taken out which list is in the access log', async () => {
    await download(sales, '/api/v1/exports/partners?level=A');
    await t.services.accessLog.flush();
    const lines = await t.sql(
      `select user_id, operation, detail from access_log where kind = 'exported' order by id desc limit 1`,
    );
    expect(lines).toEqual([
      { user_id: sales.userId, operation: 'exportList partners', detail: { filters: { level: 'A' } } },
    ]);
  });

  it('P9 partners export themselves only; lists that one may not see are refused', async () => {
    const partnerId = await t.partner({ name: '独行公司' });
    const buyer = await t.signedIn({ partnerId, role: 'partner_buyer' });
    const own = await download(buyer, '/api/v1/exports/partners?format=csv');
    expect(own.bytes.toString('utf8').trim().split('\r\n')).toHaveLength(2);
    expect((await buyer.get('/api/v1/exports/priceLists')).body.code).toBe('permission.denied');
    expect((await buyer.get('/api/v1/exports/products?format=csv&sellable=false')).status).toBe(200);
    expect((await manager.get('/api/v1/exports/secrets')).body.code).toBe('export.not_found');
    expect((await manager.get('/api/v1/exports/products?colour=red')).body.code).toBe('request.bad_parameter');
    expect((await manager.get('/api/v1/exports/prices')).body.code).toBe('request.bad_parameter');
    expect((await manager.get('/api/v1/exports/products?format=pdf')).status).toBe(400);
  });

  it('R4.1 price lists and the prices of a list come out with dates and numbers as such', async () => {
    const lists = (await manager.get('/api/v1/price-lists?q=BASE')).body.items;
    const rows = await cellsOf((await download(manager, `/api/v1/exports/prices?priceListId=${lists[0].id}`)).bytes);
    expect(rows[1]?.[3]).toBeInstanceOf(Date);
    expect(typeof rows[1]?.[6]).toBe('number');
    expect(await cellsOf((await download(manager, '/api/v1/exports/priceLists')).bytes)).toHaveLength(2);
  });

  it('R10 a list speaks the language that it is asked for in: names of states instead of codes, the company’s clock', async () => {
    const g = await goods(t);
    const partnerId = await t.partner();
    const buyer = await t.as({ partnerId, role: 'partner_buyer' });
    const product = await g.product();
    await buyer.post('/api/v1/orders', { lines: [{ sku: product.sku, qty: '1' }] });
    const rows = async (list: string, language: string) =>
      cellsOf((await download(manager, `/api/v1/exports/${list}?language=${language}`, 'en')).bytes);
    const [head, first] = await rows('orders', 'zh-Hans');
    expect([head?.[5], first?.[5], first?.[6]]).toEqual(['状态', '初步', '未备货']);
    expect((await rows('orders', 'zh-Hant'))[1]?.[5]).toBe('初步');
    expect((await rows('orders', 'en'))[1]?.[5]).toBe('Draft');
    await g.stock(product.id, await g.warehouse(), 5);
    expect((await rows('stockMoves', 'zh-Hant'))[1]?.[0]).toBe('2026-03-10 10:00');
    expect((await manager.get('/api/v1/exports/orders?language=fr')).status).toBe(400);
  });
});
