import fs from 'node:fs';
import { createRequire } from 'node:module';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, describe, expect, test } from 'vitest';
import { coverageOf, showable } from './glyphs.ts';
import { closePdf, type PdfNode, renderPdf } from './index.ts';

afterAll(() => closePdf());

const font = fs.readFileSync(
  createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
);
const covers = coverageOf(font);
const doc = (content: PdfNode[], rest = {}) => ({
  title: '測試',
  language: 'zh-Hant',
  footer: 'SO-1',
  pageLabel: '第 {page} 頁，共 {pages} 頁',
  missingNote: '字型未收錄：',
  content,
  ...rest,
});
/** Streams of a PDF are compressed; its page objects are not. */
const pages = (bytes: Buffer) => bytes.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
const textOf = async (bytes: Buffer) => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return text;
};

describe('characters', () => {
  test('T3 the font shows both scripts, capital numerals and signs of money, and says so of what it lacks', () => {
    for (const character of '訂单確认書壹貳叁肆伍陸柒捌玖拾佰仟萬億圓整渠成￥€©éＡ〔〕')
      expect(covers(character.codePointAt(0) ?? 0), character).toBe(true);
    for (const character of '𠮷😀') expect(covers(character.codePointAt(0) ?? 0), character).toBe(false);
  });

  test('T3 what the font lacks is replaced by its code, what shows nothing is left out', () => {
    const missing = new Set<string>();
    expect(showable('𠮷野家\u200b\ufe0f A\u0000\nB e\u0301', covers, missing)).toBe('〔U+20BB7〕野家 A\nB é');
    expect([...missing]).toEqual(['U+20BB7']);
  });
});

describe('documents', () => {
  test('a table over several pages is a PDF with that many pages, made off the main thread', async () => {
    const body = [
      [{ text: '品名', style: 'th' }, '數量'],
      ...Array.from({ length: 120 }, (_, i) => [`產品 ${i}`, String(i)]),
    ];
    const { bytes, missing } = await renderPdf(
      doc([{ table: { headerRows: 1, widths: ['*', 60], body }, layout: 'grid' }]),
    );
    expect([bytes.subarray(0, 5).toString(), pages(bytes) > 2, missing]).toEqual(['%PDF-', true, []]);
    expect(bytes.byteLength).toBeLessThan(200_000);
  });

  test('T3 the text can be copied out, headers repeat, pages are counted, missing characters are named', async () => {
    const body = [[{ text: '品名', style: 'th' }], ...Array.from({ length: 90 }, (_, i) => [`第${i}件`])];
    const { bytes, missing } = await renderPdf(
      doc(['𠮷野家', { table: { headerRows: 1, widths: ['*'], body }, layout: 'grid' }], { watermark: '初步' }),
    );
    const text = await textOf(bytes);
    expect(missing).toEqual(['U+20BB7']);
    expect(text).toContain('〔U+20BB7〕野家');
    expect(text).toContain('字型未收錄： U+20BB7');
    expect(text.match(/品名/g)?.length).toBe(pages(bytes));
    expect(text).toContain(`第 1 頁，共 ${pages(bytes)} 頁`);
  });

  test('nothing is fetched and no file is read for a document', async () => {
    await expect(renderPdf(doc([{ image: '/etc/hostname' }]))).rejects.toThrow(/access|policy|denied|not allowed/i);
    await expect(renderPdf(doc([{ image: 'http://127.0.0.1:1/x.png' }]))).rejects.toThrow(
      /access|policy|denied|not allowed/i,
    );
    expect((await renderPdf(doc(['ok']))).bytes.byteLength).toBeGreaterThan(500);
  });

  test('a drawing that cannot be drawn is left out, the document stands', async () => {
    expect(pages((await renderPdf(doc([{ svg: '<svg><not closed', width: 40 }, 'text']))).bytes)).toBe(1);
  });
});
