/** Quantities as people write them: 1,200箱, 十二台, 2.5万件, x 10, qty: 5 pcs. Amounts of money and sizes inside of names are no quantities. */
import { parseQty, formatQty } from '../../../kernel/qty.ts';
import type { Span } from './plain.ts';

export type Quantity = { qty: string; unit: string | null };
export type FoundQuantity = Quantity & Span;

/** Words that count pieces. Words that measure (公斤, m) count too, unless a counting word stands in the same line: 500ml 的水 20 箱. */
const COUNTING = [
  ...'箱 件 台 臺 个 個 只 隻 支 枝 套 盒 包 袋 瓶 桶 罐 条 條 根 张 張 片 块 塊 卷 捆 对 對 双 雙 辆 輛 部 把 本 册 冊 打 组 組 粒 托 棧板 栈板 托盘 托盤 次 人次 车 車 顶 頂 副 份'.split(
    ' ',
  ),
  ...'pcs pc pieces piece ea each units unit sets set boxes box cartons carton ctns ctn cases case packs pack pkgs pkg bags bag bottles bottle rolls roll pairs pair dozens dozen doz pallets pallet sheets sheet'.split(
    ' ',
  ),
];
const MEASURING = [
  ...'公斤 千克 公吨 公噸 吨 噸 克 斤 平方米 立方米 公尺 米 公升 升 毫升 小时 小時 工时 工時 天 人天'.split(' '),
  ...'kgs kg tons ton mt grams g meters metres meter metre m liters litres liter litre l ml hours hour hrs hr days day'.split(
    ' ',
  ),
];
const UNITS = [...COUNTING, ...MEASURING].sort((a, b) => b.length - a.length);
const COUNTED = new Set(COUNTING);

const DIGIT: Record<string, bigint> = {
  零: 0n,
  〇: 0n,
  一: 1n,
  二: 2n,
  两: 2n,
  兩: 2n,
  三: 3n,
  四: 4n,
  五: 5n,
  六: 6n,
  七: 7n,
  八: 8n,
  九: 9n,
};
const POWER: Record<string, bigint> = { 十: 10n, 百: 100n, 千: 1000n };
const TEN_THOUSAND = 10_000n;

/** 一百二十 is 120, 两千零五十 2050, 三万 30000. Null for what is no number in Chinese. */
export function chineseNumber(text: string): number | null {
  if (!/^[零〇一二两兩三四五六七八九十百千万萬]{1,12}$/.test(text)) return null;
  let total = 0n;
  let part = 0n;
  let digit: bigint | null = null;
  for (const letter of text) {
    if (letter === '万' || letter === '萬') {
      total = (total + part + (digit ?? 0n)) * TEN_THOUSAND;
      part = 0n;
      digit = null;
    } else if (POWER[letter] !== undefined) {
      part += (digit ?? 1n) * POWER[letter];
      digit = null;
    } else {
      // Two digits without a power between them (一二三) are no number that one counts by.
      if (digit !== null && digit !== 0n) return null;
      digit = DIGIT[letter] ?? 0n;
    }
  }
  return Number(total + part + (digit ?? 0n));
}

const NUMBER = '(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|[一二两兩三四五六七八九十百千]{1,8})';
const MANY = '([万萬千]?)';
const UNIT = `(${UNITS.join('|')})`;
/** Not right behind a letter, digit or joint of a code (BK-M82S-38), nor behind a currency sign. */
const FREE = '(?<![\\w.,/#¥$€-])';
const ENDS = '(?![A-Za-z])';
const WITH_UNIT = new RegExp(`${FREE}${NUMBER} ?${MANY} ?${UNIT}${ENDS}`, 'giu');
const TIMES = new RegExp(
  `(?:(?<=[\\s)\\]"\\p{Script=Han}])[x×*✕]|[×✕]) ?${NUMBER}(?: ?${UNIT}${ENDS})?(?![\\w.])`,
  'giu',
);
const TIMES_FIRST = new RegExp(`^${NUMBER} ?[x×✕] (?=\\p{L})`, 'giu');
const LABELLED = new RegExp(
  `(?:数量|數量|订量|訂量|qty|quantity|q'ty)\\.?\\s*[:=]?\\s*${NUMBER} ?${MANY}(?: ?${UNIT}${ENDS})?`,
  'giu',
);
const MONEY =
  /(?:[¥$€]|(?:rmb|cny|usd|eur|nt\$|us\$)) ?\d[\d,]*(?:\.\d+)? ?[万萬]?(?: ?\/ ?\p{L}{1,6})?|\d[\d,]*(?:\.\d+)? ?[万萬]?(?:元|块钱|塊錢|rmb|cny|usd|eur)(?: ?\/ ?\p{L}{1,6})?/giu;
