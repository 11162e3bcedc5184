/** A delivery address of a partner. */
import { Form, Input, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useSession } from '../../session.tsx';
import { DeliveryMethodField } from '../../ui/delivery-method.tsx';
import { RegionField } from '../../ui/region-field.tsx';
import { orNull } from './form-values.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';
import type { Partner } from './partner-file-values.ts';

export type Address = Partner['addresses'][number];
type Values = {
  label: string;
  regionCode?: string | undefined;
  regionText?: string | undefined;
  detail: string;
  receiver: string;
  phone?: string | undefined;
  deliveryMethod?: string | undefined;
  isDefault: boolean;
  isActive: boolean;
};

export function AddressForm({
  partner,
  address,
  onClose,
}: PartnerFormProps & { address: Address | null }): ReactElement {
  const { t } = useTranslation();
  const { company } = useSession();
  const save = useApiAction('partnerAddressSave');
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  return (
    <PartnerForm<Values>
      partner={partner}
      name={`address.${address?.id ?? 'new'}`}
      title={address === null ? t('partners.addAddress') : t('partners.editAddress')}
      submitText={t('common.save')}
      initialValues={{
        label: address?.label ?? '',
        regionCode: address?.regionCode ?? undefined,
        regionText: address?.regionText ?? undefined,
        detail: address?.detail ?? '',
        receiver: address?.receiver ?? '',
        phone: address?.phone ?? undefined,
        deliveryMethod: address?.deliveryMethod ?? undefined,
        isDefault: address?.isDefault ?? partner.addresses.length === 0,
        isActive: address?.isActive ?? true,
      }}
      onClose={onClose}
      send={(values, version) => {
        const regionCode = orNull(values.regionCode);
        return save.run({
          params: { partnerId: partner.id },
          body: {
            ...(address === null ? {} : { id: address.id }),
            label: values.label.trim(),
            regionCode,
            // With a code, the server writes the name of the place itself.
            ...(regionCode === null ? { regionText: orNull(values.regionText) } : {}),
            detail: values.detail.trim(),
            receiver: values.receiver.trim(),
            phone: orNull(values.phone),
            deliveryMethod: orNull(values.deliveryMethod),
            isDefault: values.isDefault,
            isActive: values.isActive,
          },
          ifMatch: version,
        });
      }}
    >
      <Form.Item name="label" label={t('partners.addressLabel')} extra={t('partners.addressLabelHint')} rules={must}>
        <Input maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="regionCode" label={t('partners.region')}>
        <RegionField />
      </Form.Item>
      <Form.Item name="regionText" label={t('partners.regionText')} extra={t('partners.regionTextHint')}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="detail" label={t('partners.addressDetail')} rules={must}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="receiver" label={t('partners.receiver')} rules={must}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="phone" label={t('partners.phone')}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
      <Form.Item name="deliveryMethod" label={t('partners.deliveryMethod')} extra={t('partners.deliveryMethodHint')}>
        <DeliveryMethodField usual={company.deliveryMethod} />
      </Form.Item>
      <Form.Item name="isDefault" label={t('partners.isDefault')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="isActive" label={t('partners.inUse')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </PartnerForm>
  );
}
