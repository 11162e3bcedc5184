/**
 * What was approved to the company's cost within the policy's period, for the same partner and for the same person who asked: a limit of
 * approval covers it all, so that it is not evaded by many small deviations, copies or parted orders. Source: R4.1.
 */
import { sql, type Tx } from '../../platform/db/database.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import type { Order } from './order-tables.ts';

const DAY_MS = 86_400_000;
/** Given away in orders outside the batch, in minor units, by {@link keyOf}. */
export type ApprovedBefore = ReadonlyMap<string, bigint>;
export const NOTHING_APPROVED: ApprovedBefore = new Map();

const keyOf = (about: string, currency: string) => `${about} ${currency}`;

export const approvalDays = (env: Env, now: Date): number => env.policy.at('approval.period', now).value;
const beginOf = (env: Env, now: Date): Date => new Date(now.getTime() - approvalDays(env, now) * DAY_MS);

/**
 * The credit accounts of the partners are locked; whoever asked is locked here, last of all. The sums are read after that, so that approvals
 * at the same time see each other.
 */
export async function readApprovedBefore(
  tx: Tx,
  orders: ReadonlyMap<string, Order>,
  env: Env,
  now: Date,
): Promise<ApprovedBefore> {
  const partners = [...new Set([...orders.values()].map(({ row }) => row.partner_id))];
  const persons = [
    ...new Set([...orders.values()].flatMap(({ discrepancies }) => discrepancies.flatMap(askedBy))),
  ].sort();
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(who, 4)) from unnest(${persons.map((id) => `approved ${id}`)}::text[]) who order by who`,
  );
  const rows = await tx.query<{ about: string; currency: string; amount: bigint }>(
    sql`select about, currency, amount from approved_deviations(${partners}::uuid[], ${persons}::uuid[], ${beginOf(env, now)}, ${[...orders.keys()]}::uuid[])`,
  );
  return new Map(rows.map(({ about, currency, amount }) => [keyOf(about, currency), amount]));
}

const askedBy = ({ raised_by }: Order['discrepancies'][number]) => (raised_by === null ? [] : [raised_by]);

type Found = { state: string; effect_amount: bigint; settled_at: Date | null };
const given = (rows: readonly Found[], since: Date): bigint =>
  rows.reduce(
    (sum, { state, effect_amount, settled_at }) =>
      state === 'approved' && effect_amount < 0n && settled_at !== null && settled_at > since
        ? sum - effect_amount
        : sum,
    0n,
  );

/** What was given away besides `order`: to its partner, and by `person`. Other orders of the batch count as they stand now. */
export function givenBesides(
  order: Order,
  person: string | null,
  known: { approved: ApprovedBefore; orders: ReadonlyMap<string, Order> },
  env: Env,
  now: Date,
): { toPartner: bigint; byPerson: bigint } {
  const { currency, partner_id, id } = order.row;
  const since = beginOf(env, now);
  const others = [...known.orders.values()].filter(
    ({ row }) => row.id !== id && row.currency === currency && row.state !== 'cancelled',
  );
  const before = (about: string) => known.approved.get(keyOf(about, currency)) ?? 0n;
  const ofPartner = others.filter(({ row }) => row.partner_id === partner_id).flatMap((other) => other.discrepancies);
  const ofPerson = others.flatMap((other) => other.discrepancies).filter(({ raised_by }) => raised_by === person);
  return {
    toPartner: before(partner_id) + given(ofPartner, since),
    byPerson: person === null ? 0n : before(person) + given(ofPerson, since),
  };
}
