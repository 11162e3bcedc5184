/** A carrier. */
import { Form, Input, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DocumentForm } from '../orders/document-form.tsx';
import { orNull } from '../partners/form-values.ts';
import type { Carrier } from './carriers.tsx';

type Values = {
  code?: string | undefined;
  name: string;
  nameEn?: string | undefined;
  phone?: string | undefined;
  isActive: boolean;
};

export function CarrierForm({ carrier, onClose }: { carrier: Carrier | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('carrierCreate');
  const update = useApiAction('carrierUpdate');
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const send = (values: Values, version: number): Promise<Carrier> => {
    const body = {
      name: values.name.trim(),
      nameEn: orNull(values.nameEn),
      phone: orNull(values.phone),
      isActive: values.isActive,
    };
    return carrier === null
      ? create.run({ body: { ...body, code: orNull(values.code) ?? '' } })
      : update.run({ params: { carrierId: carrier.id }, body, ifMatch: version });
  };
  return (
    <DocumentForm<Values, Carrier>
      draftKey={`carrier.${carrier?.id ?? 'new'}`}
      no={carrier?.code ?? ''}
      version={carrier?.version ?? 0}
      stateNow={carrier?.isActive === false ? t('admin.notInUse') : t('admin.inUse')}
      title={carrier === null ? t('admin.addCarrier') : t('admin.editCarrier')}
      submitText={t('common.save')}
      initialValues={{
        name: carrier?.name ?? '',
        nameEn: carrier?.nameEn ?? undefined,
        phone: carrier?.phone ?? undefined,
        isActive: carrier?.isActive ?? true,
      }}
      send={send}
      doneText={() => t('admin.saved')}
      onClose={onClose}
    >
      {carrier === null && (
        <Form.Item name="code" label={t('admin.code')} rules={must}>
          <Input maxLength={20} autoFocus autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('admin.name')} rules={must}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('admin.nameEn')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="phone" label={t('admin.phone')}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
      <Form.Item name="isActive" label={t('admin.inUse')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </DocumentForm>
  );
}
