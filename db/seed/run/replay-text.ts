/** What `npm run replay` says, in the language of the terminal. */
import type { Language } from '../../../src/server/platform/embedded/index.ts';
import { fromUnits } from '../decimal-text.ts';
import {
  type Grouping,
  GROUPINGS,
  type Sum,
  type Totals,
  type TotalsDifference,
} from '../adventureworks/compare-totals.ts';

type Texts = {
  starting: (orders: number) => string;
  masters: (resellers: number) => string;
  orders: (done: number, of: number) => string;
  year: (year: string, sum: string) => string;
  total: (sum: string) => string;
  sum: (orders: number, lines: number, quantity: string, sales: string) => string;
  grouping: Record<Grouping, string>;
  equal: (name: string, groups: number) => string;
  differ: (name: string, count: number) => string;
  nothing: string;
  listed: (lines: number, sum: string) => string;
  deviating: (lines: number, agreed: string, ordered: string) => string;
  both: (agreed: string, ordered: string) => string;
  whole: (done: number, wanted: number) => string;
  invariants: (count: number) => string;
  broken: (name: string) => string;
  took: (seconds: string) => string;
  kept: (dataDir: string) => string;
  notEmpty: string;
};

const TEXTS: Record<Language, Texts> = {
  en: {
    starting: (orders) => `Replaying ${orders} orders of the AdventureWorks resellers by commands …`,
    masters: (resellers) => `  company, people, products, prices, stock and ${resellers} resellers are there`,
    orders: (done, of) => `  ${done} of ${of} orders`,
    year: (year, sum) => `${year}  ${sum}`,
    total: (sum) => `All   ${sum}`,
    sum: (orders, lines, quantity, sales) => `${orders} orders, ${lines} lines, ${quantity} pieces, USD ${sales}`,
    grouping: {
      partner: 'by partner',
      territory: 'by territory',
      salesperson: 'by salesperson',
      month: 'by month',
      year: 'by year',
      all: 'in all',
    },
    equal: (name, groups) => `equal to the cent ${name} (${groups})`,
    differ: (name, count) => `DIFFERENT ${name}: ${count}`,
    nothing: 'nothing',
    listed: (lines, sum) => `${lines} lines at the price of the list: USD ${sum}`,
    deviating: (lines, agreed, ordered) =>
      `${lines} lines deviate, approved by a second person: agreed USD ${agreed}, ordered USD ${ordered}`,
    both: (agreed, ordered) => `together: agreed USD ${agreed}, ordered USD ${ordered}`,
    whole: (done, wanted) => `${done} of ${wanted} orders of the sample are completed`,
    invariants: (count) => `${count} invariants of money, goods and history hold`,
    broken: (name) => `BROKEN invariant ${name}`,
    took: (seconds) => `Done in ${seconds} s.`,
    kept: (dataDir) => `Look at it: DATA_DIR=${dataDir} npm start`,
    notEmpty: 'The database already holds data. The replay needs an empty one of its own.',
  },
  'zh-Hans': {
    starting: (orders) => `正在用命令重放 AdventureWorks 经销商的 ${orders} 张订单……`,
    masters: (resellers) => `  公司、人员、产品、价格、库存和 ${resellers} 家经销商已就绪`,
    orders: (done, of) => `  ${done} / ${of} 张订单`,
    year: (year, sum) => `${year}  ${sum}`,
    total: (sum) => `合计  ${sum}`,
    sum: (orders, lines, quantity, sales) => `${orders} 张订单，${lines} 行，${quantity} 件，USD ${sales}`,
    grouping: {
      partner: '按渠道',
      territory: '按区域',
      salesperson: '按销售人员',
      month: '按月',
      year: '按年',
      all: '总计',
    },
    equal: (name, groups) => `${name}分毫不差（${groups}）`,
    differ: (name, count) => `${name}有差异：${count}`,
    nothing: '无',
    listed: (lines, sum) => `${lines} 行按价格表计价：USD ${sum}`,
    deviating: (lines, agreed, ordered) =>
      `${lines} 行与价格表不符，经第二人批准：约定 USD ${agreed}，订购 USD ${ordered}`,
    both: (agreed, ordered) => `合计：约定 USD ${agreed}，订购 USD ${ordered}`,
    whole: (done, wanted) => `样本 ${wanted} 张订单中 ${done} 张已完成`,
    invariants: (count) => `资金、货物与历史的 ${count} 条不变量全部成立`,
    broken: (name) => `不变量 ${name} 被破坏`,
    took: (seconds) => `用时 ${seconds} 秒。`,
    kept: (dataDir) => `查看：DATA_DIR=${dataDir} npm start`,
    notEmpty: '数据库中已有数据。重放需要一个单独的空数据库。',
  },
  'zh-Hant': {
    starting: (orders) => `正在以命令重放 AdventureWorks 經銷商的 ${orders} 張訂單……`,
    masters: (resellers) => `  公司、人員、產品、價格、庫存和 ${resellers} 家經銷商已就緒`,
    orders: (done, of) => `  ${done} / ${of} 張訂單`,
    year: (year, sum) => `${year}  ${sum}`,
    total: (sum) => `合計  ${sum}`,
    sum: (orders, lines, quantity, sales) => `${orders} 張訂單，${lines} 列，${quantity} 件，USD ${sales}`,
    grouping: {
      partner: '按渠道',
      territory: '按區域',
      salesperson: '按銷售人員',
      month: '按月',
      year: '按年',
      all: '總計',
    },
    equal: (name, groups) => `${name}分毫不差（${groups}）`,
    differ: (name, count) => `${name}有差異：${count}`,
    nothing: '無',
    listed: (lines, sum) => `${lines} 列按價格表計價：USD ${sum}`,
    deviating: (lines, agreed, ordered) =>
      `${lines} 列與價格表不符，經第二人核准：約定 USD ${agreed}，訂購 USD ${ordered}`,
    both: (agreed, ordered) => `合計：約定 USD ${agreed}，訂購 USD ${ordered}`,
    whole: (done, wanted) => `樣本 ${wanted} 張訂單中 ${done} 張已完成`,
    invariants: (count) => `資金、貨物與歷史的 ${count} 條不變量全部成立`,
    broken: (name) => `不變量 ${name} 被破壞`,
    took: (seconds) => `用時 ${seconds} 秒。`,
    kept: (dataDir) => `查看：DATA_DIR=${dataDir} npm start`,
    notEmpty: '資料庫中已有資料。重放需要一個單獨的空資料庫。',
  },
};

export const replayTexts = (language: Language): Texts => TEXTS[language];

/** Totals by year and in all, then each grouping with its differences. */
export function totalsReport(language: Language, product: Totals, differences: readonly TotalsDifference[]): string[] {
  const text = TEXTS[language];
  const sum = ({ orders, lines, quantity, sales }: Sum) =>
    text.sum(orders, lines, quantity.toString(), fromUnits(sales, 2));
  const side = (one: Sum | null) => (one === null ? text.nothing : sum(one));
  const years = [...product.year].sort(([a], [b]) => (a < b ? -1 : 1)).map(([year, one]) => text.year(year, sum(one)));
  const all = product.all.get('all');
  return [
    ...years,
    ...(all === undefined ? [] : [text.total(sum(all))]),
    ...GROUPINGS.filter((grouping) => grouping !== 'all').flatMap((grouping) => {
      const own = differences.filter((difference) => difference.grouping === grouping);
      if (own.length === 0) return [text.equal(text.grouping[grouping], product[grouping].size)];
      return [
        text.differ(text.grouping[grouping], own.length),
        ...own.slice(0, 20).map(({ key, source, product: found }) => `  ${key}: ${side(source)} ≠ ${side(found)}`),
      ];
    }),
  ];
}
