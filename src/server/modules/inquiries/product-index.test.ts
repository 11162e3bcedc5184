import { describe, expect, it } from 'vitest';
import { pinyinOf } from '../../kernel/text.ts';
import { addProduct, emptyIndex, findProducts, type NamedProduct } from './product-index.ts';

const product = (sku: string, name: string, hans: string, en: string): NamedProduct => {
  const { full, initials } = pinyinOf(hans);
  return { id: sku, sku, name, name_hans: hans, name_en: en, pinyin: full, pinyin_initials: initials };
};
const indexOf = (unsorted: readonly NamedProduct[]) => {
  const products = [...unsorted].sort((a, b) => (a.sku < b.sku ? -1 : 1));
  const index = emptyIndex(products);
  products.forEach((_, at) => addProduct(index, at));
  return index;
};
const index = indexOf([
  product('HL-U509-R', '騎行頭盔 紅色', '骑行头盔 红色', 'Sport-100 Helmet, Red'),
  product('HL-U509-B', '騎行頭盔 藍色', '骑行头盔 蓝色', 'Sport-100 Helmet, Blue'),
  product('WB-H098', '運動水壺', '运动水壶', 'Water Bottle - 30 oz.'),
  product('BK-M82S-38', '山地車 100 銀色 38', '山地车 100 银色 38', 'Mountain-100 Silver, 38'),
]);
const found = (wanted: string, spec: string | null = null) =>
  findProducts(index, wanted, spec, 5).map(({ sku, score }) => [sku, score]);

describe('products by names', () => {
  it.each([
    ['the same name in the other script', '骑行头盔红色', 'HL-U509-R', 97],
    ['the same name in English, other punctuation', 'sport 100 helmet - red', 'HL-U509-R', 97],
    ['our code among the words', '请看 BK-M82S-38 银', 'BK-M82S-38', 96],
    ['pinyin', 'yundongshuihu', 'WB-H098', 85],
    ['initials', 'ydsh', 'WB-H098', 85],
  ])('R3.2 %s', (_what, wanted, sku, score) => {
    expect(found(wanted)[0]).toEqual([sku, score]);
  });

  it('R3.2 what fits several is sure of none; a specification decides', () => {
    const [first, second] = found('头盔');
    expect([first?.[0], second?.[0]].sort()).toEqual(['HL-U509-B', 'HL-U509-R']);
    expect(Number(first?.[1])).toBeLessThan(95);
    expect(found('骑行头盔', '蓝色')[0]).toEqual(['HL-U509-B', 97]);
    expect(found('完全不相干的东西')).toEqual([]);
  });

  it('P16 five hundred lines among five thousand products take little time', () => {
    const colours = ['银色', '黑色', '红色', '蓝色'];
    const many = indexOf(
      Array.from({ length: 5000 }, (_, i) =>
        product(`P-${i}`, `山地车 ${i} ${colours[i % 4]}`, `山地车 ${i} ${colours[i % 4]}`, `Mountain-${i} bike`),
      ),
    );
    const begun = performance.now();
    for (let i = 0; i < 500; i += 1) findProducts(many, `山地车 红色 ${i}`, null, 5);
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});
