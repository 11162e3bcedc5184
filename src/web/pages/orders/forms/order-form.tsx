/** The form of a step of an order. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentForm } from '../document-form.tsx';
import type { Order } from '../order-page.tsx';

export type OrderFormProps = { order: Order; onClose: () => void };

export function OrderForm<V extends object>({
  order,
  name,
  ...rest
}: {
  order: Order;
  /** Name of the step, for the draft of what is typed. */
  name: string;
  title: string;
  initialValues: V;
  send: (values: V, version: number) => Promise<Order>;
  onClose: () => void;
  danger?: boolean;
  width?: number;
  children: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <DocumentForm<V, Order>
      {...rest}
      draftKey={`order.${order.id}.${name}`}
      no={order.no}
      version={order.version}
      stateNow={t(`states.order.${order.state}`)}
      doneText={({ state }) => t('orders.nowIn', { state: t(`states.order.${state}`) })}
    />
  );
}
