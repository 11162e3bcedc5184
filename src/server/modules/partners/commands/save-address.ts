import { sql } from '../../../platform/db/database.ts';
import { columnsOf, insertRows, updateRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { ADDRESS_SETTABLE, type AddressEdit, editAddress } from '../partner-edit.ts';
import { followCompleteness, lockPartner, requireOpenFile, touchPartner } from '../partner-load.ts';
import { type AddressRow, addressTable, personalChangeTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

export type SaveAddress = AddressEdit & { partnerId: string };

/** Adds a delivery address, or changes the one with that id. One active address is the default. */
export const saveAddress = defineCommand<SaveAddress>({
  name: 'partner.save_address',
  refuses: ['partner.not_found', 'partner.wrong_state', 'address.not_found', 'region.unknown', 'request.version_stale'],
  async run(context, { partnerId, ...input }) {
    const { tx, command, env, emit, answers } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'saveAddress');
    const rows = await tx.query<AddressRow>(
      sql`select ${columnsOf(addressTable)} from partner_address where partner_id = ${partnerId}`,
    );
    const next = await touchPartner(tx, partner, now);
    const { row, isNew, event, personal } = editAddress(next, rows, input);
    if (row.is_default)
      await tx.run(sql`update partner_address set is_default = false where partner_id = ${partnerId} and is_default`);
    if (isNew) await insertRows(tx, addressTable, [row]);
    else await updateRows(tx, addressTable, ADDRESS_SETTABLE, [row]);
    await insertRows(tx, personalChangeTable, personal);
    emit(event);
    await followCompleteness(context, next);
    const body = answers ? await readPartner(tx, partnerId, { actor, env, now }) : { id: partnerId };
    return { status: 200, body, etag: next.version };
  },
});
