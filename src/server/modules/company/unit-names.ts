/** Names of units of measure. Pure. */
import { foldText } from '../../kernel/text.ts';

/** Spellings of one unit in the two scripts, and in singular and plural. They never change what is counted. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    '個 个',
    '隻 只',
    '條 条',
    '張 张',
    '對 对',
    '雙 双',
    '輛 辆',
    '塊 块',
    '組 组',
    '頂 顶',
    '臺 台',
    '冊 册',
    '車 车',
    '噸 吨',
    '小時 小时',
    '棧板 栈板',
    '托盤 托盘',
    'pc pcs',
    'piece pcs',
    'pieces pcs',
    'sets set',
    'boxes box',
    'cartons carton',
    'ctn carton',
    'ctns carton',
    'packs pack',
    'bags bag',
    'bottles bottle',
    'rolls roll',
    'pairs pair',
    'units unit',
    'hours hour',
    'days day',
    'visits visit',
  ].map((pair) => pair.split(' ') as [string, string]),
);

/** One text for all spellings of a unit, whatever the case, width and script of the letters. */
export function foldUnit(text: string): string {
  const folded = foldText(text.trim());
  return SPELLINGS.get(folded) ?? folded;
}
