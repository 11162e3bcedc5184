/** Imports that change what is there: shown before they are written, made by the same commands, made once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { counted } from '../../../../tests/support/statements.ts';
import { makeUscc } from '../../kernel/uscc.ts';
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

const upload = async (by: Actor, kind: string, mode: string, existing: 'keep' | 'update', rows: readonly string[]) => {
  const { status, body } = await by.send(
    'POST',
    `/api/v1/imports?kind=${kind}&mode=${mode}&existing=${existing}&fileName=f.csv`,
    Buffer.from(rows.join('\n')),
    { headers: { 'content-type': 'text/csv' }, locale: 'en' },
  );
  return { ...body, status };
};
type Row = {
  row: number;
  ok: boolean;
  does?: string;
  changes: { column: string; before: string | null; after: string | null }[];
  errors: { column: string; code: string }[];
};
/** By row: what it does, and how it differs; or what it is refused with. */
const told = ({ rows }: { rows: Row[] }) =>
  rows
    .toSorted((a, b) => a.row - b.row)
    .map(({ ok, does, changes, errors }) => [
      ok ? does : errors.map(({ column, code }) => `${column} ${code}`).join(),
      changes.map(({ column, before, after }) => `${column} ${before ?? '–'} → ${after}`).join(),
    ]);
const eventsOf = (id: unknown) =>
  t.sql<{ type: string; version: number }>('select type, version from event where document_id = $1 order by version', [
    id,
  ]);

describe('products', () => {
  const header = 'sku,name,unit,taxRate,category,minQty,isSellable,kind';
  const first = [header, 'U-1,燈,件,0.13,照明,2,,', 'U-2,椅,件,0.13,傢具,,,'];
  const second = [
    header,
    'u-1,燈,件,13%,燈具,2.0,no,Made',
    'U-2,椅,件,0.13,,,,',
    'U-3,桌,件,0.13,傢具,,,',
    'U-4,櫃,件,1.5,,,,',
  ];

  it('R3.1 the check shows what each row would do: new, changed with both values, unchanged, refused; adding only refuses what differs', async () => {
    expect(await upload(manager, 'products', 'valid_rows', 'keep', first)).toMatchObject({ okCount: 2 });
    const checked = await upload(manager, 'products', 'check', 'update', second);
    expect([checked.okCount, checked.errorCount, checked.changedCount, checked.committed]).toEqual([3, 1, 1, false]);
    expect(told(checked)).toEqual([
      ['change', 'category 照明 → 燈具,isSellable true → false,kind Stock → Made'],
      ['nothing', ''],
      ['add', ''],
      ['taxRate product.tax_rate', ''],
    ]);
    expect(checked.rows[1]).toMatchObject({ does: 'change', changes: [{ title: 'Category' }, {}, {}] });
    const kept = await upload(manager, 'products', 'valid_rows', 'keep', second);
    expect(told(kept)[0]).toEqual([
      'category import.row_differs,isSellable import.row_differs,kind import.row_differs',
      'category 照明 → 燈具,isSellable true → false,kind Stock → Made',
    ]);
    expect(await t.sql(`select category from product where sku = 'U-1'`)).toEqual([{ category: '照明' }]);
  });

  it('R3.1 updating changes only what the row says, with the event of the single command, and once however often the file comes', async () => {
    const done = await upload(manager, 'products', 'valid_rows', 'update', second);
    expect([done.okCount, done.changedCount, done.replayedCount]).toEqual([3, 1, 2]);
    const [product] = await t.sql(
      `select id, sku, category, is_sellable, kind, min_qty::text, version from product where sku = 'U-1'`,
    );
    expect(product).toMatchObject({
      sku: 'U-1',
      category: '燈具',
      is_sellable: false,
      kind: 'made',
      min_qty: '20000',
      version: 2,
    });
    expect(await eventsOf(product?.['id'])).toEqual([
      { type: 'product.created', version: 1 },
      { type: 'product.changed', version: 2 },
    ]);
    const again = await upload(manager, 'products', 'valid_rows', 'update', second);
    expect([again.okCount, again.changedCount, again.replayedCount]).toEqual([3, 0, 3]);
    // Somebody changes it by hand meanwhile: the same file changes it back, by a change of its own.
    await t
      .as('manager')
      .then((other) =>
        other.send('PATCH', `/api/v1/products/${product?.['id']}`, { category: '別的' }, { ifMatch: 2 }),
      );
    const back = await upload(manager, 'products', 'valid_rows', 'update', second);
    expect([back.changedCount, (await eventsOf(product?.['id'])).length]).toEqual([1, 4]);
  });

  it('R3.1 all or nothing: one bad row keeps new and changed rows out alike; costs are changed and seen by those who may', async () => {
    const rows = ['sku,name,unit,taxRate,standardCostPrice', 'U-2,椅子,件,0.13,', 'U-9,新,件,0.13,', 'U-10,壞,件,7,'];
    const none = await upload(manager, 'products', 'all_or_nothing', 'update', rows);
    expect([none.committed, none.errorCount]).toEqual([false, 1]);
    expect(await t.sql(`select name from product where sku in ('U-2', 'U-9') order by sku`)).toEqual([{ name: '椅' }]);
    const all = await upload(manager, 'products', 'all_or_nothing', 'update', rows.slice(0, 3));
    expect([all.committed, all.okCount, all.changedCount]).toEqual([true, 2, 1]);
    const cost = ['sku,name,unit,taxRate,standardCostPrice', 'U-2,椅子,件,0.13,12.5'];
    expect(told(await upload(manager, 'products', 'valid_rows', 'update', cost))).toEqual([
      ['change', 'standardCostPrice – → 12.5'],
    ]);
    expect(told(await upload(manager, 'products', 'check', 'update', cost))).toEqual([['nothing', '']]);
  });

  it('R3.1 a larger file costs no more statements, whether it adds or changes', async () => {
    const actor = await t.services.authenticator.bySession(manager.token, t.clock.now());
    if (actor === null) throw new Error('not signed in');
    const statements = async (name: string, from: number, count: number) => {
      const database = counted(t.services.database);
      const fates: RowFate[] = [];
      const rows = Array.from({ length: count }, (_, at) => `M-${from + at},${name},件,0.13`);
      await runInParts(
        {
          runtime: { ...t.services.runtime, database },
          actor,
          now: () => t.clock.now(),
          requestId: 'r',
          kind: kindOf('products'),
          mode: 'valid_rows',
          existing: 'update',
          bytes: Buffer.from(['sku,name,unit,taxRate', ...rows].join('\n')),
        },
        { after: 0, keep: async (part) => fates.push(...part) > 0 },
      );
      expect(fates.every(({ ok }) => ok)).toBe(true);
      return database.take().statements;
    };
    const [few, many] = [await statements('甲', 0, 5), await statements('甲', 5, 400)];
    expect(many).toBeLessThanOrEqual(few);
    const [fewChanged, manyChanged] = [await statements('乙', 0, 5), await statements('乙', 5, 400)];
    expect(manyChanged).toBeLessThanOrEqual(fewChanged);
    expect(
      await t.sql(`select count(*)::int as n from product where sku like 'M-%' and name = '乙' and version = 2`),
    ).toEqual([{ n: 405 }]);
  });
});

