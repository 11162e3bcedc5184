import type { z } from 'zod';
import type { PriceListCreate, PriceListUpdate } from '../../../../contract/prices.ts';
import { isCurrency } from '../../../kernel/currency.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { Command, NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../../company/index.ts';
import { readPriceList } from '../price-queries.ts';
import { type PriceListRow, priceListTable } from '../price-tables.ts';

/** A new price list. Currency, tax mode and decimals stay as they are made: prices in it mean nothing without them. */
export const createPriceList = defineCommand<z.output<typeof PriceListCreate>>({
  name: 'price_list.create',
  refuses: ['price_list.duplicate', 'price_list.level', 'field.currency', 'field.code_characters'],
  async run({ tx, command, env, emit }, input) {
    if (codeProblem(input.code) !== null) throw refuse('field.code_characters', undefined, 'code');
    const currency = input.currency ?? env.company.currency;
    if (!isCurrency(currency)) throw refuse('field.currency', { currency }, 'currency');
    if ((input.kind === 'level') !== (input.level !== undefined)) throw refuse('price_list.level', undefined, 'level');
    const same = await tx.query(sql`select 1 from price_list where lower(code) = lower(${input.code})`);
    if (same.length > 0) throw refuse('price_list.duplicate', { code: input.code }, 'code');
    const row: PriceListRow = {
      id: newId(command.now),
      code: input.code,
      name: input.name,
      kind: input.kind,
      level: input.level ?? null,
      currency,
      tax_inclusive: input.taxInclusive,
      price_scale: input.priceScale ?? 2,
      is_active: true,
      version: 1,
      created_at: command.now,
    };
    await insertRows(tx, priceListTable, [row]);
    const { code, name, kind, level } = row;
    emit(
      priceListEvent(row, 'price_list.created', {
        code,
        name,
        kind,
        level,
        currency,
        taxInclusive: row.tax_inclusive,
        priceScale: row.price_scale,
      }),
    );
    return { status: 201, body: await readPriceList(tx, row.id), etag: 1 };
  },
});

/** Renames, retires or revives a list. */
export const updatePriceList = defineCommand<z.output<typeof PriceListUpdate> & { priceListId: string }>({
  name: 'price_list.update',
  refuses: ['price_list.not_found', 'price_list.level', 'request.version_stale'],
  async run({ tx, command, emit }, { priceListId, ...input }) {
    const before = await lockPriceList(tx, command, priceListId);
    if (input.level !== undefined && before.kind !== 'level') throw refuse('price_list.level', undefined, 'level');
    const set = given({ name: input.name, level: input.level, is_active: input.isActive });
    const changes = changesBetween(before, set);
    if (Object.keys(changes).length > 0) {
      const after = { ...before, ...set, version: before.version + 1 };
      await updateRows(tx, priceListTable, ['name', 'level', 'is_active', 'version'], [after]);
      emit(priceListEvent(after, 'price_list.changed', { changes }));
    }
    const view = await readPriceList(tx, priceListId);
    return { status: 200, body: view, etag: view.version };
  },
});

/** The list, locked, at the version that the caller has seen. */
export async function lockPriceList(tx: Tx, command: Command<unknown>, priceListId: string): Promise<PriceListRow> {
  const rows = await tx.query<PriceListRow>(
    sql`select ${columnsOf(priceListTable)} from price_list where id = ${priceListId} for update`,
  );
  const list = rows[0];
  if (list === undefined) throw refuse('price_list.not_found');
  requireVersion(command, list);
  return list;
}

export const priceListEvent = (row: PriceListRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'price_list',
  documentId: row.id,
  documentNo: row.code,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
