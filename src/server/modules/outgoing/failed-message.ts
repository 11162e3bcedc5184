/** What cannot be sent becomes work for a person: for sales where it was about a partner, for the system administrator otherwise. Source: process.md. */
import { newId } from '../../kernel/ids.ts';
import { holderOf } from '../../../contract/tasks.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import type { OutgoingRow } from '../../platform/outbound/index.ts';
import type { Env, TaskChange } from '../../platform/pipeline/types.ts';
import { saveTasks } from '../../platform/tasks/task-table.ts';

/** Whoever looks after it finds it by what it was about. */
export const nameOf = ({ document_no: no, kind }: Pick<OutgoingRow, 'document_no' | 'kind'>): string => no ?? kind;

/** Opens the task of a message that was parked, closes that of one which got through. */
export async function followUp(
  tx: Tx,
  message: OutgoingRow,
  state: OutgoingRow['state'],
  env: Env,
  now: Date,
): Promise<void> {
  if (state === 'waiting') return;
  const change = state === 'parked' ? { open: await taskFor(tx, message, env, now) } : { closeOf: message.id };
  const command = { input: null, actor: systemActor, now, requestId: newId(now) };
  await saveTasks(tx, [{ change, command }], env.calendar);
}

async function taskFor(
  tx: Tx,
  message: OutgoingRow,
  env: Env,
  now: Date,
): Promise<Extract<TaskChange, { open: unknown }>['open']> {
  const { partner_id: partnerId } = message;
  const [partner] =
    partnerId === null
      ? []
      : await tx.query<{ sales_owner_id: string | null }>(
          sql`select sales_owner_id from partner where id = ${partnerId}`,
        );
  const kind = partnerId === null ? 'outgoing.check' : 'outgoing.mend';
  return {
    kind,
    documentType: 'outgoing',
    documentId: message.id,
    documentNo: nameOf(message),
    partnerId,
    holder: holderOf(kind, { salesOwnerId: partner?.sales_owner_id ?? null }),
    article: 'R4.3',
    due: env.policy.deadline('message.mend', now),
  };
}
