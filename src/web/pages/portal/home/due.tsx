/** What is to be paid: the account as a whole, and the open items of the payment plans, the earliest due first. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Loaded, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { BizDate, Money } from '../../../ui/values.tsx';

/** `whole`: at home, with the account as a whole, the next few items and the way to all of them. */
export function DueSection({ whole = true }: { whole?: boolean }): ReactElement {
  const { t } = useTranslation();
  const due = useApiQuery('dueItems', { query: { limit: whole ? 5 : 100 } });
  return (
    <Section
      title={t('portal.due')}
      extra={whole && <PathLink to="/portal/statement">{t('common.menu.statement')}</PathLink>}
    >
      {whole && <Whole />}
      <Loaded query={due}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('portal.nothingDue')} />
          ) : (
            <ul className="qp-list">
              {items.map((item) => (
                <DueItem key={`${item.order.id} ${item.itemNo}`} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

/** What is open in all. */
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

function DueItem({ item }: { item: Item<'dueItems'> }): ReactElement {
  const { t } = useTranslation();
  return (
    <li>
      <span className="qp-what">
        <PathLink to={`/portal/orders/${item.order.id}`}>
          <span className="qc-num">{[item.order.no, item.order.poNo].filter(Boolean).join(' · ')}</span>
        </PathLink>
        <span className="qc-row" style={{ justifyContent: 'space-between' }}>
          <span className={item.overdue ? 'qc-overdue' : 'qc-muted'}>
            {t(`states.planKind.${item.kind}`)}{' '}
            {item.dueOn === null ? (
              t('portal.dueNotYet')
            ) : (
              <>
                {t(item.overdue ? 'portal.dueSince' : 'portal.dueBy')} <BizDate value={item.dueOn} />
              </>
            )}
          </span>
          <Money value={item.openAmount} currency={item.currency} />
        </span>
      </span>
    </li>
  );
}
