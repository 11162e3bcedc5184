/** Which warehouse a partner, or one of its addresses, has its goods from first. Source: R4.2. */
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';

export type SetPreference = { partnerId: string; addressId: string | null; warehouseId: string | null };

type Row = {
  address_id: string | null;
  label: string | null;
  warehouse_id: string;
  name: string;
  name_en: string | null;
};

/** The preference of the partner first, then those of its addresses. Refuses partner.not_found. */
export async function readPreferences(tx: Tx, partnerId: string) {
  const [partners, rows] = await Promise.all([
    tx.query(sql`select from partner where id = ${partnerId}`),
    tx.query<Row>(sql`
      select p.address_id, a.label, p.warehouse_id, w.name, w.name_en
      from warehouse_preference p join warehouse w on w.id = p.warehouse_id left join partner_address a on a.id = p.address_id
      where p.partner_id = ${partnerId} order by a.label nulls first`),
  ]);
  if (partners.length === 0) throw refuse('partner.not_found');
  return {
    items: rows.map((row) => ({
      address: row.address_id === null ? null : { id: row.address_id, label: row.label ?? '' },
      warehouse: { id: row.warehouse_id, name: row.name, nameEn: row.name_en },
    })),
  };
}

export const setPreference = defineCommand<SetPreference>({
  name: 'warehouse.prefer',
  refuses: ['partner.not_found', 'address.not_found', 'warehouse.not_found'],
  async run({ tx, command, emit }, { partnerId, addressId, warehouseId }) {
    const partners = await tx.query(sql`select from partner where id = ${partnerId} for update`);
    if (partners.length === 0) throw refuse('partner.not_found');
    if (addressId !== null) {
      const found = await tx.query(
        sql`select from partner_address where id = ${addressId} and partner_id = ${partnerId}`,
      );
      if (found.length === 0) throw refuse('address.not_found', undefined, 'addressId');
    }
    if (warehouseId === null)
      await tx.run(sql`
        delete from warehouse_preference where partner_id = ${partnerId} and address_id is not distinct from ${addressId}::uuid`);
    else {
      const found = await tx.query(sql`select from warehouse where id = ${warehouseId} and is_active`);
      if (found.length === 0) throw refuse('warehouse.not_found', undefined, 'warehouseId');
      await tx.run(sql`
        insert into warehouse_preference (id, partner_id, address_id, warehouse_id)
        values (${newId(command.now)}, ${partnerId}, ${addressId}::uuid, ${warehouseId})
        on conflict (partner_id, address_id) do update set warehouse_id = excluded.warehouse_id`);
    }
    // Nodes remember it with the terms of the partner.
    await tx.run(sql`update partner set updated_at = ${command.now} where id = ${partnerId}`);
    emit({
      documentType: 'warehouse_preference',
      documentId: newId(command.now),
      documentNo: null,
      version: 1,
      type: 'warehouse.preferred',
      partnerId,
      payload: { partnerId, addressId, warehouseId },
    });
    return { status: 200, body: await readPreferences(tx, partnerId) };
  },
});
