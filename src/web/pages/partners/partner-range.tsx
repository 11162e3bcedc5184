/** What a partner may buy: categories and products. Nothing named means everything on sale. */
import { Button, Form, Select, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { findAnyProducts } from './lookups.ts';
import type { Partner } from './partner-file-values.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';
import { ManySelect } from './many-select.tsx';
import { productLabel } from '../../ui/line-server.ts';

export function PartnerRange({ partner }: { partner: Partner }): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('partner.write');
  const [editing, setEditing] = useState(false);
  const { categories, products } = partner.range;
  return (
    <Section
      title={t('partners.range')}
      extra={may && <Button onClick={() => setEditing(true)}>{t('partners.change')}</Button>}
    >
      {categories.length + products.length === 0 ? (
        <span className="qc-muted">{t('partners.rangeAll')}</span>
      ) : (
        <div className="qc-row">
          {categories.map((category) => (
            <Tag key={category}>{category}</Tag>
          ))}
          {products.map(({ id, sku, name }) => (
            <Tag key={id}>
              <PathLink to={`/products/${id}`}>
                {sku} {name}
              </PathLink>
            </Tag>
          ))}
        </div>
      )}
      {editing && <RangeForm partner={partner} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function RangeForm({ partner, onClose }: PartnerFormProps): ReactElement {
  const { t } = useTranslation();
  const set = useApiAction('partnerRangeSet');
  const categories = useApiQuery('productCategoryList', {});
  return (
    <PartnerForm<{ categories: string[]; productIds: string[] }>
      partner={partner}
      name="range"
      title={t('partners.range')}
      submitText={t('common.save')}
      initialValues={{
        categories: partner.range.categories,
        productIds: partner.range.products.map(({ id }) => id),
      }}
      onClose={onClose}
      send={(body, version) => set.run({ params: { partnerId: partner.id }, body, ifMatch: version })}
    >
      <p className="qc-muted" style={{ marginBottom: 16 }}>
        {t('partners.rangeHint')}
      </p>
      <Form.Item name="categories" label={t('partners.rangeCategories')}>
        <Select
          mode="multiple"
          options={(categories.data?.items ?? []).map(({ category }) => ({ value: category, label: category }))}
        />
      </Form.Item>
      <Form.Item name="productIds" label={t('partners.rangeProducts')}>
        <ManySelect
          search={findAnyProducts}
          known={partner.range.products.map((product) => ({ value: product.id, label: productLabel(product) }))}
        />
      </Form.Item>
    </PartnerForm>
  );
}