describe('prices', () => {
  const header = 'priceList,sku,validFrom,validTo,unitPrice,minQty';
  const entries = () =>
    t.sql(
      `select e.valid_from::text, e.valid_to::text, e.unit_price::text from price_entry e join product p on p.id = e.product_id where p.sku = 'U-2' order by valid_from`,
    );

  it('R4.1 a price is never changed: another one from a later day on ends the running one, another end moves it, one of the same day is refused', async () => {
    const start = [header, 'BASE,U-2,2026-01-01,,100,', 'BASE,U-9,2026-01-01,,50,'];
    expect(await upload(manager, 'prices', 'valid_rows', 'keep', start)).toMatchObject({ okCount: 2, errorCount: 0 });
    const next = [
      header,
      'BASE,U-2,2026-07-01,,110,',
      'BASE,U-9,2026-01-01,2026-06-30,50.00,',
      'BASE,U-1,2026-01-01,,7,',
      'BASE,U-2,2026-01-01,,99,',
    ];
    const checked = await upload(manager, 'prices', 'check', 'update', next);
    expect(told(checked)).toEqual([
      ['change', 'unitPrice 100 → 110,validFrom 2026-01-01 → 2026-07-01'],
      ['change', 'validTo – → 2026-06-30'],
      ['add', ''],
      ['validFrom price.overlap', ''],
    ]);
    expect(told(await upload(manager, 'prices', 'check', 'keep', next)).map(([what]) => what)).toEqual([
      'unitPrice import.row_differs,validFrom import.row_differs',
      'validTo import.row_differs',
      'add',
      'validFrom price.overlap',
    ]);
    const done = await upload(manager, 'prices', 'valid_rows', 'update', next);
    expect([done.okCount, done.changedCount, done.errorCount]).toEqual([3, 2, 1]);
    expect(await entries()).toEqual([
      { valid_from: '2026-01-01', valid_to: '2026-06-30', unit_price: '100000000' },
      { valid_from: '2026-07-01', valid_to: '2999-12-31', unit_price: '110000000' },
    ]);
    const again = await upload(manager, 'prices', 'valid_rows', 'update', next);
    expect([again.okCount, again.changedCount, again.replayedCount]).toEqual([3, 0, 3]);
    const [list] = await t.sql(`select id, version from price_list where code = 'BASE'`);
    const events = await eventsOf(list?.['id']);
    expect([events.length, events.at(-1)?.version]).toEqual([6, list?.['version']]);
  });

  it('R4.1 several prices of one product in a file follow each other, ended by the next where the row asks for it', async () => {
    const rows = [
      'priceList,sku,validFrom,unitPrice,closeRunning',
      'BASE,U-10,2026-01-01,1,',
      'BASE,U-10,2026-02-01,2,yes',
      'BASE,U-10,2026-03-01,3,yes',
    ];
    await upload(manager, 'products', 'valid_rows', 'keep', ['sku,name,unit,taxRate', 'U-10,箱,件,0.13']);
    expect(await upload(manager, 'prices', 'all_or_nothing', 'keep', rows)).toMatchObject({
      okCount: 3,
      committed: true,
    });
    expect(
      await t.sql(
        `select e.valid_to::text as until from price_entry e join product p on p.id = e.product_id where p.sku = 'U-10' order by valid_from`,
      ),
    ).toEqual([{ until: '2026-01-31' }, { until: '2026-02-28' }, { until: '2999-12-31' }]);
  });
});

