/** The raw message is stored before anything else is done with it, and before its sender hears that it was taken (P8). */
import { createHash } from 'node:crypto';
import { bizDateOf } from '../../../kernel/biz-date.ts';
import { newId } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { intakeTable } from '../intake-tables.ts';

export type RawMessage = {
  source: 'smtp' | 'imap';
  raw: Buffer;
  envelopeFrom: string | null;
  remoteIp: string | null;
  helo: string | null;
};

/** Storing the same bytes again stores nothing and answers the same. */
export const storeMessage = defineCommand<RawMessage>({
  name: 'intake.store',
  refuses: [],
  async run({ tx, command, env, emit }, input) {
    const { now } = command;
    const sha256 = createHash('sha256').update(input.raw).digest();
    const known = await tx.query<{ id: string }>(sql`select id from intake_message where sha256 = ${sha256}`);
    if (known[0] !== undefined) return { status: 200, body: known[0] };
    const numbers = await tx.query<{ no: string }>(
      sql`select 'ML-' || ${bizDateOf(now, env.company.timeZone).slice(0, 4)}::text || '-' || to_char(nextval('intake_no'), 'FM999999999000000') as no`,
    );
    const id = newId(now);
    const no = numbers[0]?.no ?? '';
    await insertRows(tx, intakeTable, [
      {
        id,
        no,
        source: input.source,
        state: 'stored',
        reason: null,
        raw: input.raw,
        sha256,
        byte_count: input.raw.length,
        envelope_from: input.envelopeFrom,
        remote_ip: input.remoteIp,
        helo: input.helo,
        message_id: null,
        from_address: null,
        subject: null,
        parsed: null,
        auth: null,
        attempts: 0,
        partner_id: null,
        inquiry_id: null,
        received_at: now,
        settled_at: null,
        decided_by: null,
        discard_reason: null,
        version: 1,
      },
    ]);
    emit({
      documentType: 'intake',
      documentId: id,
      documentNo: no,
      version: 1,
      type: 'intake.received',
      partnerId: null,
      payload: { source: input.source, byteCount: input.raw.length, sha256: sha256.toString('hex') },
    });
    return { status: 201, body: { id } };
  },
});
