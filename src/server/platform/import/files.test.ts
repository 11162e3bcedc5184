import { crc32, deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { Refused } from '../../kernel/refusal.ts';
import {
  attachmentHeader,
  type ExportColumn,
  exportStream,
  guarded,
  isExactNumber,
  unguarded,
} from '../export/index.ts';
import { decimalText } from './decimal-text.ts';
import { cellAddress, type FileRow, readRows } from './index.ts';
import { dateOfText } from './serial-date.ts';

const rowsOf = async (bytes: Buffer): Promise<FileRow[]> => {
  const rows: FileRow[] = [];
  for await (const row of readRows(bytes)) rows.push(row);
  return rows;
};
const texts = async (bytes: Buffer) =>
  (await rowsOf(bytes)).map(({ cells }) => cells.map((cell) => cell?.text ?? null));
const codeOf = async (bytes: Buffer) => {
  try {
    await rowsOf(bytes);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusals[0]?.code;
    throw error;
  }
};

/** A zip with the given entries, as small as the format allows. */
function zipOf(entries: Record<string, string | Buffer>, change: { size?: number; flags?: number } = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(change.flags ?? 0, 8);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(crc32(data), 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(change.size ?? data.length, 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    centrals.push(central, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
const book = (sheet: string, more: Record<string, string | Buffer> = {}, workbookPr = '') =>
  zipOf({
    'xl/workbook.xml': `<workbook xmlns:r="r">${workbookPr}<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  });
const sheet = (rows: string) => `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`;

describe('text files', () => {
  const table = '编号,名称\r\n1,"渠成, ""科技"""\r\n2,𠮷野家\r\n';
  const understood = [
    ['编号', '名称'],
    ['1', '渠成, "科技"'],
    ['2', '𠮷野家'],
  ];
  it.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${table}`)],
    ['GB 18030', iconv.encode(table, 'gb18030')],
    ['UTF-16 little endian with mark', Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['UTF-16 little endian', Buffer.from(`a,${table}`.slice(2), 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\ufeff${table}`, 'utf16le').swap16()],
  ])('P17 %s is recognised (F6)', async (name, bytes) => {
    // Nearly all characters of this table are Chinese: without a mark, UTF-16 shows only where there are ASCII characters.
    if (name === 'UTF-16 little endian')
      expect(await texts(Buffer.from('no,name\r\n1,a\r\n', 'utf16le'))).toEqual([
        ['no', 'name'],
        ['1', 'a'],
      ]);
    else expect(await texts(bytes)).toEqual(understood);
  });

  it.each([',', ';', '\t', '|'])(
    'P17 delimiter %j is recognised, also named by a "sep=" line (F6)',
    async (delimiter) => {
      expect(await texts(Buffer.from(`a${delimiter}"b,;|"${delimiter}c\n1${delimiter}2${delimiter}3`))).toEqual([
        ['a', 'b,;|', 'c'],
        ['1', '2', '3'],
      ]);
      expect((await texts(Buffer.from(`sep=${delimiter}\r\na,b${delimiter}c\r\n`)))[0]).toEqual(
        delimiter === ',' ? ['a', 'b', 'c'] : ['a,b', 'c'],
      );
    },
  );

  it('P17 rows are counted as a spreadsheet does: empty ones count, line breaks in quotes do not (F6)', async () => {
    const rows = await rowsOf(Buffer.from('a,b\n"x\r\ny",2\n\n , \r\n3,4\r\n'));
    expect(rows.map(({ row, cells }) => [row, cells[0]?.text])).toEqual([
      [1, 'a'],
      [2, 'x\r\ny'],
      [5, '3'],
    ]);
    expect(await texts(Buffer.from('only,"a ""header"""'))).toHaveLength(1);
  });

  it.each([
    ['a quote that is never closed', Buffer.from('a,b\n1,"2\n3,4')],
    ['zero characters', Buffer.from('a,b\n1,\u00002,3,4,5,6,7\n')],
    ['bytes that are no encoding', Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xff, 0x31])],
    ['a cell of two megabytes', Buffer.from(`a,b\n${'x'.repeat(2 * 1024 * 1024)},1`)],
    ['an odd number of bytes in UTF-16', Buffer.concat([Buffer.from('\ufeffa,b', 'utf16le'), Buffer.from([0x61])])],
  ])('P17 %s makes a file unreadable, never half read (F6, T1)', async (_what, bytes) => {
    expect(await codeOf(bytes)).toBe('import.unreadable');
  });

  it('P17 what is no table is refused by its content, whatever its name (F1)', async () => {
    for (const head of ['%PDF-1.7\n', '\u0089PNG\r\n', 'GIF89a', 'MZ\u0090', '{\\rtf1'])
      expect(await codeOf(Buffer.from(head, 'latin1')), head).toBe('attachment.type_mismatch');
    expect(await codeOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBe(
      'attachment.type_mismatch',
    );
    expect(await codeOf(Buffer.alloc(0))).toBe('import.empty');
  });

  it('P17 the pieces in which a file is decoded never show', async () => {
    const wide = `名称\n${'甲乙🚲"丙"'.repeat(30_000)}\n末`;
    expect((await texts(Buffer.from(wide))).map((row) => row[0]?.length)).toEqual([2, '甲乙🚲"丙"'.length * 30_000, 1]);
  });
});

describe('workbooks', () => {
  it('R3.1 what Excel libraries write is read: texts, numbers, dates, formulas, rich text, empty rows', async () => {
    const workbook = new ExcelJS.Workbook();
    const page = workbook.addWorksheet('数据');
    page.addRow(['代码', '数量', '日期', '公式', '富文本', '布尔']);
    page.addRow([]);
    page.addRow([
      '007',
      1.15,
      new Date('2026-03-10T00:00:00Z'),
      { formula: 'B3*2', result: 2.3 },
      { richText: [{ text: '甲' }, { text: '乙' }] },
      true,
    ]);
    const rows = await rowsOf(Buffer.from((await workbook.xlsx.writeBuffer()) as ArrayBuffer));
    expect(rows).toEqual([
      { row: 1, cells: ['代码', '数量', '日期', '公式', '富文本', '布尔'].map((text) => ({ kind: 'text', text })) },
      {
        row: 3,
        cells: [
          { kind: 'text', text: '007' },
          { kind: 'number', text: '1.15' },
          { kind: 'date', text: '2026-03-10' },
          { kind: 'number', text: '2.3' },
          { kind: 'text', text: '甲乙' },
          { kind: 'boolean', text: 'true' },
        ],
      },
    ]);
  });

  it('R3.1 cells and rows without an address have the place in which they stand', async () => {
    const bytes = book(
      sheet(
        '<row><c><v>1</v></c><c t="inlineStr"><is><t>x_x000D_&#x4e2d;</t><rPh><t>no</t></rPh></is></c></row><row r="9"><c r="C9"><v>2E-2</v></c><c/></row>',
      ),
    );
    expect(await rowsOf(bytes)).toEqual([
      {
        row: 1,
        cells: [
          { kind: 'number', text: '1' },
          { kind: 'text', text: 'x\r中' },
        ],
      },
      { row: 9, cells: [null, null, { kind: 'number', text: '0.02' }, null] },
    ]);
    expect(cellAddress(27, 3)).toBe('AB3');
  });

  it('P17 serial 60 is no date, the 1904 calendar is read, times are cut off (D7)', async () => {
    const styles = {
      'xl/styles.xml':
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="#,##0.00&quot;day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>',
    };
    const cells = sheet(
      '<row><c s="1"><v>60</v></c><c s="1"><v>61</v></c><c s="1"><v>1</v></c><c s="2"><v>46091.75</v></c><c s="3"><v>5</v></c><c s="1"><v>0.5</v></c><c s="1"><v>99999999</v></c></row>',
    );
    expect((await rowsOf(book(cells, styles)))[0]?.cells.map((cell) => `${cell?.kind} ${cell?.text}`)).toEqual([
      'error 60',
      'date 1900-03-01',
      'date 1900-01-01',
      'date 2026-03-10',
      'number 5',
      'error 0.5',
      'error 99999999',
    ]);
    const mac = await rowsOf(book(cells, styles, '<workbookPr date1904="1"/>'));
    expect(mac[0]?.cells.slice(0, 2).map((cell) => cell?.text)).toEqual(['1904-03-01', '1904-03-02']);
  });

  it.each([
    [
      'a document type with an entity',
      book(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${sheet('<row><c><v>&a;</v></c></row>')}`),
      'import.unreadable',
    ],
    ['an unknown entity', book(sheet('<row><c t="str"><v>&lol;</v></c></row>')), 'import.unreadable'],
    ['a surrogate as a reference', book(sheet('<row><c t="str"><v>&#xd800;</v></c></row>')), 'import.unreadable'],
    ['a macro', book(sheet(''), { 'xl/vbaProject.bin': 'x' }), 'attachment.type_mismatch'],
    ['20 MB of zeros in 20 KB', book(Buffer.alloc(20 * 1024 * 1024, 0x20).toString()), 'import.archive_limits'],
    ['a declared size of 4 GB', zipOf({ a: 'x', b: 'y' }, { size: 0xfffffff0 }), 'import.archive_limits'],
    [
      'three thousand entries',
      zipOf(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`f${i}`, '']))),
      'import.archive_limits',
    ],
    ['a size that lies', zipOf({ 'xl/workbook.xml': '<workbook/>' }, { size: 3 }), 'import.unreadable'],
    ['encryption', zipOf({ 'xl/workbook.xml': 'x' }, { flags: 1 }), 'import.unreadable'],
    ['no workbook in it', zipOf({ '../../etc/passwd': 'x' }), 'import.unreadable'],
    ['a column far to the right', book(sheet('<row><c r="ZZZ1"><v>1</v></c></row>')), 'import.columns'],
    ['its end cut off', book(sheet('<row><c><v>1</v></c></row>')).subarray(0, 200), 'import.unreadable'],
  ])('P17 a workbook with %s is refused while it is read (F2, F3, F4)', async (_what, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  it('P17 while a long file is read others have their turn', async () => {
    const long = Buffer.from(`a,b,c\n${'1,"x y",3.50\n'.repeat(100_000)}`);
    let [turns, reading, rows] = [0, true, 0];
    const other = () => {
      turns += 1;
      if (reading) setImmediate(other);
    };
    setImmediate(other);
    for await (const _ of readRows(long)) rows += 1;
    reading = false;
    expect(rows).toBe(100_001);
    expect(turns).toBeGreaterThan(1);
  });

  it('P17 random damage to a workbook is a refusal or a reading, never a fault', async () => {
    const whole = book(sheet('<row><c t="s"><v>0</v></c><c><v>12.5</v></c></row>'), {
      'xl/sharedStrings.xml': '<sst><si><t>a</t></si></sst>',
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (hits) => {
          const damaged = Buffer.from(whole);
          for (const [at, value] of hits) damaged[at] = value;
          const code = await codeOf(damaged);
          expect(
            [null, undefined].includes(code as never) ||
              String(code).startsWith('import.') ||
              code === 'attachment.type_mismatch',
          ).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('P3 numbers of workbooks become the decimals that their author sees', () => {
    expect(
      [
        '1.1499999999999999',
        '1E-2',
        '1.0000000000000001E-5',
        '-12.50',
        '0',
        '1E+20',
        '99999999999999.99',
        '0.30000000000000004',
      ].map(decimalText),
    ).toEqual(['1.15', '0.01', '0.00001', '-12.5', '0', '100000000000000000000', '99999999999999.99', '0.3']);
    expect(['', 'abc', '1,5', 'NaN', '1e9999'].map(decimalText)).toEqual([null, null, null, null, null]);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), fc.integer({ min: 0, max: 6 }), (n, scale) => {
        const digits = n.toString().padStart(scale + 1, '0');
        const wanted =
          scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
        // As a program stores it: the nearest binary fraction, written with 17 digits.
        expect(decimalText(Number(wanted).toPrecision(17))).toBe(wanted);
      }),
    );
  });

  it('P17 dates are taken in forms that cannot be misread (D1, D7)', () => {
    expect(
      ['2026-3-9', '2026/03/09', '2026.3.9', '2026年3月9日', '20260309', '２０２６-０３-０９'].map(dateOfText),
    ).toEqual(Array(6).fill('2026-03-09'));
    expect(['01/02/2026', '2026-02-30', 'tomorrow', '46091', '2026-13-01', ''].map(dateOfText)).toEqual(
      Array(6).fill(null),
    );
  });
});

type Item = { code: string; name: string; amount: string; on: string | null };
const columns: ExportColumn<Item>[] = [
  { title: '代码', type: 'text', value: (item) => item.code },
  { title: '=名称', type: 'text', value: (item) => item.name },
  { title: '金额', type: 'amount', value: (item) => item.amount },
  { title: '日期', type: 'date', value: (item) => item.on },
];
const fileOf = async (format: 'csv' | 'xlsx', items: readonly Item[]) => {
  async function* rows() {
    yield* items;
  }
  const pieces: Buffer[] = [];
  for await (const piece of exportStream(format, '清单/1', columns, rows()).stream)
    pieces.push(Buffer.from(piece as Buffer));
  return Buffer.concat(pieces);
};
const NASTY = [
  '=cmd|calc',
  '+1',
  '-2',
  '@x',
  '\t=1',
  '\r=1',
  '＝1',
  "'=1",
  "''+1",
  '007',
  '913100000000000000',
  'a,"b"\nc',
  ' x ',
  '_x0041_',
  '<a>&',
  '𠮷',
  'a\u0001b',
  '',
];

describe('lists as files', () => {
  it.each(['csv', 'xlsx'] as const)(
    'P19 %s: formulas become texts, numbers stay numbers, and reading the file gives back what was written (F5)',
    async (format) => {
      const items = NASTY.map((name, i) => ({
        code: `C${i}`,
        name,
        amount: i % 2 === 0 ? '-1234.50' : '0.00',
        on: i === 3 ? null : '2026-02-28',
      }));
      const rows = await rowsOf(await fileOf(format, items));
      expect(rows[0]?.cells[1]?.text).toBe('=名称');
      rows.slice(1).forEach(({ cells }, i) => {
        const read = cells[1]?.text ?? '';
        // CSV readers cannot tell a blank cell from an empty one.
        expect(read.trim() === '' ? '' : read).toBe(items[i]?.name);
        expect(cells[2]).toEqual(
          format === 'csv'
            ? { kind: 'text', text: items[i]?.amount }
            : { kind: 'number', text: i % 2 === 0 ? '-1234.5' : '0' },
        );
        expect(cells[3]?.text).toBe(items[i]?.on ?? undefined);
        if (format === 'xlsx') expect(cells[1]?.kind ?? 'text').toBe('text');
      });
      expect(rows).toHaveLength(NASTY.length + 1);
    },
  );

  it('P19 no line of a CSV file has a cell that begins like a formula, and it starts with the mark that spreadsheets need (F5, T5)', async () => {
    const items = NASTY.map((name) => ({ code: 'c', name, amount: '-5.00', on: null }));
    const bytes = await fileOf('csv', items);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const text = bytes.toString('utf8').slice(1);
    expect(text.split('\r\n')[1]).toBe("c,'=cmd|calc,-5.00,");
    for (const name of NASTY.slice(0, 7))
      expect(text).not.toMatch(new RegExp(`(^|,|")${name.replace(/[|+\\]/g, '\\$&')}`, 'm'));
  });

  it('P19 a workbook of ours opens in a library of others, its texts are string cells', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(
      (await fileOf('xlsx', [
        { code: '=1+1', name: '913100000000000000', amount: '12345678901234567.89', on: '2026-03-10' },
      ])) as never,
    );
    const page = workbook.worksheets[0];
    const values = [1, 2, 3, 4].map((i) => page?.getCell(2, i).value);
    expect(page?.name).toBe('清单 1');
    expect(values).toEqual(['=1+1', '913100000000000000', '12345678901234567.89', new Date('2026-03-10T00:00:00Z')]);
  });

  it('P19 guarding and taking the guard off give the same text back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."=+-@\t\r'＝a1 ".split('')) }),
        (text) => unguarded(guarded(text)) === text,
      ),
    );
    expect(isExactNumber('123456789012345')).toBe(true);
    expect(isExactNumber('1234567890123456')).toBe(false);
    expect(isExactNumber('0.00012')).toBe(true);
  });

  it('P19 a failure in the middle of the rows ends the file as a failure', async () => {
    async function* failing(): AsyncGenerator<Item> {
      yield { code: 'a', name: 'b', amount: '1', on: null };
      throw new Error('rows are gone');
    }
    for (const format of ['csv', 'xlsx'] as const) {
      await expect(async () => {
        for await (const piece of exportStream(format, 'x', columns, failing()).stream) void piece;
      }).rejects.toThrow('rows are gone');
    }
  });

  it('P17 names of downloads keep to one header and no path (F3, T5)', () => {
    expect(attachmentHeader('渠道 2026.xlsx')).toBe(
      `attachment; filename="__ 2026.xlsx"; filename*=UTF-8''%E6%B8%A0%E9%81%93%202026.xlsx`,
    );
    expect(attachmentHeader('a\u202egpj.exe\r\nX: y/../"')).not.toMatch(/[\r\n\u202e]/);
    expect(attachmentHeader('\u202e')).toContain('filename="file"');
  });
});
