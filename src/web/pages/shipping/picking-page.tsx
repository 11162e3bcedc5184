/** One picking list: what is picked where, for whom and until when, and the steps of the warehouse. */
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, fileUrl } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { OrderRef } from '../../ui/order-ref.tsx';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime, Qty } from '../../ui/values.tsx';
import { useNames } from '../orders/names.ts';
import { Conversation } from '../tasks/conversation.tsx';
import { FinishForm } from './forms/finish-form.tsx';
import { type PickingReason, PickingReasonForm } from './forms/reason-form.tsx';
import { usePlaceNames } from './names.ts';
import { ReadyBy } from './picking-list.tsx';
import { PrintMenu } from './print-menu.tsx';
import { ExecutionProgress } from './progress.tsx';
import '../orders/orders.css';
import { PersonName } from '../../ui/person-names.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LineProduct } from './line-product.tsx';

type Picking = Answer<'pickingGet'>;

const LIVE_MS = 5_000;
const STAGES = ['open', 'picking', 'ready'] as const;

export default function PickingPage(): ReactElement {
  const { t } = useTranslation();
  const { pickingId } = useParams({ strict: false });
  const query = useApiQuery('pickingGet', { params: { pickingId: pickingId ?? '' } }, { refetchInterval: LIVE_MS });
  const crumbs = [{ title: t('common.menu.pickings'), to: '/pickings' }];
  const picking = query.data;
  if (picking === undefined)
    return (
      <Page title={t('states.document.picking')} crumbs={crumbs}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    );
  return (
    <Page
      title={t('shipping.pickingOf', { no: picking.no })}
      crumbs={crumbs}
      extra={<StateTag of="picking" state={picking.state} />}
      actions={
        <PrintMenu
          label={t('shipping.printPickingList')}
          urlOf={(language) => fileUrl('pickingListPdf', { params: { pickingId: picking.id }, query: { language } })}
        />
      }
    >
      <ExecutionProgress
        kind="picking"
        stages={STAGES}
        state={picking.state}
        holder={picking.holder}
        trouble={picking.isLate}
      />
      <PickingActions key={picking.id} picking={picking} />
      <div className="qo-columns">
        <div className="qc-stack">
          <PickingLines picking={picking} />
          <Conversation documentType="picking" documentId={picking.id} />
        </div>
        <div className="qc-stack">
          <PickingFacts picking={picking} />
        </div>
      </div>
    </Page>
  );
}

function PickingActions({ picking }: { picking: Picking }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState<'finish' | PickingReason | null>(null);
  const start = useApiAction('pickingStart');
  const finish = useApiAction('pickingFinish');
  const close = () => setOpen(null);
  const mayStart = picking.allowedActions.some(({ action, refusals }) => action === 'start' && refusals.length === 0);
  const toShip = picking.state === 'ready' && picking.pickedQty !== picking.shippedQty;
  return (
    <div className="qc-stack" style={{ gap: 8 }}>
      <ActionBar
        document="picking"
        actions={picking.allowedActions}
        run={{
          start: () => start.attempt({ params: { pickingId: picking.id }, ifMatch: picking.version }),
          finish: () => setOpen('finish'),
          putBack: { run: () => setOpen('putBack'), back: true },
          cancel: { run: () => setOpen('cancel'), danger: true },
        }}
      >
        {mayStart && (
          <Button
            loading={finish.pending}
            onClick={() =>
              finish.attempt({ params: { pickingId: picking.id }, body: { begin: true }, ifMatch: picking.version })
            }
          >
            {t('shipping.allPicked')}
          </Button>
        )}
        {toShip && can('shipment.dispatch') && (
          <Link to="/shipments/new" search={{ orderId: picking.order.id, warehouseId: picking.warehouse.id }}>
            <Button type="primary" tabIndex={-1}>
              {t('shipping.dispatch')}
            </Button>
          </Link>
        )}
      </ActionBar>
      <ProblemAlert problem={start.problem} onClose={start.clear} />
      <ProblemAlert problem={finish.problem} onClose={finish.clear} />
      {open === 'finish' && <FinishForm picking={picking} onClose={close} />}
      {(open === 'putBack' || open === 'cancel') && (
        <PickingReasonForm picking={picking} action={open} onClose={close} />
      )}
    </div>
  );
}

function PickingLines({ picking }: { picking: Picking }): ReactElement {
  const { t } = useTranslation();
  const places = usePlaceNames();
  return (
    <Section title={t('shipping.lines')} extra={<span className="qc-muted">{places.place(picking.warehouse)}</span>}>
      <PlainTable
        rows={picking.lines}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'product',
            title: t('shipping.product'),
            render: (line) => <LineProduct line={line}>{line.note !== null && <div>{line.note}</div>}</LineProduct>,
          },
          {
            key: 'toPick',
            title: t('shipping.toPick'),
            align: 'right',
            render: (line) => <Qty value={line.qty} unit={places.unit(line)} />,
          },
          {
            key: 'picked',
            title: t('shipping.picked'),
            align: 'right',
            render: ({ pickedQty }) => <Qty value={pickedQty} />,
          },
          {
            key: 'shipped',
            title: t('shipping.shippedQty'),
            align: 'right',
            render: ({ shippedQty }) => <Qty value={shippedQty} />,
          },
        ]}
      />
      {picking.shortReason !== null && (
        <p className="qo-quote" style={{ marginTop: 12 }}>
          {t('shipping.shortBecause', { reason: picking.shortReason })}
        </p>
      )}
    </Section>
  );
}

function PickingFacts({ picking }: { picking: Picking }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const places = usePlaceNames();
  const { order } = picking;
  return (
    <section className="qc-card" aria-label={t('shipping.summary')}>
      <Facts
        items={[
          [t('shipping.warehouse'), places.place(picking.warehouse)],
          [t('shipping.readyBy'), <ReadyBy key="due" row={picking} />],
          [t('shipping.order'), <OrderRef key="order" order={order} />],
          [t('shipping.deliveryStatus'), <StateTag key="delivery" of="delivery" state={order.deliveryStatus} />],
          [
            t('shipping.partner'),
            <PathLink key="partner" to={`/partners/${order.partner.id}`}>
              {names.partner(order.partner)}
            </PathLink>,
          ],
          [t('shipping.customer'), order.customerName],
          [t('shipping.poNo'), order.poNo],
          [t('shipping.startedBy'), <PersonName key="startedBy" name={picking.startedBy?.name} />],
          [t('shipping.startedAt'), <DateTime key="started" value={picking.startedAt} />],
          [t('shipping.readyAt'), <DateTime key="ready" value={picking.readyAt} />],
          [t('shipping.deliveryAddress'), picking.deliveryAddress],
          [
            t('common.menu.shipments'),
            picking.shipments.length === 0 ? null : (
              <span className="qc-row">
                {picking.shipments.map((shipment) => (
                  <PathLink key={shipment.id} to={`/shipments/${shipment.id}`}>
                    {shipment.no}
                  </PathLink>
                ))}
              </span>
            ),
          ],
        ]}
      />
    </section>
  );
}
