/** Order patterns of one year, made from the AdventureWorks reseller orders by make-patterns.ts. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { toInt } from '../decimal-text.ts';

export type OrderPattern = {
  /** 'MM-DD' */
  dayOfYear: string;
  partnerKey: string;
  lines: { sku: string; qty: number }[];
};

/** All patterns by day of the year. Minimum quantities and pack multiples are respected. */
export function orderPatterns(): OrderPattern[] {
  const text = gunzipSync(readFileSync(new URL('./data/patterns.txt.gz', import.meta.url))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((row) => {
      const [dayOfYear = '', partnerKey = '', ...lines] = row.split(' ');
      return {
        dayOfYear,
        partnerKey,
        lines: lines.map((line) => {
          const [sku = '', qty = ''] = line.split(':');
          return { sku, qty: toInt(qty) };
        }),
      };
    });
}
