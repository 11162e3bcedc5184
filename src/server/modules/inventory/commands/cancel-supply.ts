/** What is still to come is given up, as far as no order waits for it. Source: R5.1. */
import { formatQty } from '../../../kernel/qty.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { lockOpenSupply, openQty, supplyEvent } from '../supplies.ts';
import { readSupply } from '../supply-queries.ts';

export type CancelSupply = { supplyId: string; reason: string };

/**
 * Without waiting orders the supply ends: cancelled, or received when part of it came. With waiting orders it shrinks to what they need;
 * when there is nothing to give up, supply.reserved.
 */
export const cancelSupply = defineCommand<CancelSupply>({
  name: 'supply.cancel',
  refuses: ['supply.not_found', 'supply.wrong_state', 'supply.reserved', 'request.version_stale'],
  async run({ tx, command, env, emit }, { supplyId, reason }) {
    const supply = await lockOpenSupply(tx, command, supplyId);
    const free = openQty(supply) - supply.reserved_qty;
    if (free === 0n) {
      throw refuse('supply.reserved', { reserved: formatQty(supply.reserved_qty), free: formatQty(free) });
    }
    const needed = supply.received_qty + supply.reserved_qty;
    const state = supply.reserved_qty > 0n ? 'open' : supply.received_qty > 0n ? 'received' : 'cancelled';
    const next = { ...supply, qty: needed > 0n ? needed : supply.qty, state, version: supply.version + 1 };
    await tx.run(
      sql`update supply set qty = ${next.qty}, state = ${next.state}, version = ${next.version} where id = ${supplyId}`,
    );
    emit(
      supplyEvent(next, state === 'open' ? 'supply.reduced' : 'supply.cancelled', {
        givenUpQty: formatQty(free),
        reason,
      }),
    );
    const { now, actor } = command;
    return { status: 200, body: await readSupply(tx, supplyId, { now, env, actor }), etag: next.version };
  },
});
