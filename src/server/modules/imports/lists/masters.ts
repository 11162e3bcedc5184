/** Partners, products, price lists and prices as files. */
import { z } from 'zod';
import { partnerFilters } from '../../../../contract/partners.ts';
import { priceEntryFilters, priceListFilters } from '../../../../contract/prices.ts';
import { productFilters } from '../../../../contract/catalog.ts';
import { Id } from '../../../../contract/common.ts';
import { exportOf, type ListColumn, type Titles } from '../../../platform/export/index.ts';
import { listProducts } from '../../catalog/index.ts';
import { listPartners } from '../../partners/index.ts';
import { listPriceEntries, listPriceLists } from '../../pricing/index.ts';

const t = (hant: string, hans: string, en: string): Titles => ({ 'zh-Hant': hant, 'zh-Hans': hans, en });
type Items<F extends (...args: never[]) => Promise<{ items: unknown[] }>> = Awaited<ReturnType<F>>['items'][number];

const partnerColumns: ListColumn<Items<typeof listPartners>>[] = [
  { titles: t('渠道編號', '渠道编号', 'Partner number'), type: 'text', value: (p) => p.no },
  { titles: t('渠道名稱', '渠道名称', 'Partner name'), type: 'text', width: 36, value: (p) => p.name },
  { titles: t('英文名稱', '英文名称', 'English name'), type: 'text', width: 30, value: (p) => p.nameEn },
  { titles: t('簡稱', '简称', 'Short name'), type: 'text', value: (p) => p.shortName },
  { titles: t('狀態', '状态', 'State'), type: 'text', names: 'partner', value: (p) => p.state },
  { titles: t('統一社會信用代碼', '统一社会信用代码', 'Credit code'), type: 'text', width: 24, value: (p) => p.uscc },
  { titles: t('等級', '等级', 'Level'), type: 'text', value: (p) => p.level },
  { titles: t('地區代碼', '地区代码', 'Region code'), type: 'text', value: (p) => p.regionCode },
  { titles: t('地區', '地区', 'Region'), type: 'text', width: 24, value: (p) => p.regionText },
  { titles: t('片區', '片区', 'Territory'), type: 'text', value: (p) => p.territory },
  { titles: t('銷售負責人', '销售负责人', 'Sales contact'), type: 'text', value: (p) => p.salesOwner?.name ?? null },
  { titles: t('幣種', '币种', 'Currency'), type: 'text', width: 8, value: (p) => p.currency },
  { titles: t('信用額度', '信用额度', 'Credit limit'), type: 'amount', value: (p) => p.creditLimitAmount },
  { titles: t('信用占用', '信用占用', 'Exposure'), type: 'amount', value: (p) => p.exposureAmount },
  { titles: t('檔案完整度 %', '档案完整度 %', 'Completeness %'), type: 'number', value: (p) => String(p.completeness) },
];

const productColumns: ListColumn<Items<typeof listProducts>>[] = [
  { titles: t('產品編碼', '产品编码', 'Product code'), type: 'text', width: 20, value: (p) => p.sku },
  { titles: t('產品名稱', '产品名称', 'Product name'), type: 'text', width: 36, value: (p) => p.name },
  {
    titles: t('簡體名稱', '简体名称', 'Name in Simplified Chinese'),
    type: 'text',
    width: 30,
    value: (p) => p.nameHans,
  },
  { titles: t('英文名稱', '英文名称', 'English name'), type: 'text', width: 30, value: (p) => p.nameEn },
  { titles: t('規格', '规格', 'Specification'), type: 'text', value: (p) => p.spec },
  { titles: t('類別', '类别', 'Category'), type: 'text', value: (p) => p.category },
  { titles: t('種類', '种类', 'Kind'), type: 'text', value: (p) => p.kind },
  { titles: t('單位', '单位', 'Unit'), type: 'text', width: 8, value: (p) => p.unit },
  { titles: t('起訂量', '起订量', 'Minimum quantity'), type: 'number', value: (p) => p.minQty },
  { titles: t('包裝倍數', '包装倍数', 'Pack multiple'), type: 'number', value: (p) => p.multipleQty },
  { titles: t('稅率', '税率', 'Tax rate'), type: 'number', value: (p) => p.taxRate },
  {
    titles: t('稅收分類編碼', '税收分类编码', 'Tax classification code'),
    type: 'text',
    width: 24,
    value: (p) => p.taxCode,
  },
  {
    titles: t('標準成本', '标准成本', 'Standard cost'),
    type: 'number',
    can: 'cost.read',
    value: (p) => p.standardCostPrice,
  },
  { titles: t('備貨天數', '备货天数', 'Lead time in days'), type: 'number', value: (p) => String(p.leadDays) },
  {
    titles: t('替代產品編碼', '替代产品编码', 'Substitute'),
    type: 'text',
    value: (p) => p.substitutes[0]?.sku ?? null,
  },
  { titles: t('可售', '可售', 'Sellable'), type: 'text', value: (p) => (p.isSellable ? 'yes' : 'no') },
];

