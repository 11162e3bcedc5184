/** What is to be paid: the account by age, and the items of the payment plans of orders that are due. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Loaded, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';

const SHOWN = 5;

/** `total`: also the account as a whole, with the way to it. */
export function DueSection({ total = true }: { total?: boolean }): ReactElement {
  const { t } = useTranslation();
  const overdue = useApiQuery('orderList', { query: { paymentStatus: 'overdue', limit: SHOWN } });
  const due = useApiQuery('orderList', { query: { paymentStatus: 'due', limit: SHOWN } });
  const part = useApiQuery('orderList', { query: { paymentStatus: 'part_paid', limit: SHOWN } });
  return (
    <Section
      title={t('portal.due')}
      extra={total && <PathLink to="/portal/statement">{t('portal.statement')}</PathLink>}
    >
      {total && <Whole />}
      <Loaded query={overdue}>
        {(late) => (
          <Loaded query={due}>
            {(open) =>
              late.items.length + open.items.length + (part.data?.items.length ?? 0) === 0 ? (
                <Empty text={t('portal.nothingDue')} />
              ) : (
                <ul className="qp-list">
                  {[...late.items, ...open.items, ...(part.data?.items ?? [])].map((order) => (
                    <DueOrder key={order.id} order={order} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Section>
  );
}

/** What is open in all, and since when the oldest of it. */
function Whole(): ReactElement | null {
  const { t } = useTranslation();
  const items = useApiQuery('openItems', { query: { limit: 1 } });
  const own = items.data?.items[0];
  if (own === undefined) return null;
  return (
    <p className="qp-card-head" style={{ marginBottom: 12 }}>
      <span className="qc-muted">{t('portal.age.open')}</span>
      <span className="qp-big">
        <Money value={own.openAmount} currency={own.currency} />
      </span>
    </p>
  );
}

function DueOrder({ order }: { order: Item<'orderList'> }): ReactElement {
  const { t } = useTranslation();
  const whole = useApiQuery('orderGet', { params: { orderId: order.id } });
  const open = (whole.data?.paymentPlan ?? []).filter((item) => item.amount !== item.paidAmount);
  return (
    <li>
      <span className="qp-what">
        <PathLink to={`/portal/orders/${order.id}`}>
          <span className="qc-num">{order.no}</span>
        </PathLink>{' '}
        <StateTag of="paymentStatus" state={order.paymentStatus} />
        {open.map((item) => (
          <span key={item.itemNo} className="qc-row" style={{ justifyContent: 'space-between' }}>
            <span className="qc-muted">
              {t(`states.planKind.${item.kind}`)} {item.dueOn !== null && <BizDate value={item.dueOn} />}
            </span>
            <span>
              <Money value={item.amount} currency={order.currency} />
              {!/^0(\.0*)?$/.test(item.paidAmount) && (
                <span className="qc-muted">
                  {' '}
                  {t('portal.paid')} <Money value={item.paidAmount} currency={order.currency} />
                </span>
              )}
            </span>
          </span>
        ))}
      </span>
    </li>
  );
}
