import type { z } from 'zod';
import type { TaxRateCreate, TaxRateUpdate } from '../../../../contract/company-lists.ts';
import { formatDecimal, parseDecimal, RATE_SCALE } from '../../../kernel/decimal.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { given } from '../changes.ts';
import { taxRateView } from '../company-queries.ts';
import { type TaxRateRow, taxRateTable } from '../company-tables.ts';
import { keptList } from './kept-list.ts';

/** 100 %, scale 6. */
const MOST = 1_000_000n;

/**
 * Rates that products may have. The rate itself never changes: documents were made with it. `isActive: false` keeps it from being given to
 * further products; those that have it keep it.
 */
export const { create: createTaxRate, update: updateTaxRate } = keptList<
  TaxRateRow,
  z.output<typeof TaxRateCreate>,
  z.output<typeof TaxRateUpdate> & { taxRateId: string }
>({
  name: 'tax_rate',
  documentType: 'tax_rate',
  documentNo: () => null,
  notFound: 'tax_rate.not_found',
  refuses: ['tax_rate.duplicate', 'product.tax_rate'],
  view: taxRateView,
  made({ rate: text, name, nameEn, isActive }, id) {
    const rate = parseDecimal(text, RATE_SCALE);
    if (rate === null || rate > MOST) throw refuse('product.tax_rate', undefined, 'rate');
    return { id, rate, name, name_en: nameEn ?? null, is_active: isActive ?? true, version: 1 };
  },
  told: ({ rate, name }) => ({ rate: rate.toString(), name }),
  idOf: ({ taxRateId }) => taxRateId,
  set: ({ name, nameEn, isActive }) => given({ name, name_en: nameEn, is_active: isActive }),
  async requireSound(tx, { rate }, before) {
    if (before !== null) return;
    const same = await tx.query(sql`select 1 from tax_rate where rate = ${rate}`);
    if (same.length > 0) throw refuse('tax_rate.duplicate', { rate: formatDecimal(rate, RATE_SCALE) }, 'rate');
  },
  lock: async (tx, id) =>
    (await tx.query<TaxRateRow>(sql`select ${columnsOf(taxRateTable)} from tax_rate where id = ${id} for update`))[0],
  insert: (tx, row) => insertRows(tx, taxRateTable, [row]),
  save: (tx, row) => updateRows(tx, taxRateTable, ['name', 'name_en', 'is_active', 'version'], [row]),
});