export const partnersExport = exportOf({
  list: 'partners',
  titles: t('渠道檔案', '渠道档案', 'Partners'),
  can: 'partner.read',
  query: z.strictObject(partnerFilters),
  page: ({ tx, query, actor, env, now }) => listPartners(tx, query, { actor, env, now }),
  columns: partnerColumns,
});

export const productsExport = exportOf({
  list: 'products',
  titles: t('產品', '产品', 'Products'),
  can: 'product.read',
  query: z.strictObject(productFilters),
  page: ({ tx, query, actor }) => listProducts(tx, query, actor),
  columns: productColumns,
});

const priceListColumns: ListColumn<Items<typeof listPriceLists>>[] = [
  { titles: t('價目表編碼', '价目表编码', 'Price list'), type: 'text', value: (l) => l.code },
  { titles: t('名稱', '名称', 'Name'), type: 'text', width: 30, value: (l) => l.name },
  { titles: t('種類', '种类', 'Kind'), type: 'text', names: 'priceListKind', value: (l) => l.kind },
  { titles: t('等級', '等级', 'Level'), type: 'text', value: (l) => l.level },
  { titles: t('幣種', '币种', 'Currency'), type: 'text', width: 8, value: (l) => l.currency },
  {
    titles: t('含稅', '含税', 'Tax included'),
    type: 'text',
    names: 'flag',
    value: (l) => (l.taxInclusive ? 'yes' : 'no'),
  },
  { titles: t('價格數', '价格数', 'Number of prices'), type: 'number', value: (l) => String(l.entryCount) },
];

export const priceListsExport = exportOf({
  list: 'priceLists',
  titles: t('價目表', '价目表', 'Price lists'),
  can: 'price.read',
  query: z.strictObject(priceListFilters),
  page: ({ tx, query }) => listPriceLists(tx, query),
  columns: priceListColumns,
});

const priceColumns: ListColumn<Items<typeof listPriceEntries>>[] = [
  { titles: t('產品編碼', '产品编码', 'Product code'), type: 'text', width: 20, value: (e) => e.product.sku },
  { titles: t('產品名稱', '产品名称', 'Product name'), type: 'text', width: 36, value: (e) => e.product.name },
  { titles: t('起始數量', '起始数量', 'From quantity'), type: 'number', value: (e) => e.minQty },
  { titles: t('生效日', '生效日', 'Valid from'), type: 'date', value: (e) => e.validFrom },
  { titles: t('失效日', '失效日', 'Valid to'), type: 'date', value: (e) => e.validTo },
  { titles: t('單位', '单位', 'Unit'), type: 'text', width: 8, value: (e) => e.unit },
  { titles: t('單價', '单价', 'Unit price'), type: 'number', value: (e) => e.unitPrice },
];

/** The prices of one list, which the filter `priceListId` names. */
export const pricesExport = exportOf({
  list: 'prices',
  titles: t('價格', '价格', 'Prices'),
  can: 'price.read',
  query: z.strictObject({ ...priceEntryFilters, priceListId: Id }),
  page: ({ tx, query: { priceListId, ...query } }) => listPriceEntries(tx, priceListId, query),
  columns: priceColumns,
});
