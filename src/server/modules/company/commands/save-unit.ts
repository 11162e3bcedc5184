import type { z } from 'zod';
import type { UnitCreate, UnitUpdate } from '../../../../contract/company-lists.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { given } from '../changes.ts';
import { unitView } from '../company-queries.ts';
import { type UnitRow, unitTable } from '../company-tables.ts';
import { foldUnit } from '../unit-names.ts';
import { keptList } from './kept-list.ts';

/**
 * Units of measure. A name never changes: products and documents carry it. Spellings of one unit (個, 个) are one. `isActive: false` keeps
 * it from further products; those that have it keep it.
 */
export const { create: createUnit, update: updateUnit } = keptList<
  UnitRow,
  z.output<typeof UnitCreate>,
  z.output<typeof UnitUpdate> & { unitId: string }
>({
  name: 'unit',
  documentType: 'unit_of_measure',
  documentNo: ({ name }) => name,
  notFound: 'unit.not_found',
  refuses: ['unit.duplicate'],
  view: unitView,
  made: ({ name, nameHans, nameEn, wholeUnits, isActive }, id) => ({
    id,
    name,
    name_hans: nameHans ?? null,
    name_en: nameEn ?? null,
    whole_units: wholeUnits ?? true,
    is_active: isActive ?? true,
    version: 1,
  }),
  told: ({ name, name_en, whole_units }) => ({ name, nameEn: name_en, wholeUnits: whole_units }),
  idOf: ({ unitId }) => unitId,
  set: ({ nameHans, nameEn, wholeUnits, isActive }) =>
    given({ name_hans: nameHans, name_en: nameEn, whole_units: wholeUnits, is_active: isActive }),
  async requireSound(tx, row, before) {
    if (before !== null) return;
    const known = await tx.query<Pick<UnitRow, 'name' | 'name_hans' | 'name_en'>>(
      sql`select name, name_hans, name_en from unit_of_measure`,
    );
    const names = new Set(
      known.flatMap(({ name, name_hans, name_en }) => [name, name_hans ?? name, name_en ?? name]).map(foldUnit),
    );
    for (const [field, name] of [
      ['name', row.name],
      ['nameHans', row.name_hans],
      ['nameEn', row.name_en],
    ] as const) {
      if (name !== null && names.has(foldUnit(name))) throw refuse('unit.duplicate', { unit: name }, field);
    }
  },
  lock: async (tx, id) =>
    (await tx.query<UnitRow>(sql`select ${columnsOf(unitTable)} from unit_of_measure where id = ${id} for update`))[0],
  insert: (tx, row) => insertRows(tx, unitTable, [row]),
  save: (tx, row) => updateRows(tx, unitTable, ['name_hans', 'name_en', 'whole_units', 'is_active', 'version'], [row]),
});
