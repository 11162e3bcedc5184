/** The partner objected by letter: sales records the reasons, by line, with the letter. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { productName } from '../../../ui/line-server.ts';
import { type Objection, ObjectionFields, reasonsOf } from './objection-fields.tsx';
import { OrderForm, type OrderFormProps } from './order-form.tsx';
import { ProofFields, proofOf, type ProofValues } from './proof-fields.tsx';

type Values = ProofValues & Objection;

export function ObjectForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const object = useApiAction('orderObject');
  return (
    <OrderForm<Values>
      order={order}
      name={`object.${order.round}`}
      title={t('orders.objectForPartner')}
      initialValues={{ evidence: '' }}
      onClose={onClose}
      send={(values, version) =>
        object.run({
          params: { orderId: order.id },
          body: {
            contentHash: order.rounds.at(-1)?.contentHash ?? '',
            reasons: reasonsOf(order, values),
            ...proofOf(values),
          },
          ifMatch: version,
        })
      }
    >
      <ObjectionFields
        order={order}
        hint={t('orders.objectHint')}
        label={(line) => `${line.lineNo}. ${productName(line)}`}
      />
      <ProofFields order={order} />
    </OrderForm>
  );
}
