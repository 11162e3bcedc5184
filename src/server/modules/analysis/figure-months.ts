import { addMonths, bizDateOf } from '../../kernel/biz-date.ts';
import { formatAmount } from '../../kernel/money.ts';
import { sql, type Sql, type Tx } from '../../platform/db/database.ts';
import type { Env } from '../../platform/pipeline/types.ts';

const MONTHS = 12;

/** First days of the last twelve months of the company's calendar, the current one last. */
export function lastMonths(now: Date, { company }: Env): string[] {
  const current = `${bizDateOf(now, company.timeZone).slice(0, 7)}-01`;
  return Array.from({ length: MONTHS }, (_, i) => addMonths(current, i - MONTHS + 1));
}

export type MonthFigures = { month: string; orders: number; lines: number; amount: string; currency: string };

/** Orders of each month and currency; a month without orders stands there with nothing in the company's currency. `own`: ` and x.partner_id …` */
export async function ordersByMonth(tx: Tx, own: Sql, now: Date, env: Env): Promise<MonthFigures[]> {
  const months = lastMonths(now, env);
  const rows = await tx.query<{ month: string; currency: string; count: number; lines: number; amount: bigint }>(sql`
    select x.month, x.currency, sum(x.order_count)::int as count, sum(x.line_count)::int as lines, sum(x.gross_amount)::bigint as amount from figure_month x
    where x.month >= ${months[0]}::date and x.order_count > 0${own} group by 1, 2 order by 1, 2`);
  return months.flatMap((month) => {
    const found = rows.filter((row) => row.month === month);
    const shown = found.length > 0 ? found : [{ currency: env.company.currency, count: 0, lines: 0, amount: 0n }];
    return shown.map(({ currency, count, lines, amount }) => ({
      month: month.slice(0, 7),
      orders: count,
      lines,
      amount: formatAmount(amount, currency),
      currency,
    }));
  });
}
