/** One order of the partner: what it waits for, the answer to it, goods, money, conversation. */
import { CopyOutlined, EditOutlined } from '@ant-design/icons';
import { useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ORDER_STAGES } from '../../../../contract/machines/order.ts';
import type { Answer } from '../../../api/client.ts';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { useCompanyName } from '../../../i18n/use-company-name.ts';
import { useIsPhone } from '../../../lib/use-media.ts';
import { useCan } from '../../../session.tsx';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { Loaded, Page, Section } from '../../../ui/page.tsx';
import { useGo } from '../../../ui/path-link.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StageBar } from '../../../ui/stage-bar.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Conversation } from '../../tasks/conversation.tsx';
import { SaveTemplateButton } from '../../templates/template-list.tsx';
import { AboutOrder } from './about-order.tsx';
import { ConfirmPanel } from './confirm-panel.tsx';
import { ObjectForm } from './object-form.tsx';
import { StatusLinks } from '../../links/status-links.tsx';
import { GoodsSection } from './order-goods.tsx';
import { OrderLines } from './order-lines.tsx';
import { MoneySections } from './order-money.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { PrintMenu } from './print-menu.tsx';
import { ReasonForm } from './reason-form.tsx';
import { RoundsSection } from './rounds-section.tsx';
import { ServiceForm } from './service-form.tsx';
import { DeviationPanel } from './deviation-panel.tsx';
import { ShortagePanel } from './shortage-panel.tsx';
import { SubmitForm } from './submit-form.tsx';
import '../portal.css';

export type Order = Answer<'orderGet'>;

/** What is asked of the partner right now. */
const AT_BOTTOM: readonly string[] = ['accept', 'object', 'submit'];
const LIVE_MS = 10_000;
const TROUBLE: readonly string[] = ['shortage', 'objected', 'cancelled'];
type Form = 'object' | 'withdraw' | 'submit' | 'acceptService' | null;

export default function OrderPage(): ReactElement {
  const { t } = useTranslation();
  const { orderId = '' } = useParams({ strict: false });
  const query = useApiQuery('orderGet', { params: { orderId } }, { refetchInterval: LIVE_MS });
  if (query.data === undefined)
    return (
      <Page title={t('portal.order')} crumbs={[{ title: t('common.menu.myOrders'), to: '/portal/orders' }]}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return <OrderShown key={query.data.id} order={query.data} />;
}

function OrderShown({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [form, setForm] = useState<Form>(null);
  const accept = useApiAction('orderAccept');
  const contentHash = order.rounds.at(-1)?.contentHash ?? '';
  const hasServices = order.lines.some(({ kind }) => kind === 'service' || kind === 'freight');
  const bar = (
    <ActionBar
      document="order"
      actions={order.allowedActions}
      run={{
        accept: {
          run: () => accept.attempt({ params: { orderId: order.id }, ifMatch: order.version, body: { contentHash } }),
          confirm: t('portal.confirm.ask'),
        },
        object: () => setForm('object'),
        submit: () => setForm('submit'),
        ...(hasServices ? { acceptService: () => setForm('acceptService') } : {}),
        withdraw: { run: () => setForm('withdraw'), danger: true },
      }}
    />
  );
  // At the thumb, as long as there is something to press.
  const atBottom =
    phone && order.allowedActions.some(({ action, refusals }) => refusals.length === 0 && AT_BOTTOM.includes(action));
  const close = () => setForm(null);
  return (
    <Page
      title={t('portal.orderOf', { no: order.no })}
      extra={
        <>
          <StateTag of="order" state={order.state} />
          {order.state === 'in_effect' && <StateTag of="delivery" state={order.deliveryStatus} />}
        </>
      }
      crumbs={[{ title: t('common.menu.myOrders'), to: '/portal/orders' }]}
      actions={
        <div className="qp-actions">
          {!atBottom && bar}
          <MoreActions order={order} />
        </div>
      }
      {...(atBottom ? { footer: bar } : {})}
    >
      <ProblemAlert problem={accept.problem} onClose={accept.clear} />
      <Progress order={order} />
      {order.holds.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('portal.holdTitle')}
          description={order.holds.map(({ id, kind }) => <div key={id}>{t(`states.hold.${kind}`)}</div>)}
        />
      )}
      <ConfirmPanel order={order} />
      <DeviationPanel order={order} />
      <ShortagePanel order={order} />
      <div className="qp-columns">
        <div className="qc-stack">
          <Section title={t('portal.content')}>
            <OrderLines order={order} />
          </Section>
          <GoodsSection order={order} />
          {order.effectiveAt !== null && <StatusLinks orderId={order.id} />}
          <RoundsSection order={order} />
          <Conversation documentType="order" documentId={order.id} />
        </div>
        <div className="qc-stack">
          <AboutOrder order={order} />
          <MoneySections order={order} />
          <OrderTimeline order={order} />
        </div>
      </div>
      <ObjectForm order={order} open={form === 'object'} onClose={close} />
      <SubmitForm order={order} open={form === 'submit'} onClose={close} />
      <ServiceForm order={order} open={form === 'acceptService'} onClose={close} />
      <ReasonForm order={order} open={form === 'withdraw'} onClose={close} />
    </Page>
  );
}

function MoreActions({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const copy = useApiAction('orderCopy');
  const again = async () => {
    const made = await copy.attempt({ params: { orderId: order.id } });
    if (made !== undefined) go(`/portal/orders/${made.id}/edit`);
  };
  return (
    <>
      {order.state === 'draft' && can('order.create') && (
        <Button icon={<EditOutlined />} onClick={() => go(`/portal/orders/${order.id}/edit`)}>
          {t('portal.edit')}
        </Button>
      )}
      {order.state !== 'draft' && can('order.create') && (
        <Button icon={<CopyOutlined />} loading={copy.pending} onClick={() => void again()}>
          {t('portal.again')}
        </Button>
      )}
      {order.lines.length > 0 && can('order.create') && <SaveTemplateButton orderId={order.id} />}
      <PrintMenu orderId={order.id} />
      <ProblemAlert problem={copy.problem} onClose={copy.clear} />
    </>
  );
}

function Progress({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  const company = useCompanyName();
  const { holder } = order;
  return (
    <StageBar
      stages={ORDER_STAGES.map((key) => ({ key, label: t(`states.stage.${key}`) }))}
      current={order.stage}
      trouble={TROUBLE.includes(order.state)}
      waiting={
        holder === null
          ? null
          : {
              holder: holder.side === 'partner' ? t('portal.you') : (holder.userName ?? company),
              task: t(`states.task.${holder.taskKind}`),
              dueAt: holder.dueAt,
              provisional: holder.provisional,
            }
      }
    />
  );
}
