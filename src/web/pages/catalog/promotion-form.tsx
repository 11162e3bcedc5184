/** New promotion, or a change of one: what it takes off or gives, when, for whom, and how it stands to others. */
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PROMOTION_KINDS } from '../../../contract/promotions.ts';
import type { Answer } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { DateField, DecimalField, RemoteSelect } from '../../ui/fields.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { findPartners, findProductChoices } from '../orders/lookups.ts';
import { orLeftOut, withoutEmpty } from '../partners/form-values.ts';
import { PercentField } from '../partners/percent-field.tsx';
import { RemoteMany } from './remote-many.tsx';
import { productLabel } from '../../ui/line-server.ts';
import { nameNow } from '../../i18n/use-name.ts';

export type Promotion = Answer<'promotionGet'>;
type Values = {
  code?: string | undefined;
  kind: Promotion['kind'];
  name: string;
  nameEn?: string | undefined;
  rate?: string | undefined;
  offPrice?: string | undefined;
  offAmount?: string | undefined;
  minAmount?: string | undefined;
  buyQty?: string | undefined;
  getQty?: string | undefined;
  giftProductId?: string | undefined;
  minQty?: string | undefined;
  validFrom?: string | undefined;
  validTo?: string | undefined;
  productIds: string[];
  categories: string[];
  levels: string[];
  partnerIds: string[];
  onAgreement: boolean;
  priority?: number | null | undefined;
  stacks: boolean;
  quotaQty?: string | undefined;
  isActive: boolean;
};

const valuesOf = (promotion: Promotion | null): Values =>
  promotion === null
    ? {
        name: '',
        kind: 'percentage',
        productIds: [],
        categories: [],
        levels: [],
        partnerIds: [],
        onAgreement: false,
        priority: 0,
        stacks: false,
        isActive: true,
      }
    : {
        name: promotion.name,
        nameEn: promotion.nameEn ?? undefined,
        kind: promotion.kind,
        rate: promotion.rate ?? undefined,
        offPrice: promotion.offPrice ?? undefined,
        offAmount: promotion.offAmount ?? undefined,
        minAmount: promotion.minAmount ?? undefined,
        buyQty: promotion.buyQty ?? undefined,
        getQty: promotion.getQty ?? undefined,
        giftProductId: promotion.gift?.id,
        minQty: promotion.minQty,
        validFrom: promotion.validFrom,
        validTo: promotion.validTo,
        productIds: promotion.products.map(({ id }) => id),
        categories: promotion.categories,
        levels: promotion.levels,
        partnerIds: promotion.partners.map(({ id }) => id),
        onAgreement: promotion.onAgreement,
        priority: promotion.priority,
        stacks: promotion.stacks,
        quotaQty: promotion.quotaQty ?? undefined,
        isActive: promotion.isActive,
      };

function bodyOf(values: Values) {
  const { name, kind, productIds, categories, levels, partnerIds, onAgreement, stacks } = values;
  const fromQty = { minQty: orLeftOut(values.minQty) };
  const own = {
    percentage: { rate: orLeftOut(values.rate), ...fromQty },
    amount: { offPrice: orLeftOut(values.offPrice), ...fromQty },
    free_goods: { buyQty: orLeftOut(values.buyQty), getQty: orLeftOut(values.getQty), ...fromQty },
    order_percentage: { rate: orLeftOut(values.rate), minAmount: orLeftOut(values.minAmount) ?? '0' },
    order_amount: { offAmount: orLeftOut(values.offAmount), minAmount: orLeftOut(values.minAmount) ?? '0' },
  }[kind];
  return {
    ...withoutEmpty(own),
    ...(kind === 'free_goods' ? { giftProductId: orLeftOut(values.giftProductId) ?? null } : {}),
    name: name.trim(),
    nameEn: orLeftOut(values.nameEn) ?? null,
    validFrom: values.validFrom ?? '',
    validTo: values.validTo ?? '',
    productIds,
    categories,
    levels,
    partnerIds,
    onAgreement,
    priority: values.priority ?? 0,
    stacks,
    ...(isOnOrder(kind) ? {} : { quotaQty: orLeftOut(values.quotaQty) ?? null }),
  };
}

const isOnOrder = (kind: Promotion['kind']) => kind === 'order_percentage' || kind === 'order_amount';

type PromotionFormProps = { promotion: Promotion | null; onClose: () => void };

export function PromotionForm({ promotion, onClose }: PromotionFormProps): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('promotionCreate');
  const update = useApiAction('promotionUpdate');
  const [first] = useState(() => valuesOf(promotion));
  const send = (values: Values, version: number): Promise<Promotion> =>
    promotion === null
      ? create.run({ body: { ...bodyOf(values), code: orLeftOut(values.code) ?? '', kind: values.kind } })
      : update.run({
          params: { promotionId: promotion.id },
          body: { ...bodyOf(values), isActive: values.isActive },
          ifMatch: version,
        });
  return (
    <DocumentForm<Values, Promotion>
      draftKey={`promotion.${promotion?.id ?? 'new'}`}
      no={promotion?.code ?? ''}
      version={promotion?.version ?? 0}
      stateNow={promotion?.isActive === false ? t('catalog.retired') : t('catalog.inUse')}
      title={promotion === null ? t('catalog.newPromotion') : t('catalog.editPromotion')}
      submitText={t('common.save')}
      width={680}
      initialValues={first}
      send={send}
      doneText={({ name }) => t('catalog.saved', { name })}
      onClose={onClose}
    >
      <PromotionFields promotion={promotion} />
    </DocumentForm>
  );
}

