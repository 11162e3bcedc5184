/** Dispatch: goods that stand ready leave the warehouse. Without an order in the address: what stands ready. */
import { useSearch } from '@tanstack/react-router';
import { Alert, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMethodText } from '../../ui/delivery-method.tsx';
import type { Answer } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { asOne, type ListSearch } from '../../lib/search-params.ts';
import { OrderRef } from '../../ui/order-ref.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink, useGo } from '../../ui/path-link.tsx';
import { useNames } from '../orders/names.ts';
import { DispatchForm } from './dispatch-form.tsx';
import { usePlaceNames } from './names.ts';
import { ReadyGoods } from './ready-goods.tsx';
import '../orders/orders.css';

type Dispatch = Answer<'dispatchGet'>;

export default function DispatchPage(): ReactElement {
  const { t } = useTranslation();
  const search: ListSearch = useSearch({ strict: false });
  const orderId = asOne(search['orderId']);
  const crumbs = [{ title: t('common.menu.shipments'), to: '/shipments' }];
  if (orderId === undefined)
    return (
      <Page title={t('shipping.dispatch')} crumbs={crumbs}>
        <ReadyGoods />
      </Page>
    );
  return (
    <Page
      title={t('shipping.dispatch')}
      crumbs={[...crumbs, { title: t('shipping.readyGoods'), to: '/shipments/new' }]}
    >
      <DispatchOf key={orderId} orderId={orderId} warehouseId={asOne(search['warehouseId'])} />
    </Page>
  );
}

function DispatchOf({ orderId, warehouseId }: { orderId: string; warehouseId: string | undefined }): ReactElement {
  const query = useApiQuery('dispatchGet', { params: { orderId } });
  return <Loaded query={query}>{(dispatch) => <DispatchShown dispatch={dispatch} warehouseId={warehouseId} />}</Loaded>;
}

function DispatchShown({
  dispatch,
  warehouseId,
}: {
  dispatch: Dispatch;
  warehouseId: string | undefined;
}): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const places = usePlaceNames();
  const { order, warehouses } = dispatch;
  const chosen = warehouses.find(({ warehouse }) => warehouse.id === warehouseId) ?? warehouses[0];
  return (
    <>
      <DispatchFacts dispatch={dispatch} />
      {warehouses.length > 1 && (
        <Section title={t('shipping.fromWarehouse')}>
          <Radio.Group
            value={chosen?.warehouse.id}
            options={warehouses.map(({ warehouse }) => ({ value: warehouse.id, label: places.place(warehouse) }))}
            onChange={({ target }) => go(`/shipments/new?orderId=${order.id}&warehouseId=${String(target.value)}`)}
          />
        </Section>
      )}
      {chosen === undefined ? (
        <Section title={t('shipping.readyGoods')}>
          <Empty text={t('shipping.nothingReady')}>
            <PathLink to={`/pickings?q=${encodeURIComponent(order.no)}`}>{t('shipping.toPickings')}</PathLink>
          </Empty>
        </Section>
      ) : (
        <>
          {chosen.refusals.map(({ code, title }) => (
            <Alert key={code} type="warning" showIcon title={title} />
          ))}
          <DispatchForm key={chosen.warehouse.id} dispatch={dispatch} from={chosen} />
        </>
      )}
    </>
  );
}

function DispatchFacts({ dispatch }: { dispatch: Dispatch }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const methodText = useMethodText();
  const { order } = dispatch;
  return (
    <section className="qc-card" aria-label={t('shipping.summary')}>
      <Facts
        items={[
          [t('shipping.order'), <OrderRef key="order" order={order} />],
          [t('shipping.partner'), names.partner(order.partner)],
          [t('shipping.customer'), order.customerName],
          [t('shipping.deliveryAddress'), dispatch.deliveryAddress],
          [t('shipping.receiver'), [dispatch.receiver, dispatch.receiverPhone].filter(Boolean).join(' ')],
          [t('shipping.deliveryMethod'), methodText(dispatch.deliveryMethod ?? '')],
        ]}
      />
    </section>
  );
}
