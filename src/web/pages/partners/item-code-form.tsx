/** The partner's own code for a product. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { RemoteSelect } from '../../ui/fields.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';

type Values = { code: string; productId?: string | undefined };

export function ItemCodeForm({ partner, onClose }: PartnerFormProps): ReactElement {
  const { t } = useTranslation();
  const save = useApiAction('partnerItemsSave');
  return (
    <PartnerForm<Values>
      partner={partner}
      name="item"
      title={t('partners.addItemCode')}
      submitText={t('common.save')}
      initialValues={{ code: '' }}
      onClose={onClose}
      send={({ code, productId }, version) =>
        save.run({
          params: { partnerId: partner.id },
          body: { set: [{ code: code.trim(), productId: productId ?? '' }] },
          ifMatch: version,
        })
      }
    >
      <Form.Item
        name="code"
        label={t('partners.itemCode')}
        extra={t('partners.itemCodeHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={64} autoFocus />
      </Form.Item>
      <Form.Item
        name="productId"
        label={t('partners.product')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <RemoteSelect search={findProductChoices} />
      </Form.Item>
    </PartnerForm>
  );
}
