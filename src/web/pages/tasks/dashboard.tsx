/** The figures of somebody's role. Every figure opens the documents behind it. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DELIVERY_STATUSES, ORDER_STAGES, type OrderState } from '../../../contract/machines/order.ts';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { stringifySearch } from '../../lib/search-params.ts';
import { Loaded, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { Money } from '../../ui/values.tsx';
import { MonthBars } from './month-bars.tsx';

type Figures = Answer<'dashboardGet'>;
type CountKey = Figures['counts'][number]['key'];
type AmountKey = Figures['amounts'][number]['key'];

const orders = (...state: OrderState[]): string => `/orders${stringifySearch({ state })}`;

/** Where the documents behind a number are listed; null: there is no such list. */
const COUNT_PATHS: Record<CountKey, string | null> = {
  tasks: '/tasks',
  overdueTasks: '/tasks',
  unreadNotices: '/notices',
  openInquiries: `/inquiries${stringifySearch({ state: ['received', 'needs_data', 'ready'] })}`,
  drafts: orders('draft'),
  inReview: orders('terms_review', 'availability_review'),
  shortages: orders('shortage'),
  toConfirm: orders('to_confirm'),
  awaitingReply: orders('awaiting_partner'),
  objections: orders('objected'),
  inEffect: orders('in_effect'),
  liveHolds: '/orders?onHold=true',
  openPickings: '/pickings',
  readyPickings: '/pickings?toShip=true',
  underWay: '/shipments?state=shipped',
  unallocatedPayments: '/payments',
  toSend: '/invoices?state=issued',
};
const AMOUNT_PATHS: Record<AmountKey, string | null> = {
  openOrders: orders('in_effect'),
  receivable: '/payments',
  overdue: '/orders?paymentStatus=overdue',
  unallocated: '/payments',
};
const ALARMING: readonly string[] = ['overdueTasks', 'shortages', 'objections', 'liveHolds', 'overdue'];

export function Dashboard(): ReactElement {
  const { t } = useTranslation();
  const figures = useApiQuery('dashboardGet', {}, { refetchInterval: 60_000 });
  return (
    <Loaded query={figures}>
      {(data) => (
        <>
          <Section title={t('tasks.figures')}>
            <ul className="qc-plain qh-figures">
              {data.counts.map(({ key, value }) => (
                <li key={key}>
                  <Figure
                    path={COUNT_PATHS[key]}
                    label={t(`states.figure.${key}`)}
                    alarming={value > 0 && ALARMING.includes(key)}
                  >
                    {value}
                  </Figure>
                </li>
              ))}
              {data.amounts.map(({ key, value, currency }) => (
                <li key={`${key} ${currency}`}>
                  <Figure path={AMOUNT_PATHS[key]} label={t(`states.figure.${key}`)} alarming={ALARMING.includes(key)}>
                    <Money value={value} currency={currency} />
                  </Figure>
                </li>
              ))}
            </ul>
          </Section>
          <div className="qh-charts">
            <Section title={t('tasks.funnel')}>
              <Funnel stages={data.stages} />
            </Section>
            <Section title={t('tasks.months')}>
              <MonthBars months={data.months} />
            </Section>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Figure({
  path,
  label,
  alarming,
  children,
}: {
  path: string | null;
  label: string;
  alarming: boolean;
  children: ReactElement | number;
}): ReactElement {
  const format = useFormat();
  const content = (
    <>
      <span className={alarming ? 'qh-value qc-num qc-overdue' : 'qh-value qc-num'}>
        {typeof children === 'number' ? format.count(children) : children}
      </span>
      <span className="qc-muted">{label}</span>
    </>
  );
  return path === null ? (
    <span className="qh-figure">{content}</span>
  ) : (
    <PathLink to={path} className="qh-figure">
      {content}
    </PathLink>
  );
}

/** The list behind each stage of the regulation. */
const STAGE_PATHS: Record<string, string> = {
  preliminary: orders('draft'),
  to_be_confirmed: orders('terms_review', 'availability_review', 'shortage', 'to_confirm', 'objected'),
  awaiting_reply: orders('awaiting_partner'),
  in_effect: `/orders${stringifySearch({ state: 'in_effect', deliveryStatus: 'none' })}`,
  in_execution: `/orders${stringifySearch({ state: 'in_effect', deliveryStatus: DELIVERY_STATUSES.filter((status) => status !== 'none') })}`,
  completed: orders('completed'),
};

function Funnel({ stages }: { stages: Figures['stages'] }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = ORDER_STAGES.filter((stage) => stage !== 'completed').map((stage) => {
    const found = stages.filter((row) => row.stage === stage);
    return { stage, count: found.reduce((sum, row) => sum + row.count, 0), sums: found };
  });
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ol className="qc-plain qh-funnel">
      {rows.map(({ stage, count, sums }) => (
        <li key={stage}>
          <PathLink to={STAGE_PATHS[stage] ?? '/orders'} className="qh-stage">
            <span>{t(`states.stage.${stage}`)}</span>
            <span className="qh-bar" aria-hidden>
              <span style={{ width: `${(100 * count) / most}%` }} />
            </span>
            <strong className="qc-num">{format.count(count)}</strong>
            <span className="qc-muted qh-sums">
              {sums.map(({ amount, currency }) =>
                amount === null ? null : (
                  <span key={currency}>
                    <Money value={amount} currency={currency} />{' '}
                  </span>
                ),
              )}
            </span>
          </PathLink>
        </li>
      ))}
    </ol>
  );
}
