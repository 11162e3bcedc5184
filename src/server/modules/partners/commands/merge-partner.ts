/**
 * Two files of one company become one: everything of the one moves to the other in one transaction. The events of what moves keep the old
 * file's id, because the log is sealed; the old file stays readable and points to its successor.
 */
import type { z } from 'zod';
import type { MergePreview } from '../../../../contract/partners.ts';
import { type Refusal, refuse, refuseIf } from '../../../kernel/refusal.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf } from '../../../platform/db/table.ts';
import { refusalView } from '../../../platform/http/messages.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import type { Actor } from '../../../platform/pipeline/types.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { followCompleteness, partnerEvent, stateOf, touchPartner, widenToCompany } from '../partner-load.ts';
import { partnerRefusals } from '../partner-rules.ts';
import { type PartnerRow, partnerTable } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';

type Merge = { partnerId: string; intoId: string; reason: string };
type Pair = { from: PartnerRow; into: PartnerRow };
type Moved = { moved_from: string; moved_rows: bigint };

export const mergePartner = defineCommand<Merge>({
  name: 'partner.merge',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.merge_same',
    'partner.merge_target',
    'partner.merge_currency',
    'partner.merge_po',
    'partner.merge_agreement',
    'partner.merge_change',
    'partner.merge_conflict',
    'request.version_stale',
  ],
  async run(context, { partnerId, intoId, reason }) {
    const { tx, command, env, emit, task } = context;
    const { now, actor } = command;
    await widenToCompany(tx);
    const { from, into } = await lockPair(tx, partnerId, intoId);
    requireVersion(command, from);
    refuseIf(await mergeRefusals(tx, { from, into }));
    // Documents before credit, as everywhere: orders are locked by being moved.
    await moveOrders(context, { from, into });
    await settleTwins(tx, { from, into });
    const moved = await move(tx, { from, into });
    await joinCredit(tx, { from, into });
    await tx.run(sql`
      update partner set merged_into_id = ${into.id}, state = 'merged', uscc = null, sales_owner_id = ${into.sales_owner_id}, deputy_owner_id = ${into.deputy_owner_id} where id = ${from.id}`);
    await tx.run(sql`update partner set merged_into_id = ${into.id} where merged_into_id = ${from.id}`);
    task({ closeOf: from.id });
    const counts = Object.fromEntries(moved.map((row) => [row.moved_from, row.moved_rows.toString()]));
    const gone = await touchPartner(tx, { ...from, state: 'merged' }, now);
    emit(
      partnerEvent(gone, 'partner.merged', {
        intoId: into.id,
        intoNo: into.no,
        moved: counts,
        changes: {
          state: { before: from.state, after: 'merged' },
          uscc: { before: from.uscc, after: null },
          reason: { before: null, after: reason },
        },
      }),
    );
    const grown = await takeCode(tx, from, await touchPartner(tx, into, now));
    emit(
      partnerEvent(grown, 'partner.took_over', {
        fromId: from.id,
        fromNo: from.no,
        moved: counts,
        changes: grown.uscc === into.uscc ? {} : { uscc: { before: into.uscc, after: grown.uscc } },
      }),
    );
    await followCompleteness(context, grown);
    await announceAccessChange(tx);
    return { status: 200, body: await readPartner(tx, from.id, { actor, env, now }), etag: gone.version };
  },
});

/** Both files, locked in the order of their ids. */
async function lockPair(tx: Tx, fromId: string, intoId: string): Promise<Pair> {
  const rows = await tx.query<PartnerRow>(
    sql`select ${columnsOf(partnerTable)} from partner where id = any(${[fromId, intoId]}::uuid[]) order by id for update`,
  );
  return pairOf(rows, fromId, intoId);
}

function pairOf(rows: readonly PartnerRow[], fromId: string, intoId: string): Pair {
  const from = rows.find(({ id }) => id === fromId);
  const into = rows.find(({ id }) => id === intoId);
  if (from === undefined) throw refuse('partner.not_found');
  if (into === undefined) throw refuse('partner.not_found', undefined, 'intoId');
  return { from, into };
}

/** Everything that speaks against it, each with its way out. */
async function mergeRefusals(tx: Tx, { from, into }: Pair): Promise<Refusal[]> {
  if (from.id === into.id) return [{ code: 'partner.merge_same', field: 'intoId' }];
  const refusals = partnerRefusals('merge', stateOf(from), { missing: [] });
  if (into.state === 'terminated' || into.state === 'merged') {
    refusals.push({ code: 'partner.merge_target', field: 'intoId', params: { state: into.state } });
  }
  const ids = [from.id, into.id];
  const [[money], pos, agreements, changes] = await Promise.all([
    tx.query<{ used: boolean }>(sql`
      select exists (select from sales_order where partner_id = ${from.id}) or exists (select from ledger_entry where partner_id = ${from.id})
        or exists (select from payment where partner_id = ${from.id}) as used`),
    tx.query<{ po_no: string }>(sql`
      select a.po_no from partner_po a join partner_po b on b.partner_id = ${into.id} and b.po_no = a.po_no where a.partner_id = ${from.id} order by 1 limit 5`),
    tx.query<{ no: string }>(sql`
      select a.no from agreement a join agreement b on b.partner_id = ${into.id} and daterange(a.valid_from, a.valid_to, '[]') && daterange(b.valid_from, b.valid_to, '[]')
      where a.partner_id = ${from.id} order by 1 limit 5`),
    tx.query(sql`select 1 from partner_change where partner_id = any(${ids}::uuid[]) and state = 'proposed' limit 1`),
  ]);
  if (from.currency !== into.currency && money?.used === true) {
    refusals.push({ code: 'partner.merge_currency', params: { from: from.currency, into: into.currency } });
  }
  if (pos.length > 0)
    refusals.push({ code: 'partner.merge_po', params: { numbers: pos.map(({ po_no }) => po_no).join(', ') } });
  if (agreements.length > 0)
    refusals.push({ code: 'partner.merge_agreement', params: { numbers: agreements.map(({ no }) => no).join(', ') } });
  if (changes.length > 0) refusals.push({ code: 'partner.merge_change' });
  return refusals;
}

