import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EditorLine,
  type EditorState,
  editLines,
  emptyLine,
  isBlank,
  MAX_LINES,
  parseCells,
  parseDate,
  parseDecimal,
  parsePaste,
} from '../../src/web/ui/line-editor-model.ts';

const shape = ({ text, qty, requestedOn, note }: EditorLine) => [text, qty, requestedOn, note];
const TODAY = '2026-11-23';

describe('what people type', () => {
  it.each([
    ['12', '12'],
    ['1,234.50', '1234.5'],
    ['１２０', '120'],
    [' 7 ', '7'],
    ['007', '7'],
    ['0.5000', '0.5'],
    ['12345678901.2345', '12345678901.2345'],
  ])('reads the quantity %s', (typed, wanted) => expect(parseDecimal(typed)).toBe(wanted));

  it.each(['', 'abc', '1,23', '-3', '1e3', '3 箱', '1.2.3', '١٢'])(
    'reads no quantity in %j: nothing is guessed',
    (typed) => expect(parseDecimal(typed)).toBeNull(),
  );

  it.each([
    ['2026-12-01', '2026-12-01'],
    ['2026/12/1', '2026-12-01'],
    ['2026年12月1日', '2026-12-01'],
    ['20261201', '2026-12-01'],
    ['12/1', '2026-12-01'],
    ['1月5日', '2027-01-05'],
    ['46357', '2026-12-01'],
  ])('reads the date %s', (typed, wanted) => expect(parseDate(typed, TODAY)).toBe(wanted));

  it.each(['2026-02-30', '13/45', 'soon', '', '99'])('reads no date in %j', (typed) =>
    expect(parseDate(typed, TODAY)).toBeNull(),
  );

  it('keeps every decimal digit, whatever the size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 9999 }), (whole, part) => {
        const fraction = String(part).padStart(4, '0').replace(/0+$/, '');
        expect(parseDecimal(`${whole}.${String(part).padStart(4, '0')}`)).toBe(
          fraction === '' ? String(whole) : `${whole}.${fraction}`,
        );
      }),
    );
  });
});

describe('paste from a spreadsheet', () => {
  it('takes code, quantity and date without headings', () => {
    expect(parsePaste('A-100\t5\t2026-12-01\nB-200\t1,200\t12/5\n', TODAY).map(shape)).toEqual([
      ['A-100', '5', '2026-12-01', ''],
      ['B-200', '1200', '2026-12-05', ''],
    ]);
  });

  it('passes a name column over, the code counts', () => {
    expect(parsePaste('A-100\t藍色塗料\t5\t2026-12-01', TODAY).map(shape)).toEqual([['A-100', '5', '2026-12-01', '']]);
  });

  it.each([
    ['料號\t品名\t數量\t交期\t備註\nA-100\t塗料\t5\t2026/12/1\t急'],
    ['Qty\tSKU\tDate\tNote\n5\tA-100\t2026-12-01\t急'],
    ['编码\t数量\t日期\t备注\nA-100\t5\t2026年12月1日\t急'],
  ])('knows headings in three languages and any order', (text) =>
    expect(parsePaste(text, TODAY).map(shape)).toEqual([['A-100', '5', '2026-12-01', '急']]),
  );

  it('takes the name where there is no code', () =>
    expect(parsePaste('品名\t數量\n塗料\t5', TODAY).map(shape)).toEqual([['塗料', '5', '', '']]));

  it('leaves what it cannot read in its cell', () =>
    expect(parsePaste('sku\tqty\nA-100\t五箱', TODAY).map(shape)).toEqual([['A-100', '五箱', '', '']]));

  it('reads quoted cells with line ends and quotes, as spreadsheets copy them', () => {
    expect(parseCells('A\t"one\ntwo ""x"""\t3')).toEqual([['A', 'one\ntwo "x"', '3']]);
  });

  it('reads comma separated lines of a mail', () =>
    expect(parsePaste('A-100, 5\nB-200, 7', TODAY).map(shape)).toEqual([
      ['A-100', '5', '', ''],
      ['B-200', '7', '', ''],
    ]));
});

const lines = (...texts: string[]): EditorState => ({
  lines: texts.map((text) => ({ ...emptyLine(), key: text, text, qty: '1' })),
  past: [],
});
const textsOf = (state: EditorState) => state.lines.map(({ text }) => text);

describe('editing lines', () => {
  it('removes a line and brings it back', () => {
    const removed = editLines(lines('a', 'b', 'c'), { type: 'remove', key: 'b' });
    expect(textsOf(removed)).toEqual(['a', 'c']);
    expect(textsOf(editLines(removed, { type: 'undo' }))).toEqual(['a', 'b', 'c']);
  });

  it('always leaves a line to type in', () => {
    const state = editLines(lines('a'), { type: 'remove', key: 'a' });
    expect(state.lines.map(isBlank)).toEqual([true]);
  });

  it('pastes over an empty line and before the following ones', () => {
    const start: EditorState = {
      lines: [...lines('a').lines, { ...emptyLine(), key: 'x' }, ...lines('z').lines],
      past: [],
    };
    const pasted = editLines(start, { type: 'paste', at: 'x', lines: lines('p', 'q').lines });
    expect(textsOf(pasted)).toEqual(['a', 'p', 'q', 'z']);
    expect(editLines(pasted, { type: 'undo' }).lines).toBe(start.lines);
  });

  it('copies a value from the line above', () => {
    const state = editLines(editLines(lines('a', 'b'), { type: 'edit', key: 'a', patch: { qty: '9' } }), {
      type: 'copyDown',
      key: 'b',
      field: 'qty',
    });
    expect(state.lines.map(({ qty }) => qty)).toEqual(['9', '9']);
  });

  it('stops at the most lines an order may have', () => {
    const full = lines(...Array.from({ length: MAX_LINES }, (_, index) => String(index)));
    expect(editLines(full, { type: 'add' }).lines).toHaveLength(MAX_LINES);
    expect(editLines(full, { type: 'paste', at: '0', lines: lines('p').lines }).lines).toHaveLength(MAX_LINES);
  });
});
