import type { z } from 'zod';
import type { UnitCreate, UnitUpdate } from '../../../../contract/company-lists.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { NewEvent } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { changesBetween, given } from '../changes.ts';
import { unitView } from '../company-queries.ts';
import { type UnitRow, unitTable } from '../company-tables.ts';
import { foldUnit } from '../unit-names.ts';

/** A unit of measure. Its name never changes: products and documents carry it. Spellings of one unit (個, 个) are one. */
export const createUnit = defineCommand<z.output<typeof UnitCreate>>({
  name: 'unit.create',
  refuses: ['unit.duplicate'],
  async run({ tx, command, emit }, input) {
    const known = await tx.query<Pick<UnitRow, 'name' | 'name_hans' | 'name_en'>>(
      sql`select name, name_hans, name_en from unit_of_measure`,
    );
    const names = new Set(
      known.flatMap(({ name, name_hans, name_en }) => [name, name_hans ?? name, name_en ?? name]).map(foldUnit),
    );
    for (const [field, name] of [
      ['name', input.name],
      ['nameHans', input.nameHans ?? null],
      ['nameEn', input.nameEn ?? null],
    ] as const) {
      if (name !== null && names.has(foldUnit(name))) throw refuse('unit.duplicate', { unit: name }, field);
    }
    const row: UnitRow = {
      id: newId(command.now),
      name: input.name,
      name_hans: input.nameHans ?? null,
      name_en: input.nameEn ?? null,
      whole_units: input.wholeUnits ?? true,
      is_active: input.isActive ?? true,
      version: 1,
    };
    await insertRows(tx, unitTable, [row]);
    emit(event(row, 'unit.created', { name: row.name, nameEn: row.name_en, wholeUnits: row.whole_units }));
    return { status: 201, body: unitView(row), etag: 1 };
  },
});

/** Changes what new products in this unit begin with; `isActive: false` keeps it from further products. Products that have it keep it. */
export const updateUnit = defineCommand<z.output<typeof UnitUpdate> & { unitId: string }>({
  name: 'unit.update',
  refuses: ['unit.not_found', 'request.version_stale'],
  async run({ tx, command, emit }, input) {
    const [before] = await tx.query<UnitRow>(
      sql`select ${columnsOf(unitTable)} from unit_of_measure where id = ${input.unitId} for update`,
    );
    if (before === undefined) throw refuse('unit.not_found');
    requireVersion(command, before);
    const set = given({
      name_hans: input.nameHans,
      name_en: input.nameEn,
      whole_units: input.wholeUnits,
      is_active: input.isActive,
    });
    const changes = changesBetween(before, set);
    if (Object.keys(changes).length === 0) return { status: 200, body: unitView(before), etag: before.version };
    const after = { ...before, ...set, version: before.version + 1 };
    await updateRows(tx, unitTable, ['name_hans', 'name_en', 'whole_units', 'is_active', 'version'], [after]);
    emit(event(after, 'unit.changed', { changes }));
    return { status: 200, body: unitView(after), etag: after.version };
  },
});

const event = (row: UnitRow, type: string, payload: Record<string, unknown>): NewEvent => ({
  documentType: 'unit_of_measure',
  documentId: row.id,
  documentNo: row.name,
  version: row.version,
  type,
  partnerId: null,
  payload,
});