describe('partners', () => {
  it('R3.1 fields, the contact of that name and the address of that place are changed by their own events; others are added beside; nothing else is touched', async () => {
    const { body: made } = await sales.post('/api/v1/partners', {
      no: 'C-UPD',
      name: '更新測試單位',
      level: 'A',
      uscc: makeUscc('91310000MA1FLUPD1'),
      paymentTerm: { kind: 'net_days', days: 30 },
      contacts: [{ name: '張三', duties: ['buyer', 'finance'], phone: '139 0000 1111' }],
      addresses: [{ label: '倉', detail: '一號路 1 號', receiver: '李四', phone: '021-1' }],
    });
    const header = '渠道編號,渠道名稱,等級,付款條件,付款天數,聯絡人,聯絡郵箱,收貨地址,收貨人';
    const rows = [header, 'C-UPD,更新測試單位,B,,45,張三,z@example.test,二號路 2 號,王五'];
    const checked = await upload(sales, 'partners', 'check', 'update', rows);
    expect(told(checked)).toEqual([
      [
        'change',
        'level A → B,termDays 30 → 45,contactEmail – → z@example.test,addressDetail – → 二號路 2 號,addressReceiver – → 王五',
      ],
    ]);
    expect(await upload(sales, 'partners', 'valid_rows', 'update', rows)).toMatchObject({
      changedCount: 1,
      errorCount: 0,
    });
    const { body } = await sales.get(`/api/v1/partners/${made.id}`);
    expect(body).toMatchObject({
      level: 'B',
      paymentTerm: { kind: 'net_days', days: 45 },
      contacts: [{ name: '張三', duties: ['buyer', 'finance'], phone: '139 0000 1111', email: 'z@example.test' }],
      addresses: [
        { detail: '一號路 1 號', phone: '021-1' },
        { detail: '二號路 2 號', receiver: '王五' },
      ],
    });
    expect((await eventsOf(made.id)).map(({ type }) => type)).toEqual([
      'partner.created',
      'partner.changed',
      'partner.contact_changed',
      'partner.address_added',
    ]);
    const again = await upload(sales, 'partners', 'valid_rows', 'update', rows);
    expect([again.changedCount, again.replayedCount, (await eventsOf(made.id)).length]).toEqual([0, 1, 4]);
  });

  it('R3.1 what a person may not change by hand no file changes, another person’s partner is not found by its number, and kinds that only add say so', async () => {
    const stranger = await t.as({ role: 'sales', name: '別組銷售' });
    const rows = ['渠道編號,渠道名稱,等級', 'C-UPD,更新測試單位,C'];
    expect((await upload(stranger, 'partners', 'valid_rows', 'update', rows)).errorCount).toBe(1);
    expect((await upload(await t.as('warehouse'), 'partners', 'check', 'update', rows)).status).toBe(403);
    expect(await t.sql(`select level from partner where no = 'C-UPD'`)).toEqual([{ level: 'B' }]);
    const only = await upload(sales, 'orders', 'check', 'update', ['partner,poNo,sku,qty', 'C-UPD,P,U-1,1']);
    expect([only.status, only.code]).toEqual([422, 'import.only_adds']);
  });
});