/** Each order says in its own history that it has moved; figures look at it again because of that. */
async function moveOrders({ tx, emit }: Context<unknown>, { from, into }: Pair): Promise<void> {
  const orders = await tx.query<{ id: string; no: string; version: number }>(sql`
    update sales_order set partner_id = ${into.id}, version = version + 1
    where id in (select id from sales_order where partner_id = ${from.id} order by id for update) returning id, no, version`);
  for (const { id, no, version } of orders) {
    emit({
      documentType: 'order',
      documentId: id,
      documentNo: no,
      version,
      type: 'order.partner_merged',
      partnerId: into.id,
      payload: { fromPartnerId: from.id, intoPartnerId: into.id },
    });
  }
}

/** What both have and only one can stay: own item codes, the default address; papers and conversation of the file go along. */
async function settleTwins(tx: Tx, { from, into }: Pair): Promise<void> {
  await tx.run(sql`
    delete from partner_item where partner_id = ${from.id} and code in (select code from partner_item where partner_id = ${into.id})`);
  await tx.run(sql`
    delete from partner_term where partner_id = ${from.id} and term in (select term from partner_term where partner_id = ${into.id})`);
  await tx.run(sql`
    update partner_address set is_default = false where partner_id = ${from.id}
      and exists (select from partner_address where partner_id = ${into.id} and is_default and is_active)`);
  await tx.run(
    sql`update attachment set document_id = ${into.id} where document_type = 'partner' and document_id = ${from.id}`,
  );
  await tx.run(
    sql`update message set document_id = ${into.id} where document_type = 'partner' and document_id = ${from.id}`,
  );
}

/** What a table that is not known here refuses to have twice is a reason, not a fault. */
async function move(tx: Tx, { from, into }: Pair): Promise<Moved[]> {
  try {
    return await tx.query<Moved>(sql`select moved_from, moved_rows from move_partner_rows(${from.id}, ${into.id})`);
  } catch (error) {
    if (isConflict(error)) throw refuse('partner.merge_conflict', { table: error.table });
    throw error;
  }
}

/** 23505 unique_violation, 23P01 exclusion_violation. */
const isConflict = (error: unknown): error is Error & { table: string } =>
  error instanceof Error &&
  'code' in error &&
  (error.code === '23505' || error.code === '23P01') &&
  'table' in error &&
  typeof error.table === 'string';

/** Balance and what is held are sums; the limit of the remaining file stays, and where it has none, the other's is taken. */
async function joinCredit(tx: Tx, { from, into }: Pair): Promise<void> {
  const rows = await tx.query<{
    partner_id: string;
    limit_amount: bigint | null;
    balance_amount: bigint;
    held_amount: bigint;
  }>(sql`
    select partner_id, limit_amount, balance_amount, held_amount from credit_account where partner_id = any(${[from.id, into.id]}::uuid[]) order by partner_id for update`);
  const old = rows.find(({ partner_id }) => partner_id === from.id);
  if (old === undefined) return;
  const limit = from.currency === into.currency ? old.limit_amount : null;
  await tx.run(sql`
    update credit_account set balance_amount = balance_amount + ${old.balance_amount}::bigint, held_amount = held_amount + ${old.held_amount}::bigint,
      limit_amount = coalesce(limit_amount, ${limit}::bigint) where partner_id = ${into.id}`);
  await tx.run(
    sql`update credit_account set balance_amount = 0, held_amount = 0, limit_amount = null where partner_id = ${from.id}`,
  );
}

/** A credit code stands on one file: the remaining one takes it where it has none. */
async function takeCode(tx: Tx, from: PartnerRow, into: PartnerRow): Promise<PartnerRow> {
  if (into.uscc !== null || from.uscc === null) return into;
  await tx.run(sql`
    update partner set uscc = ${from.uscc}, uscc_override_reason = ${from.uscc_override_reason} where id = ${into.id}`);
  return { ...into, uscc: from.uscc, uscc_override_reason: from.uscc_override_reason };
}

/** What would move, and what speaks against it; nothing is changed. */
export async function previewMerge(
  tx: Tx,
  fromId: string,
  intoId: string,
  actor: Actor,
): Promise<z.output<typeof MergePreview>> {
  await widenToCompany(tx);
  const pair = pairOf(
    await tx.query<PartnerRow>(
      sql`select ${columnsOf(partnerTable)} from partner where id = any(${[fromId, intoId]}::uuid[])`,
    ),
    fromId,
    intoId,
  );
  const [counts, [items], refusals] = await Promise.all([
    tx.query<Moved>(sql`select moved_from, moved_rows from count_partner_rows(${fromId})`),
    tx.query<{ n: number }>(sql`
      select count(*)::int as n from partner_item a join partner_item b on b.partner_id = ${intoId} and b.code = a.code where a.partner_id = ${fromId}`),
    mergeRefusals(tx, pair),
  ]);
  const ref = ({ id, no, name, name_en }: PartnerRow) => ({ id, no, name, nameEn: name_en });
  return {
    from: ref(pair.from),
    into: ref(pair.into),
    moves: counts.map((row) => ({ what: row.moved_from, count: Number.parseInt(row.moved_rows.toString(), 10) })),
    droppedItemCodes: items?.n ?? 0,
    refusals: refusals.map((refusal) => refusalView(refusal, actor.locale)),
  };
}
