/** New product, or a change of one. */
import { AutoComplete, Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRODUCT_KINDS } from '../../../contract/catalog.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { DecimalField, RemoteSelect } from '../../ui/fields.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { findProductChoices } from '../orders/lookups.ts';
import { changedOnly, orLeftOut } from '../partners/form-values.ts';
import { TaxRateSelect, UnitSelect } from './listed-select.tsx';
import { UnitFields } from './unit-fields.tsx';
import { type Product, type ProductValues, productBody, valuesOf } from './product-values.ts';
import { productLabel } from '../../ui/line-server.ts';

type ProductFormProps = { product: Product | null; onClose: () => void; onSaved?: (product: Product) => void };

export function ProductForm({ product, onClose, onSaved }: ProductFormProps): ReactElement {
  const { t } = useTranslation();
  const seesCost = useCan()('cost.read');
  const create = useApiAction('productCreate');
  const update = useApiAction('productUpdate');
  const [first] = useState(() => valuesOf(product));
  const send = async (values: ProductValues, version: number): Promise<Product> => {
    const whole = productBody(values, seesCost);
    const saved = await (product === null
      ? create.run({ body: { ...whole, sku: orLeftOut(values.sku) ?? '' } })
      : update.run({
          params: { productId: product.id },
          body: changedOnly(productBody(first, seesCost), whole),
          ifMatch: version,
        }));
    onSaved?.(saved);
    return saved;
  };
  return (
    <DocumentForm<ProductValues, Product>
      draftKey={`product.${product?.id ?? 'new'}`}
      no={product?.sku ?? ''}
      version={product?.version ?? 0}
      stateNow={product?.isSellable === false ? t('catalog.notOnSale') : t('catalog.onSale')}
      title={product === null ? t('catalog.newProduct') : t('catalog.editProduct')}
      submitText={t('common.save')}
      width={680}
      initialValues={first}
      send={send}
      doneText={({ sku }) => t('catalog.saved', { name: sku })}
      onClose={onClose}
    >
      <ProductFields product={product} seesCost={seesCost} />
    </DocumentForm>
  );
}

function ProductFields({ product, seesCost }: { product: Product | null; seesCost: boolean }): ReactElement {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ProductValues>();
  const categories = useApiQuery('productCategoryList', {}, { staleTime: 60_000 });
  const known = (product?.substitutes ?? []).map((one) => ({ value: one.id, label: productLabel(one) }));
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const text = (name: keyof ProductValues, label: string, maxLength: number, extra?: string) => (
    <Form.Item name={name} label={label} {...(extra === undefined ? {} : { extra })}>
      <Input maxLength={maxLength} autoComplete="off" />
    </Form.Item>
  );
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))', columnGap: 16 }}>
      {product === null && (
        <Form.Item name="sku" label={t('catalog.sku')} rules={must}>
          <Input maxLength={64} autoFocus autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('catalog.name')} rules={must}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      {text('nameHans', t('catalog.nameHans'), 200)}
      {text('nameEn', t('catalog.nameEn'), 200)}
      {text('spec', t('catalog.spec'), 300)}
      <Form.Item name="category" label={t('catalog.category')}>
        <AutoComplete
          options={(categories.data?.items ?? []).map(({ category }) => ({ value: category }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
        />
      </Form.Item>
      <Form.Item name="kind" label={t('catalog.kind')} extra={t('catalog.kindHint')}>
        <Select options={PRODUCT_KINDS.map((value) => ({ value, label: t(`states.productKind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="unit" label={t('catalog.unit')} rules={must}>
        <UnitSelect
          onTake={({ nameEn, wholeUnits }) => form.setFieldsValue({ unitEn: nameEn ?? undefined, wholeUnits })}
        />
      </Form.Item>
      {text('unitEn', t('catalog.unitEn'), 20)}
      <UnitFields />
      <Form.Item name="wholeUnits" label={t('catalog.wholeUnits')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="minQty" label={t('catalog.minQty')}>
        <DecimalField />
      </Form.Item>
      <Form.Item name="multipleQty" label={t('catalog.multipleQty')} extra={t('catalog.multipleHint')}>
        <DecimalField />
      </Form.Item>
      <Form.Item
        name="taxRate"
        label={t('catalog.taxRate')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <TaxRateSelect />
      </Form.Item>
      {text('taxCode', t('catalog.taxCode'), 19, t('catalog.taxCodeHint'))}
      {seesCost && (
        <Form.Item name="standardCostPrice" label={t('catalog.standardCost')}>
          <DecimalField />
        </Form.Item>
      )}
      <Form.Item name="leadDays" label={t('catalog.leadDays')}>
        <InputNumber min={0} max={3650} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'service' && (
            <Form.Item
              name="byCapacity"
              label={t('catalog.byCapacity')}
              valuePropName="checked"
              extra={t('catalog.byCapacityHint')}
            >
              <Switch />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item label={t('catalog.substitutes')} extra={t('catalog.substitutesHint')}>
        <Form.List name="substituteIds">
          {(fields, { add, remove }) => (
            <div className="qc-stack" style={{ gap: 8 }}>
              {fields.map(({ key, name }) => (
                <div key={key} className="qc-row" style={{ flexWrap: 'nowrap' }}>
                  <Form.Item name={name} noStyle>
                    <RemoteSelect search={findProductChoices} initial={known[name]} />
                  </Form.Item>
                  <Button type="text" onClick={() => remove(name)}>
                    {t('catalog.remove')}
                  </Button>
                </div>
              ))}
              {fields.length < 10 && (
                <Button size="small" onClick={() => add()}>
                  {t('catalog.addSubstitute')}
                </Button>
              )}
            </div>
          )}
        </Form.List>
      </Form.Item>
      {text('sourceRef', t('catalog.sourceRef'), 100)}
      <Form.Item name="isSellable" label={t('catalog.onSale')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </div>
  );
}
