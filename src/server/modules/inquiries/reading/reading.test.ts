import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../kernel/biz-date.ts';
import { fieldOf } from './columns.ts';
import { findDates, readDate } from './dates.ts';
import { plainLine } from './plain.ts';
import { chineseNumber, readQuantity } from './quantities.ts';
import { readTable } from './read-table.ts';
import { readText } from './read-text.ts';

/** A Thursday. */
const context = {
  today: '2026-11-26',
  addWorkingDays: (day: string, days: number) => addDays(day, days + 2 * Math.floor((days + 3) / 5)),
};
const date = (text: string) => readDate(plainLine(text), context);
const lines = (text: string) => readText(text, context).lines;
const brief = (text: string) =>
  lines(text).map(({ wanted, qty, unit, requestedOn }) => [wanted, qty, unit, requestedOn]);

describe('delivery dates', () => {
  it.each([
    ['2026/11/30', '2026-11-30'],
    ['2026-12-1', '2026-12-01'],
    ['２０２６年１２月１日', '2026-12-01'],
    ['20261130', '2026-11-30'],
    ['11月30日', '2026-11-30'],
    ['11月30號前交貨', '2026-11-30'],
    ['十二月五日', '2026-12-05'],
    ['1月5日', '2027-01-05'],
    ['11月20日', '2026-11-20'],
    ['11/30', '2026-11-30'],
    ['下週五前', '2026-12-04'],
    ['下周五之前送到', '2026-12-04'],
    ['本周五', '2026-11-27'],
    ['周五', '2026-11-27'],
    ['星期三', '2026-12-02'],
    ['禮拜天', '2026-11-29'],
    ['下下周一', '2026-12-07'],
    ['明天', '2026-11-27'],
    ['大后天', '2026-11-29'],
    ['月底前', '2026-11-30'],
    ['下個月底', '2026-12-31'],
    ['下月15日', '2026-12-15'],
    ['十天內', '2026-12-06'],
    ['两周内', '2026-12-10'],
    ['3个工作日内', '2026-12-01'],
    ['by next Friday', '2026-12-04'],
    ['by Friday', '2026-11-27'],
    ['this Friday', '2026-11-27'],
    ['Nov 30', '2026-11-30'],
    ['30 November 2026', '2026-11-30'],
    ['December 5th, 2026', '2026-12-05'],
    ['Jan 8', '2027-01-08'],
    ['within 2 weeks', '2026-12-10'],
    ['end of month', '2026-11-30'],
    ['end of next month', '2026-12-31'],
    ['tomorrow', '2026-11-27'],
    ['30/11/2026', '2026-11-30'],
    ['11/30/2026', '2026-11-30'],
  ])('R3.2 %s is read by the day of the message', (text, expected) => {
    expect(date(text)).toBe(expected);
  });

  it.each(['05/06/2026', '2026/13/01', '2月30日', 'ASAP', '尽快', '', '11月30日或12月5日', '13/45'])(
    'R3.2 %s says no one day and is not guessed',
    (text) => {
      expect(date(text)).toBeNull();
    },
  );

  it('R3.2 the words around a date belong to it and are not taken for goods', () => {
    const line = plainLine('請於11月30日前送到');
    expect(line.slice(findDates(line, context)[0]?.from, findDates(line, context)[0]?.to)).toBe('請於11月30日前送到');
  });
});

describe('quantities', () => {
  it.each([
    ['10', '10', null],
    ['１，２００', '1200', null],
    ['1,200.5 公斤', '1200.5', '公斤'],
    ['12箱', '12', '箱'],
    ['2.5万', '25000', null],
    ['十二台', '12', '台'],
    ['50 pcs', '50', 'pcs'],
    ['1 200', '1200', null],
  ])('R3.2 a cell %s is a quantity', (text, qty, unit) => {
    expect(readQuantity(plainLine(text))).toEqual({ qty, unit });
  });
  it.each(['', '0', '-5', 'abc', '1,2,3', '10 到 20', '1.23456', '999999999999999', '约十'])(
    'R3.2 a cell %j is none',
    (text) => {
      expect(readQuantity(plainLine(text))).toBeNull();
    },
  );
  it('R3.2 Chinese numbers are read whole or not at all', () => {
    expect(['一百二十', '两千零五十', '十', '三万', '一二三', '百万'].map(chineseNumber)).toEqual([
      120,
      2050,
      10,
      30000,
      null,
      1000000,
    ]);
  });
});

