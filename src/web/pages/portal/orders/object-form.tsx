/** Objecting to what was sent: the reasons, on the lines or on the whole order. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { productName } from '../../../ui/line-server.ts';
import { BizDate, Money, Qty } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';

type Values = { whole?: string; lines?: Record<string, string | undefined> };

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
  const reasonsOf = ({ whole, lines }: Values) => [
    ...(whole === undefined || whole.trim() === '' ? [] : [{ reason: whole.trim() }]),
    ...order.lines.flatMap(({ lineNo }) => {
      const reason = lines?.[String(lineNo)]?.trim() ?? '';
      return reason === '' ? [] : [{ lineNo, reason }];
    }),
  ];
  return (
    <FormDrawer<Values>
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
          body: { contentHash: round?.contentHash ?? '', reasons: reasonsOf(values) },
        })
      }
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('portal.object.hint')}
      </p>
      {order.lines.map((line) => (
        <Form.Item
          key={line.lineNo}
          name={['lines', String(line.lineNo)]}
          label={
            <span>
              {line.lineNo}. {productName(line)} <Qty value={line.qty} unit={line.unit} />{' '}
              <Money value={line.grossAmount} currency={order.currency} />{' '}
              {line.promisedOn !== null && <BizDate value={line.promisedOn} />}
            </span>
          }
        >
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={2000}
            placeholder={t('portal.object.line')}
          />
        </Form.Item>
      ))}
      <Form.Item
        name="whole"
        label={t('portal.object.whole')}
        dependencies={['lines']}
        rules={[
          ({ getFieldsValue }) => ({
            validator: () =>
              reasonsOf(getFieldsValue(true) as Values).length > 0
                ? Promise.resolve()
                : Promise.reject(new Error(t('portal.object.none'))),
          }),
        ]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  );
}