const PRICE_WORD = /(?:单价|單價|总价|總價|价格|價格|含税价?|含稅價?|unit price|price|total)\s*[:=]?\s*$/i;

/** Decimal text of a number as written, or null beyond what a quantity can hold. `万` multiplies. */
function numberText(digits: string, many: string): string | null {
  const chinese = chineseNumber(digits);
  const qty = parseQty(chinese === null ? digits.replaceAll(',', '') : String(chinese));
  if (qty === null || qty <= 0n) return null;
  const factor = many === '' ? 1n : many === '千' ? 1000n : TEN_THOUSAND;
  const text = formatQty(qty * factor);
  return /^\d{1,11}(\.\d{1,4})?$/.test(text) ? text : null;
}

/** Sums of money in a plain line, with the word before them. They say nothing about what is wanted. */
export function findMoney(line: string): Span[] {
  return [...line.matchAll(MONEY)].map((match) => ({
    from: match.index - (PRICE_WORD.exec(line.slice(0, match.index))?.[0].length ?? 0),
    to: match.index + match[0].length,
  }));
}

/** Every quantity in a plain line, in order. Measures give way to counted pieces. */
export function findQuantities(line: string): FoundQuantity[] {
  const found: FoundQuantity[] = [];
  const take = (match: RegExpExecArray, many: string, unit: string | undefined) => {
    const span = { from: match.index, to: match.index + match[0].length };
    const qty = numberText(match[1] ?? '', many);
    if (qty === null || found.some((other) => span.from < other.to && span.to > other.from)) return;
    found.push({ ...span, qty, unit: unit?.toLowerCase() ?? null });
  };
  for (const match of line.matchAll(LABELLED)) take(match as RegExpExecArray, match[2] ?? '', match[3]);
  for (const match of line.matchAll(TIMES)) take(match as RegExpExecArray, '', match[2]);
  for (const match of line.matchAll(WITH_UNIT)) take(match as RegExpExecArray, match[2] ?? '', match[3]);
  for (const match of line.matchAll(TIMES_FIRST)) take(match as RegExpExecArray, '', undefined);
  const pieces = found.filter(({ unit }) => unit === null || COUNTED.has(unit));
  return (pieces.length > 0 ? pieces : found).sort((a, b) => a.from - b.from);
}

const CELL = new RegExp(`^${NUMBER} ?${MANY} ?(\\p{L}{0,10})\\.?$`, 'iu');

/** A cell that should be a quantity, with its unit if one stands there; null when it is something else. */
export function readQuantity(text: string): Quantity | null {
  const match = CELL.exec(text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, ''));
  if (match === null) return null;
  const qty = numberText(match[1] ?? '', match[2] ?? '');
  return qty === null ? null : { qty, unit: match[3] === undefined || match[3] === '' ? null : match[3] };
}

const UNIT_WORDS = new Set(UNITS);
export const isUnit = (text: string): boolean => UNIT_WORDS.has(text.toLowerCase());
/** Whether a unit counts pieces (件) and does not measure (L), which may belong to the name. */
export const countsPieces = (unit: string | null): boolean => unit !== null && COUNTED.has(unit);
