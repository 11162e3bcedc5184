/** Submit a draft: what is done on a shortage, and which differences to the inquiry are meant. */
import { Button, Checkbox, Form, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { isProblem } from '../../../api/problem.ts';
import { Facts } from '../../../ui/page.tsx';
import { Money } from '../../../ui/values.tsx';
import { useNames } from '../names.ts';
import { DifferenceWords } from '../sections/comparison-section.tsx';
import { OrderForm, type OrderFormProps } from './order-form.tsx';

type Values = { onShortage: 'report' | 'refuse'; accepted: string[] };

export function SubmitForm({ order, onClose }: OrderFormProps): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const submit = useApiAction('orderSubmit');
  const reprice = useApiAction('orderUpdate');
  const [priceChanged, setPriceChanged] = useState(false);
  // One's own change of the order is not somebody else's: the form begins anew with it.
  const [repriced, setRepriced] = useState(0);
  const comparison = useApiQuery(
    'orderCompareInquiry',
    { params: { orderId: order.id } },
    { enabled: order.inquiry !== null },
  );
  const differences = (comparison.data?.items ?? []).filter(({ differs, accepted }) => differs && !accepted);
  return (
    <OrderForm<Values>
      key={repriced}
      order={order}
      name="submit"
      title={t('states.action.order.submit')}
      initialValues={{ onShortage: 'report', accepted: [] }}
      width={600}
      onClose={onClose}
      send={async ({ onShortage, accepted }, version) => {
        const meant = differences.filter(({ key }) => accepted.includes(key)).map(({ key }) => key);
        try {
          return await submit.run({
            params: { orderId: order.id },
            body: {
              onShortage,
              expectedGrossAmount: order.grossAmount,
              ...(meant.length === 0 ? {} : { acceptInquiryDifferences: meant }),
            },
            ifMatch: version,
          });
        } catch (error) {
          setPriceChanged(isProblem(error) && error.code === 'price.changed');
          throw error;
        }
      }}
    >
      <div style={{ marginBottom: 16 }}>
        <Facts
          items={[
            [t('orders.partner'), names.partner(order.partner)],
            [t('orders.amount'), <Money key="amount" value={order.grossAmount} currency={order.currency} />],
            [t('orders.linesCount'), String(order.lines.length)],
          ]}
        />
      </div>
      {priceChanged && (
        <Button
          style={{ marginBottom: 16 }}
          loading={reprice.pending}
          onClick={() =>
            void reprice.attempt({ params: { orderId: order.id }, body: {}, ifMatch: order.version }).then((after) => {
              if (after === undefined) return;
              setPriceChanged(false);
              setRepriced(after.version);
            })
          }
        >
          {t('orders.takeNewPrices')}
        </Button>
      )}
      {differences.length > 0 && (
        <Form.Item
          name="accepted"
          label={t('orders.differencesToAccept')}
          extra={t('orders.differencesHint')}
          rules={[
            {
              validator: (_rule, value: string[] | undefined) =>
                differences.every(({ key }) => (value ?? []).includes(key))
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('orders.differencesOpen'))),
            },
          ]}
        >
          <Checkbox.Group style={{ width: '100%' }}>
            <div className="qo-choice" style={{ width: '100%' }}>
              {differences.map((item) => (
                <Checkbox key={item.key} value={item.key}>
                  <DifferenceWords item={item} />
                </Checkbox>
              ))}
            </div>
          </Checkbox.Group>
        </Form.Item>
      )}
      <Form.Item name="onShortage" label={t('orders.onShortage')}>
        <Radio.Group>
          <div className="qc-stack" style={{ gap: 8 }}>
            <Radio value="report">{t('orders.onShortageReport')}</Radio>
            <Radio value="refuse">{t('orders.onShortageRefuse')}</Radio>
          </div>
        </Radio.Group>
      </Form.Item>
    </OrderForm>
  );
}