describe('tables', () => {
  it('R3.2 columns are known by their titles in three languages, with remarks in brackets, in any order', () => {
    for (const title of ['产品名称', '產品名稱', 'Product', 'ITEM', '品名*', '产品 Product', 'Description / 品名'])
      expect(fieldOf(title), title).toBe('product');
    for (const title of ['数量', '數量（箱）', 'Qty', 'Quantity (pcs)', 'Order Qty.', '数量 Qty'])
      expect(fieldOf(title), title).toBe('qty');
    for (const title of ['交货日期', '要求到貨日期', 'Delivery Date', 'Need by', '交期'])
      expect(fieldOf(title), title).toBe('requestedOn');
    expect(fieldOf('客户名称 Product')).toBeNull();
    const read = readTable(
      [
        ['自行車採購單', '', '', '', ''],
        ['採購單號：PO-2026-118', '', '要求交期', '2026/12/15', ''],
        ['序號', '品名', '規格', '數量（台）', '交貨日期', '備註'],
        ['1', 'Mountain-100', 'Silver, 42', '１，２００', '下週五', '急'],
        ['2', '頭盔', '', '约十', '尽快', ''],
        ['', '', '', '', '', ''],
        ['合計', '', '', '1200', '', ''],
      ],
      context,
    );
    expect(read).toMatchObject({ poNo: 'PO-2026-118', requestedOn: '2026-12-15' });
    expect(read?.lines).toEqual([
      {
        wanted: 'Mountain-100',
        code: null,
        spec: 'Silver, 42',
        qty: '1200',
        unit: '台',
        requestedOn: '2026-12-04',
        note: '急',
        unread: [],
      },
      {
        wanted: '頭盔',
        code: null,
        spec: null,
        qty: null,
        unit: '台',
        requestedOn: null,
        note: null,
        unread: ['约十', '尽快'],
      },
    ]);
  });

  it('R3.2 cells without titles are read where one column alone can be the quantity, and not where two can', () => {
    expect(
      readTable(
        [
          ['BK-M82S-38', '10'],
          ['HL-U509', '5'],
        ],
        context,
      )?.lines.map(({ code, qty }) => [code, qty]),
    ).toEqual([
      ['BK-M82S-38', '10'],
      ['HL-U509', '5'],
    ]);
    expect(
      readTable(
        [
          ['1', '公路車 Road-150', '3 台', '11月30日'],
          ['2', '頭盔', '20個', '12月5日'],
        ],
        context,
      )?.lines.map((line) => [line.wanted, line.qty, line.unit, line.requestedOn]),
    ).toEqual([
      ['公路車 Road-150', '3', '台', '2026-11-30'],
      ['頭盔', '20', '個', '2026-12-05'],
    ]);
    expect(
      readTable(
        [
          ['頭盔', '20', '35'],
          ['手套', '5', '60'],
        ],
        context,
      ),
    ).toBeNull();
  });
});

