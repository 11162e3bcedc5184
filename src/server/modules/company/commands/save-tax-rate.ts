import type { z } from 'zod';
import type { TaxRateCreate, TaxRateUpdate } from '../../../../contract/company-lists.ts';
import { parseDecimal, RATE_SCALE } from '../../../kernel/decimal.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../changes.ts';
import { taxRateView } from '../company-queries.ts';
import { type TaxRateRow, taxRateTable } from '../company-tables.ts';

/** 100 %, scale 6. */
const MOST = 1_000_000n;

/** A rate that products may have. The rate itself never changes: documents were made with it. */
export const createTaxRate = defineCommand<z.output<typeof TaxRateCreate>>({
  name: 'tax_rate.create',
  refuses: ['tax_rate.duplicate', 'product.tax_rate'],
  async run({ tx, command, emit }, input) {
    const rate = parseDecimal(input.rate, RATE_SCALE);
    if (rate === null || rate > MOST) throw refuse('product.tax_rate', undefined, 'rate');
    const same = await tx.query(sql`select 1 from tax_rate where rate = ${rate}`);
    if (same.length > 0) throw refuse('tax_rate.duplicate', { rate: input.rate }, 'rate');
    const row: TaxRateRow = {
      id: newId(command.now),
      rate,
      name: input.name,
      name_en: input.nameEn ?? null,
      is_active: input.isActive ?? true,
      version: 1,
    };
    await insertRows(tx, taxRateTable, [row]);
    emit(event(row, 'tax_rate.created', { rate: rate.toString(), name: row.name }));
    return { status: 201, body: taxRateView(row), etag: 1 };
  },
});

/** Changes names; `isActive: false` keeps the rate from being given to further products. Products that have it keep it. */
export const updateTaxRate = defineCommand<z.output<typeof TaxRateUpdate> & { taxRateId: string }>({
  name: 'tax_rate.update',
  refuses: ['tax_rate.not_found', 'request.version_stale'],
  async run({ tx, command, emit }, input) {
    const [before] = await tx.query<TaxRateRow>(
      sql`select ${columnsOf(taxRateTable)} from tax_rate where id = ${input.taxRateId} for update`,
    );
    if (before === undefined) throw refuse('tax_rate.not_found');
    requireVersion(command, before);
    const set = given({ name: input.name, name_en: input.nameEn, is_active: input.isActive });
    const changes = changesBetween(before, set);
    if (Object.keys(changes).length === 0) return { status: 200, body: taxRateView(before), etag: before.version };
    const after = { ...before, ...set, version: before.version + 1 };
    await updateRows(tx, taxRateTable, ['name', 'name_en', 'is_active', 'version'], [after]);
    emit(event(after, 'tax_rate.changed', { changes }));
    return { status: 200, body: taxRateView(after), etag: after.version };
  },
});

const event = (row: TaxRateRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'tax_rate',
  documentId: row.id,
  documentNo: null,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
