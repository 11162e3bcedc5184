/** Orders of the last twelve months. A bar opens the orders of its month; the numbers stand in a table for those who do not see bars. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useGo } from '../../ui/path-link.tsx';
import './month-bars.css';

type Months = readonly Pick<Answer<'dashboardGet'>['months'][number], 'month' | 'orders' | 'amount' | 'currency'>[];

const WIDTH = 720;
const HEIGHT = 220;
const FOOT = 24;
const HEAD = 18;

/** The last day of `2026-02` → `2026-02-28` */
function lastDay(month: string): string {
  const [year = 0, of = 1] = month.split('-').map((part) => Number.parseInt(part, 10));
  return new Date(Date.UTC(year, of, 0)).toISOString().slice(0, 10);
}

export function MonthBars({ months, partnerId }: { months: Months; partnerId?: string }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useGo();
  const rows = [...new Set(months.map(({ month }) => month))].map((month) => {
    const found = months.filter((row) => row.month === month);
    return { month, orders: found.reduce((sum, row) => sum + row.orders, 0), sums: found };
  });
  const most = Math.max(1, ...rows.map(({ orders }) => orders));
  const step = WIDTH / Math.max(1, rows.length);
  const pathOf = (month: string) =>
    `/orders?createdFrom=${month}-01&createdTo=${lastDay(month)}${partnerId === undefined ? '' : `&partnerId=${partnerId}`}`;
  const wordsOf = ({ month, orders, sums }: (typeof rows)[number]) =>
    [
      month,
      t('tasks.ordersCount', { count: orders }),
      ...sums.flatMap(({ amount, currency }) => (amount === null ? [] : [format.money(amount, currency)])),
    ].join(' · ');
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="qh-months" role="group" aria-label={t('tasks.months')}>
      {rows.map((row, index) => {
        const height = ((HEIGHT - FOOT - HEAD) * row.orders) / most;
        const x = index * step;
        const top = HEIGHT - FOOT - height;
        return (
          <a
            key={row.month}
            href={pathOf(row.month)}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              go(pathOf(row.month));
            }}
          >
            <title>{wordsOf(row)}</title>
            <rect x={x} y={0} width={step} height={HEIGHT} className="qh-hit" />
            <rect
              x={x + step * 0.2}
              y={top}
              width={step * 0.6}
              height={Math.max(height, 1)}
              rx={3}
              className="qh-month"
            />
            <text x={x + step / 2} y={top - 5} textAnchor="middle">
              {row.orders === 0 ? '' : format.count(row.orders)}
            </text>
            <text x={x + step / 2} y={HEIGHT - 7} textAnchor="middle">
              {row.month.slice(2)}
            </text>
          </a>
        );
      })}
    </svg>
  );
}
