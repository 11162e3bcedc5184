import { describe, expect, it } from 'vitest';
import { isAddressRegion, isRegionCode, type RegionNode, regionName, regionPath, regionTree } from './regions.ts';
import { taxCode, taxCodes } from './tax-codes.ts';

const flatten = (nodes: readonly RegionNode[]): RegionNode[] =>
  nodes.flatMap((node) => [node, ...flatten(node.children)]);

describe('region codes', () => {
  it('R3.1 every code of the tree is known under its name, once', () => {
    const coded = flatten(regionTree()).filter((node) => node.code !== null);
    expect(regionTree()).toHaveLength(34);
    expect(coded).toHaveLength(3227);
    expect(new Set(coded.map((node) => node.code)).size).toBe(3227);
    for (const node of coded) expect(regionName(node.code ?? '')).toBe(node.name);
  });

  it('R3.1 an address shows province, city and district without pseudo cities', () => {
    expect(regionPath('320583')).toEqual(['江苏省', '苏州市', '昆山市']);
    expect(regionPath('110105')).toEqual(['北京市', '朝阳区']);
    expect(regionPath('441900')).toEqual(['广东省', '东莞市']);
    expect(regionPath('429004')).toEqual(['湖北省', '仙桃市']);
    expect(regionPath('999999')).toEqual([]);
  });

  it('R3.1 codes of the statistics bureau and invented codes are no region codes', () => {
    expect(isRegionCode('130171')).toBe(false);
    expect(isRegionCode('000000')).toBe(false);
    expect(isRegionCode('3205')).toBe(false);
    for (const node of flatten(regionTree())) if (node.code !== null) expect(node.code[4] === '7').toBe(false);
  });

  it('R3.1 an address names a district, or a place that has none', () => {
    expect(isAddressRegion('320583')).toBe(true);
    expect(isAddressRegion('320500')).toBe(false);
    expect(isAddressRegion('320000')).toBe(false);
    expect(isAddressRegion('441900')).toBe(true);
    expect(isAddressRegion('810000')).toBe(true);
    expect(
      regionTree()
        .find((node) => node.code === '810000')
        ?.children.map((node) => node.name),
    ).toContain('九龙');
  });
});

describe('tax classification codes', () => {
  it('R6.3 every code has 19 digits and headings are marked', () => {
    expect(taxCodes()).toHaveLength(51);
    for (const entry of taxCodes()) expect(entry.code).toMatch(/^\d{19}$/);
    expect(taxCode('1060101000000000000')?.summary).toBe(true);
    expect(taxCode('1060101010000000000')).toEqual({ code: '1060101010000000000', name: '木浆', summary: false });
    expect(taxCode('1070501010000000000')?.name).toBe('橡胶轮胎外胎');
  });
});
