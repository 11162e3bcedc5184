import type { z } from 'zod';
import type { CarrierCreate, CarrierUpdate } from '../../../../contract/company-lists.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../changes.ts';
import { carrierView } from '../company-queries.ts';
import { type CarrierRow, carrierTable } from '../company-tables.ts';

export const createCarrier = defineCommand<z.output<typeof CarrierCreate>>({
  name: 'carrier.create',
  refuses: ['carrier.duplicate', 'field.code_characters'],
  async run({ tx, command, emit }, input) {
    if (codeProblem(input.code) !== null) throw refuse('field.code_characters', undefined, 'code');
    const same = await tx.query(sql`select 1 from carrier where lower(code) = lower(${input.code})`);
    if (same.length > 0) throw refuse('carrier.duplicate', { code: input.code }, 'code');
    const row: CarrierRow = {
      id: newId(command.now),
      code: input.code,
      name: input.name,
      name_en: input.nameEn ?? null,
      phone: input.phone ?? null,
      is_active: input.isActive ?? true,
      version: 1,
    };
    await insertRows(tx, carrierTable, [row]);
    emit(event(row, 'carrier.created', { code: row.code, name: row.name }));
    return { status: 201, body: carrierView(row), etag: 1 };
  },
});

export const updateCarrier = defineCommand<z.output<typeof CarrierUpdate> & { carrierId: string }>({
  name: 'carrier.update',
  refuses: ['carrier.not_found', 'request.version_stale'],
  async run({ tx, command, emit }, input) {
    const rows = await tx.query<CarrierRow>(
      sql`select ${columnsOf(carrierTable)} from carrier where id = ${input.carrierId} for update`,
    );
    const before = rows[0];
    if (before === undefined) throw refuse('carrier.not_found');
    requireVersion(command, before);
    const set = given({ name: input.name, name_en: input.nameEn, phone: input.phone, is_active: input.isActive });
    const changes = changesBetween(before, set, new Set(['phone']));
    if (Object.keys(changes).length === 0) return { status: 200, body: carrierView(before), etag: before.version };
    const after = { ...before, ...set, version: before.version + 1 };
    await updateRows(tx, carrierTable, ['name', 'name_en', 'phone', 'is_active', 'version'], [after]);
    emit(event(after, 'carrier.changed', { changes }));
    return { status: 200, body: carrierView(after), etag: after.version };
  },
});

const event = (row: CarrierRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'carrier',
  documentId: row.id,
  documentNo: row.code,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
