import type { z } from 'zod';
import type { WarehouseCreate, WarehouseUpdate } from '../../../../contract/company.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../changes.ts';
import { warehouseView } from '../company-queries.ts';
import { type WarehouseRow, warehouseTable } from '../company-tables.ts';
import { requireRegion } from '../regions.ts';

export const createWarehouse = defineCommand<z.output<typeof WarehouseCreate>>({
  name: 'warehouse.create',
  refuses: ['warehouse.duplicate', 'region.unknown', 'field.code_characters'],
  async run({ tx, command, emit }, input) {
    if (codeProblem(input.code) !== null) throw refuse('field.code_characters', undefined, 'code');
    requireRegion(input.regionCode, 'regionCode');
    const row: WarehouseRow = {
      id: newId(command.now),
      code: input.code,
      name: input.name,
      name_en: input.nameEn ?? null,
      region_code: input.regionCode ?? null,
      address: input.address ?? null,
      is_active: input.isActive ?? true,
      priority: input.priority ?? 100,
      version: 1,
    };
    const same = await tx.query(sql`select 1 from warehouse where lower(code) = lower(${input.code})`);
    if (same.length > 0) throw refuse('warehouse.duplicate', { code: input.code }, 'code');
    await insertRows(tx, warehouseTable, [row]);
    emit(event(row, 'warehouse.created', { code: row.code, name: row.name, regionCode: row.region_code }));
    return { status: 201, body: warehouseView(row), etag: 1 };
  },
});

export const updateWarehouse = defineCommand<z.output<typeof WarehouseUpdate> & { warehouseId: string }>({
  name: 'warehouse.update',
  refuses: ['warehouse.not_found', 'region.unknown', 'request.version_stale'],
  async run({ tx, command, emit }, input) {
    const rows = await tx.query<WarehouseRow>(
      sql`select ${columnsOf(warehouseTable)} from warehouse where id = ${input.warehouseId} for update`,
    );
    const before = rows[0];
    if (before === undefined) throw refuse('warehouse.not_found');
    requireVersion(command, before);
    requireRegion(input.regionCode, 'regionCode');
    const set = given({
      name: input.name,
      name_en: input.nameEn,
      region_code: input.regionCode,
      address: input.address,
      is_active: input.isActive,
      priority: input.priority,
    });
    const changes = changesBetween(before, set);
    if (Object.keys(changes).length === 0) return { status: 200, body: warehouseView(before), etag: before.version };
    const after = { ...before, ...set, version: before.version + 1 };
    await updateRows(
      tx,
      warehouseTable,
      ['name', 'name_en', 'region_code', 'address', 'is_active', 'priority', 'version'],
      [after],
    );
    emit(event(after, 'warehouse.changed', { changes }));
    return { status: 200, body: warehouseView(after), etag: after.version };
  },
});

const event = (row: WarehouseRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'warehouse',
  documentId: row.id,
  documentNo: row.code,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