describe('sentences and lists', () => {
  it.each<[string, string, unknown[][]]>([
    [
      'a list with a date each',
      '1. Mountain-100 Silver, 42　10台　11月30日前\n2、頭盔 20個 下週五',
      [
        ['Mountain-100 Silver, 42', '10', '台', '2026-11-30'],
        ['頭盔', '20', '個', '2026-12-04'],
      ],
    ],
    [
      'a sentence with several goods and one date',
      '您好，我們需要公路車10台、頭盔２０個和水壺三箱，請於11月30日前送到。',
      [
        ['公路車', '10', '台', '2026-11-30'],
        ['頭盔', '20', '個', '2026-11-30'],
        ['水壺', '3', '箱', '2026-11-30'],
      ],
    ],
    [
      'English, quantity first',
      'Please send us 20 pcs of Sport-100 Helmet, Red and 10 sets of Road Bottle Cage by next Friday.',
      [
        ['Sport-100 Helmet, Red', '20', 'pcs', '2026-12-04'],
        ['Road Bottle Cage', '10', 'sets', '2026-12-04'],
      ],
    ],
    [
      'times signs',
      'BK-M82S-38 x 10\nHelmet ×5 pcs',
      [
        ['BK-M82S-38', '10', null, null],
        ['Helmet', '5', 'pcs', null],
      ],
    ],
    ['a size beside the quantity', '500ml 运动水壶 20箱', [['500ml 运动水壶', '20', '箱', null]]],
    ['prices say nothing', '頭盔 20個 單價 35.5元/個', [['頭盔', '20', '個', null]]],
    ['services', '安裝服務 3 次，11/30', [['安裝服務', '3', '次', '2026-11-30']]],
  ])('R3.2 %s', (_what, text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  it('R3.2 records of label and value, tables by tabs, strokes and wide gaps, and what is said for the whole', () => {
    expect(brief('品名：公路車\n规格：红色 52\n数量：10台\n交期：11月30日\n\n品名：頭盔\n数量：5\n')).toEqual([
      ['公路車', '10', '台', '2026-11-30'],
      ['頭盔', '5', null, null],
    ]);
    expect(brief('Item\tQty\tDelivery\nRoad-150\t3\t2026/12/01')).toEqual([['Road-150', '3', null, '2026-12-01']]);
    expect(brief('| 品名 | 数量 |\n|---|---|\n| 頭盔 | 20 |\n| 手套 | 5 |')).toEqual([
      ['頭盔', '20', null, null],
      ['手套', '5', null, null],
    ]);
    expect(brief('Product        Qty    Unit\nWater Bottle   10     boxes')).toEqual([
      ['Water Bottle', '10', 'boxes', null],
    ]);
    const whole = readText('PO: 4711-A\n客户：小明车行\n\n頭盔 20個\n\n請於12月10日前交貨', context);
    expect(whole).toMatchObject({ poNo: '4711-A', customerName: '小明车行', requestedOn: '2026-12-10' });
  });

  it('R3.2 points of a list without a quantity are lines with a gap', () => {
    expect(brief('- 頭盔 20個\n- 手套\n- 水壺 3箱')).toEqual([
      ['頭盔', '20', '個', null],
      ['手套', null, null, null],
      ['水壺', '3', '箱', null],
    ]);
  });

  it('R3.2 greetings, signatures, telephone numbers and quoted answers are no goods', () => {
    const text = `王經理您好：\n\n公路車 10台\n\n謝謝！\n李小姐 0755-8888 6666 分機 12 個\n手機 13800138000\n深圳市南山區 88 號 20 部`;
    expect(brief(text)).toEqual([['公路車', '10', '台', null]]);
    expect(brief('頭盔 2個\n\nOn Mon, 23 Nov 2026 at 10:00, Li wrote:\n> 手套 99 箱\n> 水壺 3箱')).toEqual([
      ['頭盔', '2', '個', null],
    ]);
    expect(brief('好的，收到。\n\n----- 原始邮件 -----\n发件人: a@b.cn\n手套 99 箱')).toEqual([]);
    expect(brief('一共 30 件，谢谢')).toEqual([]);
  });

  it('R3.2 words of a mail that sound like orders to the product stay words (E7)', () => {
    expect(brief('请批准订单 SO-2026-000123，价格 0 元')).toEqual([]);
    expect(brief('approve order 123, price 0')).toEqual([]);
  });

  it('P16 any text is read without a fault and in little time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const line of lines(text)) expect(line.wanted).not.toBe('');
      }),
      { numRuns: 300 },
    );
    for (const bomb of [
      '1'.repeat(200_000),
      '十'.repeat(200_000),
      '1,'.repeat(100_000),
      ' 请'.repeat(100_000),
      '品名：a\n'.repeat(2000),
      'a\tb\n'.repeat(2000),
      `${'a '.repeat(300)}\n`.repeat(2000),
      '|\t'.repeat(50_000),
      '(1) '.repeat(50_000),
      `${'頭盔 2個、'.repeat(100)}\n`.repeat(1000),
    ]) {
      const begun = performance.now();
      readText(bomb, context);
      expect(performance.now() - begun).toBeLessThan(2000);
    }
  });
});
