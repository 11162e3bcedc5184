/** What waits for the partner: orders to answer, inquiries in which something is missing, every other task, drafts. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../../api/client.ts';
import { useApiQuery } from '../../../api/hooks.ts';
import { documentPath } from '../../../lib/documents.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Loaded, Section } from '../../../ui/page.tsx';
import { PathLink } from '../../../ui/path-link.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Deadline, Money } from '../../../ui/values.tsx';

const LIVE_MS = 30_000;

export function WaitingSection(): ReactElement {
  const { t } = useTranslation();
  const live = { refetchInterval: LIVE_MS };
  const orders = useApiQuery(
    'orderList',
    { query: { state: ['awaiting_partner', 'shortage', 'draft'], sort: '-created', limit: 20 } },
    live,
  );
  const inquiries = useApiQuery('inquiryList', { query: { state: 'needs_data', limit: 10 } }, live);
  const tasks = useApiQuery('taskList', { query: { limit: 50 } }, live);
  return (
    <Section title={t('portal.waiting')}>
      <Loaded query={orders}>
        {(mine) => (
          <Loaded query={inquiries}>
            {(asked) => (
              <Loaded query={tasks}>
                {(todo) => <WaitingList orders={mine.items} inquiries={asked.items} tasks={todo.items} />}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Section>
  );
}

type WaitingListProps = {
  orders: readonly Item<'orderList'>[];
  inquiries: readonly Item<'inquiryList'>[];
  tasks: readonly Item<'taskList'>[];
};

/** Answers that are waited for, then whatever else is one's own to do, then drafts. */
function WaitingList({ orders, inquiries, tasks }: WaitingListProps): ReactElement {
  const { t } = useTranslation();
  const shown = new Set([...orders, ...inquiries].map(({ id }) => id));
  const others = tasks.filter(({ documentId }) => !shown.has(documentId));
  if (shown.size + others.length === 0) return <Empty text={t('portal.nothingWaits')} />;
  const ordersIn = (drafts: boolean) =>
    orders
      .filter(({ state }) => (state === 'draft') === drafts)
      .map((order) => <WaitingOrder key={order.id} order={order} />);
  return (
    <ul className="qp-list">
      {ordersIn(false)}
      {inquiries.map((inquiry) => (
        <WaitingInquiry key={inquiry.id} inquiry={inquiry} />
      ))}
      {others.map((task) => (
        <WaitingTask key={task.id} task={task} />
      ))}
      {ordersIn(true)}
    </ul>
  );
}

function WaitingTask({ task }: { task: Item<'taskList'> }): ReactElement {
  const { t } = useTranslation();
  const path = documentPath('partner', task.documentType, task.documentId);
  const what = t(`states.task.${task.kind}`);
  return (
    <li>
      <span className="qp-what">
        {path === null ? what : <PathLink to={path}>{what}</PathLink>}
        <br />
        <span className="qc-muted qc-num">{[task.documentNo, task.poNo].filter(Boolean).join(' · ')}</span>
      </span>
      {task.dueAt !== null && <Deadline value={task.dueAt} provisional={task.provisional} />}
    </li>
  );
}

const ASK: Partial<Record<Item<'orderList'>['state'], string>> = {
  awaiting_partner: 'portal.ask.confirm',
  shortage: 'portal.ask.shortage',
  draft: 'portal.ask.draft',
};

function WaitingOrder({ order }: { order: Item<'orderList'> }): ReactElement {
  const { t } = useTranslation();
  const ask = ASK[order.state];
  return (
    <li>
      <span className="qp-what">
        <PathLink to={`/portal/orders/${order.id}`}>{ask === undefined ? order.no : t(ask)}</PathLink>
        <br />
        <span className="qc-muted">
          <span className="qc-num">{order.no}</span>
          {order.poNo !== null && ` · ${order.poNo}`}
          {order.customerName !== null && ` · ${order.customerName}`}
        </span>
      </span>
      <Money value={order.grossAmount} currency={order.currency} />
      {order.state === 'draft' ? (
        <StateTag of="order" state={order.state} />
      ) : (
        order.dueAt !== null && <Deadline value={order.dueAt} />
      )}
    </li>
  );
}

function WaitingInquiry({ inquiry }: { inquiry: Item<'inquiryList'> }): ReactElement {
  const { t } = useTranslation();
  return (
    <li>
      <span className="qp-what">
        <PathLink to={`/portal/inquiries/${inquiry.id}`}>{t('portal.ask.gaps', { count: inquiry.gapCount })}</PathLink>
        <br />
        <span className="qc-muted">
          <span className="qc-num">{inquiry.no}</span>
          {inquiry.customerName !== null && ` · ${inquiry.customerName}`}
        </span>
      </span>
      {inquiry.dueAt !== null && <Deadline value={inquiry.dueAt} />}
    </li>
  );
}
