/** A warehouse. */
import { Form, Input, InputNumber, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DocumentForm } from '../orders/document-form.tsx';
import { orNull } from '../partners/form-values.ts';
import type { Warehouse } from './warehouses.tsx';

type Values = {
  code?: string | undefined;
  name: string;
  nameEn?: string | undefined;
  regionCode?: string | undefined;
  address?: string | undefined;
  priority: number | null;
  isActive: boolean;
};

export function WarehouseForm({
  warehouse,
  onClose,
}: {
  warehouse: Warehouse | null;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('warehouseCreate');
  const update = useApiAction('warehouseUpdate');
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const send = (values: Values, version: number): Promise<Warehouse> => {
    const body = {
      name: values.name.trim(),
      nameEn: orNull(values.nameEn),
      regionCode: orNull(values.regionCode),
      address: orNull(values.address),
      isActive: values.isActive,
      ...(values.priority === null ? {} : { priority: values.priority }),
    };
    return warehouse === null
      ? create.run({ body: { ...body, code: orNull(values.code) ?? '' } })
      : update.run({ params: { warehouseId: warehouse.id }, body, ifMatch: version });
  };
  return (
    <DocumentForm<Values, Warehouse>
      draftKey={`warehouse.${warehouse?.id ?? 'new'}`}
      no={warehouse?.code ?? ''}
      version={warehouse?.version ?? 0}
      stateNow={warehouse?.isActive === false ? t('admin.notInUse') : t('admin.inUse')}
      title={warehouse === null ? t('admin.addWarehouse') : t('admin.editWarehouse')}
      submitText={t('common.save')}
      initialValues={{
        name: warehouse?.name ?? '',
        nameEn: warehouse?.nameEn ?? undefined,
        regionCode: warehouse?.regionCode ?? undefined,
        address: warehouse?.address ?? undefined,
        priority: warehouse?.priority ?? 10,
        isActive: warehouse?.isActive ?? true,
      }}
      send={send}
      doneText={() => t('admin.saved')}
      onClose={onClose}
    >
      {warehouse === null && (
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
      <Form.Item name="regionCode" label={t('admin.regionCode')} extra={t('admin.regionHint')}>
        <Input maxLength={6} inputMode="numeric" />
      </Form.Item>
      <Form.Item name="address" label={t('admin.address')}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="priority" label={t('admin.priority')} extra={t('admin.priorityHint')}>
        <InputNumber min={1} max={9999} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="isActive" label={t('admin.inUse')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </DocumentForm>
  );
}
