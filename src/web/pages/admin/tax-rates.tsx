/** Tax rates that products choose from. */
import { Form, Input, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { DocumentForm } from '../orders/document-form.tsx';
import { percentOfRate } from '../orders/editor/percent.ts';
import { orNull } from '../partners/form-values.ts';
import { PercentField } from '../partners/percent-field.tsx';
import { CompanyList } from './company-list.tsx';

type TaxRate = Answer<'taxRateList'>['items'][number];

export function TaxRates(): ReactElement {
  const { t } = useTranslation();
  const query = useApiQuery('taxRateList', { query: {} });
  return (
    <CompanyList<TaxRate>
      title={t('admin.taxRates')}
      hint={t('admin.taxRatesHint')}
      addText={t('admin.addTaxRate')}
      query={query}
      columns={[
        { key: 'name', title: t('admin.name'), render: ({ name }) => name },
        { key: 'nameEn', title: t('admin.nameEn'), render: ({ nameEn }) => nameEn },
        { key: 'rate', title: t('admin.rate'), align: 'right', render: ({ rate }) => `${percentOfRate(rate)} %` },
      ]}
      form={(rate, onClose) => <TaxRateForm rate={rate} onClose={onClose} />}
    />
  );
}

type Values = { rate?: string | undefined; name: string; nameEn?: string | undefined; isActive: boolean };

function TaxRateForm({ rate, onClose }: { rate: TaxRate | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('taxRateCreate');
  const update = useApiAction('taxRateUpdate');
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const send = (values: Values, version: number): Promise<TaxRate> => {
    const body = { name: values.name.trim(), nameEn: orNull(values.nameEn), isActive: values.isActive };
    return rate === null
      ? create.run({ body: { ...body, rate: values.rate ?? '' } })
      : update.run({ params: { taxRateId: rate.id }, body, ifMatch: version });
  };
  return (
    <DocumentForm<Values, TaxRate>
      draftKey={`tax-rate.${rate?.id ?? 'new'}`}
      no={rate?.name ?? ''}
      version={rate?.version ?? 0}
      stateNow={rate?.isActive === false ? t('admin.notInUse') : t('admin.inUse')}
      title={rate === null ? t('admin.addTaxRate') : t('admin.editTaxRate')}
      submitText={t('common.save')}
      initialValues={{
        name: rate?.name ?? '',
        nameEn: rate?.nameEn ?? undefined,
        isActive: rate?.isActive ?? true,
      }}
      send={send}
      doneText={() => t('admin.saved')}
      onClose={onClose}
    >
      {rate === null && (
        <Form.Item name="rate" label={t('admin.rate')} rules={must}>
          <PercentField />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('admin.name')} rules={must}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="nameEn" label={t('admin.nameEn')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="isActive" label={t('admin.inUse')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </DocumentForm>
  );
}