function PromotionFields({ promotion }: { promotion: Promotion | null }): ReactElement {
  const { t } = useTranslation();
  const kind = Form.useWatch<Promotion['kind'] | undefined>('kind') ?? promotion?.kind ?? 'percentage';
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const set = [{ required: true, message: t('common.required') }];
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))', columnGap: 16 }}>
      {promotion === null && (
        <Form.Item name="code" label={t('catalog.code')} rules={must}>
          <Input maxLength={30} autoFocus autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="kind" label={t('catalog.kind')}>
        <Select
          disabled={promotion !== null}
          options={PROMOTION_KINDS.map((value) => ({ value, label: t(`states.promotionKind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="name" label={t('catalog.promotionName')} rules={must} extra={t('catalog.promotionNameHint')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="nameEn" label={t('catalog.nameEn')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      {(kind === 'percentage' || kind === 'order_percentage') && (
        <Form.Item name="rate" label={t('catalog.rate')} rules={set}>
          <PercentField />
        </Form.Item>
      )}
      {kind === 'amount' && (
        <Form.Item name="offPrice" label={t('catalog.offPrice')} rules={must} extra={t('catalog.offPriceHint')}>
          <DecimalField {...(promotion?.currency == null ? {} : { suffix: promotion.currency })} />
        </Form.Item>
      )}
      {kind === 'order_amount' && (
        <Form.Item name="offAmount" label={t('catalog.offAmount')} rules={must}>
          <DecimalField {...(promotion?.currency == null ? {} : { suffix: promotion.currency })} />
        </Form.Item>
      )}
      {isOnOrder(kind) && (
        <Form.Item name="minAmount" label={t('catalog.minAmount')} extra={t('catalog.minAmountHint')}>
          <DecimalField {...(promotion?.currency == null ? {} : { suffix: promotion.currency })} />
        </Form.Item>
      )}
      {kind === 'free_goods' && (
        <>
          <Form.Item name="buyQty" label={t('catalog.buyQty')} rules={must}>
            <DecimalField />
          </Form.Item>
          <Form.Item name="getQty" label={t('catalog.getQty')} rules={must}>
            <DecimalField />
          </Form.Item>
          <Form.Item name="giftProductId" label={t('catalog.giftProduct')} extra={t('catalog.giftProductHint')}>
            <RemoteSelect
              search={findProductChoices}
              {...(promotion?.gift == null
                ? {}
                : { initial: { value: promotion.gift.id, label: productLabel(promotion.gift) } })}
            />
          </Form.Item>
        </>
      )}
      <Form.Item name="validFrom" label={t('catalog.validFrom')} rules={set}>
        <DateField />
      </Form.Item>
      <Form.Item name="validTo" label={t('catalog.validTo')} rules={set}>
        <DateField />
      </Form.Item>
      {!isOnOrder(kind) && (
        <>
          <Form.Item name="minQty" label={t('catalog.fromQty')} extra={t('catalog.baseUnitHint')}>
            <DecimalField />
          </Form.Item>
          <Form.Item name="quotaQty" label={t('catalog.quotaQty')} extra={t('catalog.quotaHint')}>
            <DecimalField />
          </Form.Item>
        </>
      )}
      <Form.Item name="productIds" label={t('common.menu.products')} extra={t('catalog.allIfEmpty')}>
        <RemoteMany
          search={findProductChoices}
          initial={(promotion?.products ?? []).map((product) => ({ value: product.id, label: productLabel(product) }))}
        />
      </Form.Item>
      <Form.Item name="categories" label={t('catalog.category')} extra={t('catalog.allIfEmpty')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="partnerIds" label={t('catalog.forPartners')} extra={t('catalog.allIfEmpty')}>
        <RemoteMany
          search={findPartners}
          initial={(promotion?.partners ?? []).map((partner) => ({ value: partner.id, label: nameNow(partner) }))}
        />
      </Form.Item>
      <Form.Item name="levels" label={t('catalog.level')} extra={t('catalog.allIfEmpty')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="priority" label={t('catalog.priority')} extra={t('catalog.priorityHint')}>
        <InputNumber min={0} max={1000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="stacks" label={t('catalog.stacks')} extra={t('catalog.stacksHint')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="onAgreement" label={t('catalog.onAgreement')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {promotion !== null && (
        <Form.Item
          name="isActive"
          label={t('catalog.inUse')}
          extra={t('catalog.endPromotionHint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      )}
    </div>
  );
}
