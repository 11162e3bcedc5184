/** Which characters a TrueType font can show, read from its cmap table, and what becomes of the others. */
import type { PdfNode } from './document.ts';

export type Coverage = (codePoint: number) => boolean;

/** Reads the Unicode character map (format 12, or 4) of a TrueType font. Throws RangeError when it has none. */
export function coverageOf(font: Buffer): Coverage {
  const cmap = tableAt(font, 'cmap');
  const count = font.readUInt16BE(cmap + 2);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = cmap + 4 + 8 * i;
    const offset = cmap + font.readUInt32BE(at + 4);
    return { platform: font.readUInt16BE(at), format: font.readUInt16BE(offset), offset };
  }).filter(({ platform }) => platform === 0 || platform === 3);
  const best = tables.find(({ format }) => format === 12) ?? tables.find(({ format }) => format === 4);
  if (best === undefined) throw new RangeError('the font has no Unicode character map');
  const ranges = best.format === 12 ? segmented32(font, best.offset) : segmented16(font, best.offset);
  return (codePoint) => within(ranges, codePoint);
}

function tableAt(font: Buffer, name: string): number {
  const count = font.readUInt16BE(4);
  for (let i = 0; i < count; i += 1) {
    const record = 12 + 16 * i;
    if (font.toString('latin1', record, record + 4) === name) return font.readUInt32BE(record + 8);
  }
  throw new RangeError(`the font has no table ${name}`);
}

type Range = readonly [first: number, last: number];

function segmented32(font: Buffer, at: number): Range[] {
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, i) => {
    const group = at + 16 + 12 * i;
    return [font.readUInt32BE(group), font.readUInt32BE(group + 4)] as const;
  });
}

function segmented16(font: Buffer, at: number): Range[] {
  const segments = font.readUInt16BE(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + 2 * segments + 2;
  return Array.from(
    { length: segments },
    (_, i) => [font.readUInt16BE(starts + 2 * i), font.readUInt16BE(ends + 2 * i)] as const,
  );
}

function within(ranges: readonly Range[], codePoint: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] ?? [0, -1];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** Joiners, marks of direction, variation selectors and other characters that show nothing. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
const KEPT = /[\n\t]/;

const codeName = (codePoint: number) => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

/** The text with every character that the font lacks replaced by its code in brackets; those codes are added to `missing`. */
export function showable(text: string, covers: Coverage, missing: Set<string>): string {
  let shown = '';
  for (const character of text.normalize('NFC')) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (KEPT.test(character) || covers(codePoint)) shown += character;
    else if (codePoint >= 32 && !INVISIBLE.test(character)) {
      missing.add(codeName(codePoint));
      shown += `〔${codeName(codePoint)}〕`;
    }
  }
  return shown;
}

/** The same for all texts of a document. Drawings are left alone. */
export function showableNode(node: PdfNode, covers: Coverage, missing: Set<string>): PdfNode {
  if (typeof node === 'string') return showable(node, covers, missing);
  if (Array.isArray(node)) return node.map((each: PdfNode) => showableNode(each, covers, missing));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'svg' || value === undefined ? value : showableNode(value, covers, missing),
    ]),
  );
}
