import type { z } from 'zod';
import type { PartnerRangeSave } from '../../../../contract/partners.ts';
import { newId } from '../../../kernel/ids.ts';
import { type Refusal, refuseIf } from '../../../kernel/refusal.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { lockPartner, partnerEvent, requireOpenFile, touchPartner } from '../partner-load.ts';
import { rangeTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

type SetRange = z.output<typeof PartnerRangeSave> & { partnerId: string };

/** What the partner may buy from now on. Orders that have been placed go on as they are. */
export const setRange = defineCommand<SetRange>({
  name: 'partner.set_range',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'product.not_found',
    'category.not_found',
    'request.version_stale',
  ],
  async run({ tx, command, env, emit }, input) {
    const { partnerId } = input;
    const { now, actor } = command;
    const categories = [...new Set(input.categories)].sort();
    const productIds = [...new Set(input.productIds)].sort();
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'setRange');
    await requireKnown(tx, input);
    const before = await tx.query<{ name: string }>(sql`
      select coalesce(r.category, p.sku) as name from partner_range r left join product p on p.id = r.product_id
      where r.partner_id = ${partnerId} order by 1`);
    await tx.run(sql`delete from partner_range where partner_id = ${partnerId}`);
    await insertRows(tx, rangeTable, [
      ...categories.map((category) => ({ id: newId(now), partner_id: partnerId, category, product_id: null })),
      ...productIds.map((id) => ({ id: newId(now), partner_id: partnerId, category: null, product_id: id })),
    ]);
    const skus = await tx.query<{ sku: string }>(
      sql`select sku from product where id = any(${productIds}::uuid[]) order by sku`,
    );
    const after = [...categories, ...skus.map(({ sku }) => sku)].sort();
    const told = (names: readonly string[]) => (names.length === 0 ? null : names.join(', '));
    const next = await touchPartner(tx, partner, now);
    const range = { before: told(before.map(({ name }) => name)), after: told(after) };
    emit(partnerEvent(next, 'partner.range_set', { changes: { range } }));
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});

async function requireKnown(tx: Tx, { categories, productIds }: SetRange): Promise<void> {
  const [products, known] = await Promise.all([
    tx.query<{ id: string }>(sql`select id from product where id = any(${[...productIds]}::uuid[])`),
    tx.query<{ category: string }>(
      sql`select distinct category from product where category = any(${[...categories]}::text[])`,
    ),
  ]);
  const ids = new Set(products.map(({ id }) => id));
  const names = new Set(known.map(({ category }) => category));
  const lost: Refusal[] = [
    ...productIds.flatMap((id, at) => (ids.has(id) ? [] : [{ code: 'product.not_found', field: `productIds.${at}` }])),
    ...categories.flatMap((category, at) =>
      names.has(category) ? [] : [{ code: 'category.not_found', field: `categories.${at}`, params: { category } }],
    ),
  ];
  refuseIf(lost);
}
