import type { z } from 'zod';
import type { PartnerItemsSave } from '../../../../contract/partners.ts';
import { refuseIf, type Refusal } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { lockPartner, partnerEvent, touchPartner } from '../partner-load.ts';
import { readPartner } from '../partner-view.ts';

/** The partner's own codes: removed first, then set; a code that is set again points to the new product. */
export const saveItems = defineCommand<z.output<typeof PartnerItemsSave> & { partnerId: string }>({
  name: 'partner.save_items',
  refuses: ['partner.not_found', 'product.not_found', 'request.version_stale'],
  async run({ tx, command, env, emit }, { partnerId, set = [], remove = [] }) {
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    const found = await tx.query<{ at: bigint; id: string | null }>(sql`
      select w.at, p.id from unnest(${set.map((item) => item.productId ?? null)}::uuid[], ${set.map((item) => item.sku ?? null)}::text[]) with ordinality as w(id, sku, at)
      left join product p on p.id = w.id or lower(p.sku) = lower(w.sku) order by w.at`);
    const lost: Refusal[] = found.flatMap((row, at) =>
      row.id === null
        ? [{ code: 'product.not_found', field: `set.${at}.${set[at]?.sku === undefined ? 'productId' : 'sku'}` }]
        : [],
    );
    refuseIf(lost);
    // The same code twice in one call: the last one counts.
    const products = new Map(set.map((item, at) => [item.code, found[at]?.id ?? '']));
    await tx.run(sql`delete from partner_item where partner_id = ${partnerId} and code = any(${remove}::text[])`);
    await tx.run(sql`
      insert into partner_item (partner_id, code, product_id)
      select ${partnerId}::uuid, i.code, i.product_id from unnest(${[...products.keys()]}::text[], ${[...products.values()]}::uuid[]) as i(code, product_id)
      on conflict (partner_id, code) do update set product_id = excluded.product_id`);
    const next = await touchPartner(tx, partner, now);
    emit(
      partnerEvent(next, 'partner.items_changed', {
        set: [...products].map(([code, productId]) => ({ code, productId })),
        removed: remove,
      }),
    );
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});
