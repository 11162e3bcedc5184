/** Units of measure that products choose from. */
import { Form, Input, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { DocumentForm } from '../orders/document-form.tsx';
import { orNull } from '../partners/form-values.ts';
import { CompanyList } from './company-list.tsx';

type Unit = Answer<'unitList'>['items'][number];

export function Units(): ReactElement {
  const { t } = useTranslation();
  const query = useApiQuery('unitList', { query: {} });
  return (
    <CompanyList<Unit>
      title={t('admin.units')}
      hint={t('admin.unitsHint')}
      addText={t('admin.addUnit')}
      query={query}
      columns={[
        { key: 'name', title: t('admin.unitName'), render: ({ name }) => name },
        { key: 'nameHans', title: t('admin.nameHans'), render: ({ nameHans }) => nameHans },
        { key: 'nameEn', title: t('admin.nameEn'), render: ({ nameEn }) => nameEn },
        {
          key: 'whole',
          title: t('admin.wholeUnits'),
          render: ({ wholeUnits }) => (wholeUnits ? t('admin.yes') : '–'),
        },
      ]}
      form={(unit, onClose) => <UnitForm unit={unit} onClose={onClose} />}
    />
  );
}

type Values = {
  name: string;
  nameHans?: string | undefined;
  nameEn?: string | undefined;
  wholeUnits: boolean;
  isActive: boolean;
};

function UnitForm({ unit, onClose }: { unit: Unit | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('unitCreate');
  const update = useApiAction('unitUpdate');
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const send = (values: Values, version: number): Promise<Unit> => {
    const body = {
      nameHans: orNull(values.nameHans),
      nameEn: orNull(values.nameEn),
      wholeUnits: values.wholeUnits,
      isActive: values.isActive,
    };
    return unit === null
      ? create.run({ body: { ...body, name: values.name.trim() } })
      : update.run({ params: { unitId: unit.id }, body, ifMatch: version });
  };
  return (
    <DocumentForm<Values, Unit>
      draftKey={`unit.${unit?.id ?? 'new'}`}
      no={unit?.name ?? ''}
      version={unit?.version ?? 0}
      stateNow={unit?.isActive === false ? t('admin.notInUse') : t('admin.inUse')}
      title={unit === null ? t('admin.addUnit') : t('admin.editUnit')}
      submitText={t('common.save')}
      initialValues={{
        name: unit?.name ?? '',
        nameHans: unit?.nameHans ?? undefined,
        nameEn: unit?.nameEn ?? undefined,
        wholeUnits: unit?.wholeUnits ?? true,
        isActive: unit?.isActive ?? true,
      }}
      send={send}
      doneText={() => t('admin.saved')}
      onClose={onClose}
    >
      {unit === null && (
        <Form.Item name="name" label={t('admin.unitName')} rules={must}>
          <Input maxLength={20} autoFocus autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="nameHans" label={t('admin.nameHans')}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item name="nameEn" label={t('admin.nameEn')}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item name="wholeUnits" label={t('admin.wholeUnits')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="isActive" label={t('admin.inUse')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </DocumentForm>
  );
}
