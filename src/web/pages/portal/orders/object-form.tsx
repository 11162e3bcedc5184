/** Objecting to what was sent: the reasons, on the lines or on the whole order. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { productName } from '../../../ui/line-server.ts';
import { BizDate, Money, Qty } from '../../../ui/values.tsx';
import { type Objection, ObjectionFields, reasonsOf } from '../../orders/forms/objection-fields.tsx';
import type { Order } from './order-page.tsx';

export function ObjectForm({
  order,
  open,
  onClose,
}: {
  order: Order;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const object = useApiAction('orderObject');
  const round = order.rounds.at(-1);
  return (
    <FormDrawer<Objection>
      open={open}
      title={t('states.action.order.object')}
      draftKey={`portal-order.${order.id}.object.${order.version}`}
      initialValues={{}}
      submitText={t('portal.object.send')}
      onClose={onClose}
      onSubmit={(values) =>
        object.run({
          params: { orderId: order.id },
          ifMatch: order.version,
          body: { contentHash: round?.contentHash ?? '', reasons: reasonsOf(order, values) },
        })
      }
    >
      <ObjectionFields
        order={order}
        hint={t('portal.object.hint')}
        placeholder={t('portal.object.line')}
        label={(line) => (
          <span>
            {line.lineNo}. {productName(line)} <Qty value={line.qty} unit={line.unit} />{' '}
            <Money value={line.grossAmount} currency={order.currency} />{' '}
            {line.promisedOn !== null && <BizDate value={line.promisedOn} />}
          </span>
        )}
      />
    </FormDrawer>
  );
}
