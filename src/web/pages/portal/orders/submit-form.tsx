/** Submitting a draft. Where it came from an inquiry, what differs from it is shown and accepted first. */
import { Checkbox, Form } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { Loaded } from '../../../ui/page.tsx';
import { Money } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';

type Values = { accepted?: boolean };

export function SubmitForm({
  order,
  open,
  onClose,
}: {
  order: Order;
  open: boolean;
  onClose: () => void;
}): ReactElement {
  const { t, i18n } = useTranslation();
  const submit = useApiAction('orderSubmit');
  const comparison = useApiQuery(
    'orderCompareInquiry',
    { params: { orderId: order.id } },
    { enabled: open && order.inquiry !== null },
  );
  const differing = (comparison.data?.items ?? []).filter(({ differs, accepted }) => differs && !accepted);
  const fieldName = (field: string) => (i18n.exists(`states.field.${field}`) ? t(`states.field.${field}`) : field);
  return (
    <FormDrawer<Values>
      open={open}
      title={t('states.action.order.submit')}
      draftKey={`portal-order.${order.id}.submit.${order.version}`}
      initialValues={{}}
      submitText={t('states.action.order.submit')}
      onClose={onClose}
      onSubmit={() =>
        submit.run({
          params: { orderId: order.id },
          ifMatch: order.version,
          body: differing.length === 0 ? {} : { acceptInquiryDifferences: differing.map(({ key }) => key) },
        })
      }
    >
      <p style={{ marginBottom: 16 }}>
        {t('portal.submitHint')}{' '}
        <strong>
          <Money value={order.grossAmount} currency={order.currency} />
        </strong>
      </p>
      {order.inquiry !== null && (
        <Loaded query={comparison}>
          {() =>
            differing.length > 0 && (
              <>
                <p style={{ marginBottom: 8 }}>{t('portal.differsFromInquiry', { no: order.inquiry?.no ?? '' })}</p>
                <ul className="qp-list" style={{ marginBottom: 16 }}>
                  {differing.map((item) => (
                    <li key={item.key}>
                      <span className="qp-what">
                        {item.lineNo !== null && `${t('common.lineNo', { no: item.lineNo })} `}
                        {item.label ?? ''} {fieldName(item.field)}
                      </span>
                      <span>
                        <span className="qc-muted">{item.inquiryValue ?? '–'}</span> →{' '}
                        <strong>{item.orderValue ?? '–'}</strong>
                      </span>
                    </li>
                  ))}
                </ul>
                <Form.Item
                  name="accepted"
                  valuePropName="checked"
                  rules={[
                    {
                      validator: (_, value: unknown) =>
                        value === true ? Promise.resolve() : Promise.reject(new Error(t('common.required'))),
                    },
                  ]}
                >
                  <Checkbox>{t('portal.acceptDifferences')}</Checkbox>
                </Form.Item>
              </>
            )
          }
        </Loaded>
      )}
    </FormDrawer>
  );
}
