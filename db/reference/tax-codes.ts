/** An excerpt of the tax authority's 商品和服务税收分类编码. Origin: README.md beside this file. */
import { readFileSync } from 'node:fs';

export type TaxCode = {
  /** 19 digits. */
  code: string;
  /** Official (Simplified) name. */
  name: string;
  /** A heading over other codes: an invoice line may not use it. */
  summary: boolean;
};

let loaded: TaxCode[] | undefined;

/** All codes of the excerpt. An unlisted code is not wrong: the full table has over 4,000. */
export function taxCodes(): readonly TaxCode[] {
  loaded ??= readFileSync(new URL('./tax-codes.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [code = '', name = '', summary = ''] = line.split(',');
      return { code, name, summary: summary === '1' };
    });
  return loaded;
}

/** The entry of the excerpt, or undefined. */
export function taxCode(code: string): TaxCode | undefined {
  return taxCodes().find((entry) => entry.code === code);
}
