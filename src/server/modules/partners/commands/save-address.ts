import type { z } from 'zod';
import type { AddressInput } from '../../../../contract/partners.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { changesBetween } from '../../company/index.ts';
import { followCompleteness, lockPartner, partnerEvent, requireOpenFile, touchPartner } from '../partner-load.ts';
import { keepPersonal } from '../partner-personal.ts';
import { type AddressRow, addressTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';
import { addressRow } from './create-partner.ts';

export type SaveAddress = z.output<typeof AddressInput> & { partnerId: string; id?: string | undefined };

const PERSONAL = new Set(['receiver', 'phone']);
const SETTABLE = [
  'label',
  'region_code',
  'region_text',
  'detail',
  'receiver',
  'phone',
  'delivery_method',
  'is_default',
  'is_active',
] as const;

/** Adds a delivery address, or changes the one with that id. One active address is the default. */
export const saveAddress = defineCommand<SaveAddress>({
  name: 'partner.save_address',
  refuses: ['partner.not_found', 'partner.wrong_state', 'address.not_found', 'region.unknown', 'request.version_stale'],
  async run(context, { partnerId, id, ...input }) {
    const { tx, command, env, emit, answers } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'saveAddress');
    const rows = await tx.query<AddressRow>(
      sql`select ${columnsOf(addressTable)} from partner_address where partner_id = ${partnerId}`,
    );
    const before = id === undefined ? undefined : rows.find((row) => row.id === id);
    if (id !== undefined && before === undefined) throw refuse('address.not_found', undefined, 'id');
    const others = rows.filter((row) => row.id !== id && row.is_active);
    const isActive = input.isActive ?? before?.is_active ?? true;
    const isDefault = isActive && (input.isDefault ?? before?.is_default ?? false);
    const addressId = id ?? newId(now);
    const after = addressRow(
      addressId,
      partnerId,
      {
        ...input,
        regionCode: input.regionCode === undefined ? (before?.region_code ?? null) : input.regionCode,
        regionText: input.regionText === undefined ? (before?.region_text ?? null) : input.regionText,
        phone: input.phone === undefined ? (before?.phone ?? null) : input.phone,
        deliveryMethod: input.deliveryMethod === undefined ? (before?.delivery_method ?? null) : input.deliveryMethod,
        isActive,
        isDefault: isDefault || (isActive && !others.some((row) => row.is_default)),
      },
      'regionCode',
    );
    if (after.is_default)
      await tx.run(sql`update partner_address set is_default = false where partner_id = ${partnerId} and is_default`);
    if (before === undefined) await insertRows(tx, addressTable, [after]);
    else await updateRows(tx, addressTable, SETTABLE, [after]);
    const next = await touchPartner(tx, partner, now);
    const changes = changesBetween(
      before ?? {},
      Object.fromEntries(SETTABLE.map((column) => [column, after[column]])),
      PERSONAL,
    );
    await keepPersonal(tx, next, addressId, PERSONAL, before ?? {}, after);
    emit(
      partnerEvent(next, before === undefined ? 'partner.address_added' : 'partner.address_changed', {
        addressId,
        changes,
      }),
    );
    await followCompleteness(context, next);
    const body = answers ? await readPartner(tx, partnerId, { actor, env, now }) : { id: partnerId };
    return { status: 200, body, etag: next.version };
  },
});
