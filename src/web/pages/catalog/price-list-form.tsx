/** New price list, or its name, level and use. Currency and tax stay as they were made. */
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRICE_LIST_KINDS } from '../../../contract/prices.ts';
import type { Answer } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { useSession } from '../../session.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { changedOnly, orLeftOut, withoutEmpty } from '../partners/form-values.ts';

export type PriceList = Answer<'priceListGet'>;
type Values = {
  code?: string | undefined;
  name: string;
  kind: PriceList['kind'];
  level?: string | undefined;
  currency?: string | undefined;
  taxInclusive: boolean;
  priceScale?: number | null | undefined;
  isActive: boolean;
};
type PriceListFormProps = { list: PriceList | null; onClose: () => void; onSaved?: (list: PriceList) => void };

export function PriceListForm({ list, onClose, onSaved }: PriceListFormProps): ReactElement {
  const { t } = useTranslation();
  const { company } = useSession();
  const create = useApiAction('priceListCreate');
  const update = useApiAction('priceListUpdate');
  const [first] = useState<Values>(() =>
    list === null
      ? { name: '', kind: 'agreement', currency: company.currency, taxInclusive: true, priceScale: 2, isActive: true }
      : {
          name: list.name,
          kind: list.kind,
          level: list.level ?? undefined,
          taxInclusive: list.taxInclusive,
          isActive: list.isActive,
        },
  );
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const changeable = ({ name, level, isActive }: Values) => ({
    name: name.trim(),
    ...(orLeftOut(level) === undefined ? {} : { level: orLeftOut(level) ?? '' }),
    isActive,
  });
  const send = async (values: Values, version: number): Promise<PriceList> => {
    const { code, name, kind, level, currency, taxInclusive, priceScale } = values;
    const saved = await (list === null
      ? create.run({
          body: {
            ...withoutEmpty({ level: orLeftOut(level), currency: orLeftOut(currency), priceScale }),
            code: orLeftOut(code) ?? '',
            name: name.trim(),
            kind,
            taxInclusive,
          },
        })
      : update.run({
          params: { priceListId: list.id },
          body: changedOnly(changeable(first), changeable(values)),
          ifMatch: version,
        }));
    onSaved?.(saved);
    return saved;
  };
  return (
    <DocumentForm<Values, PriceList>
      draftKey={`price-list.${list?.id ?? 'new'}`}
      no={list?.code ?? ''}
      version={list?.version ?? 0}
      stateNow={list?.isActive === false ? t('catalog.retired') : t('catalog.inUse')}
      title={list === null ? t('catalog.newPriceList') : t('catalog.editPriceList')}
      submitText={t('common.save')}
      initialValues={first}
      send={send}
      doneText={({ name }) => t('catalog.saved', { name })}
      onClose={onClose}
    >
      {list === null && (
        <Form.Item name="code" label={t('catalog.code')} rules={must}>
          <Input maxLength={30} autoFocus autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('catalog.listName')} rules={must}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      {list === null && (
        <Form.Item name="kind" label={t('catalog.listKind')} extra={t('catalog.listKindHint')}>
          <Select options={PRICE_LIST_KINDS.map((value) => ({ value, label: t(`states.priceListKind.${value}`) }))} />
        </Form.Item>
      )}
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          (list?.kind ?? getFieldValue('kind')) === 'level' && (
            <Form.Item name="level" label={t('catalog.level')} rules={must}>
              <Input maxLength={20} autoComplete="off" />
            </Form.Item>
          )
        }
      </Form.Item>
      {list === null && (
        <>
          <Form.Item name="currency" label={t('catalog.currency')}>
            <Input maxLength={3} autoComplete="off" />
          </Form.Item>
          <Form.Item name="taxInclusive" label={t('catalog.taxInclusive')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="priceScale" label={t('catalog.priceScale')}>
            <InputNumber min={2} max={6} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </>
      )}
      {list !== null && (
        <Form.Item name="isActive" label={t('catalog.inUse')} valuePropName="checked">
          <Switch />
        </Form.Item>
      )}
    </DocumentForm>
  );
}
