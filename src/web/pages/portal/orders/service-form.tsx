/** Services and freight are accepted as done instead of received. */
import { Checkbox, Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { productName } from '../../../ui/line-server.ts';
import type { Order } from './order-page.tsx';

type Values = { lineNos: number[]; note?: string };

export function ServiceForm({
  order,
  open,
  onClose,
}: {
  order: Order;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const accept = useApiAction('orderAcceptService');
  const services = order.lines.filter(({ kind }) => kind === 'service' || kind === 'freight');
  return (
    <FormDrawer<Values>
      open={open}
      title={t('states.action.order.acceptService')}
      draftKey={`portal-order.${order.id}.service`}
      initialValues={{ lineNos: services.map(({ lineNo }) => lineNo) }}
      submitText={t('states.action.order.acceptService')}
      onClose={onClose}
      onSubmit={({ lineNos, note }) =>
        accept.run({
          params: { orderId: order.id },
          ifMatch: order.version,
          body: { lineNos, ...(note === undefined || note.trim() === '' ? {} : { note }) },
        })
      }
    >
      <Form.Item
        name="lineNos"
        label={t('portal.services')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <Checkbox.Group
          options={services.map((line) => ({
            value: line.lineNo,
            label: `${line.lineNo}. ${productName(line)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('portal.note')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  );
}
