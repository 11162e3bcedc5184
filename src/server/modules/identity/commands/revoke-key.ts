import { refuse } from '../../../kernel/refusal.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { readKey } from '../key-queries.ts';

type Row = { id: string; user_id: string; prefix: string; revoked_at: Date | null; version: number };

/** Ends a key for good; its account is disabled with it. */
export const revokeKey = defineCommand<{ keyId: string }>({
  name: 'key.revoke',
  refuses: ['key.not_found', 'key.revoked'],
  async run({ tx, command, emit }, { keyId }) {
    const rows = await tx.query<Row>(
      sql`select id, user_id, prefix, revoked_at, version from api_key where id = ${keyId} for update`,
    );
    const key = rows[0];
    if (key === undefined) throw refuse('key.not_found');
    if (key.revoked_at !== null) throw refuse('key.revoked');
    const version = key.version + 1;
    await Promise.all([
      tx.run(sql`update api_key set revoked_at = ${command.now}, version = ${version} where id = ${keyId}`),
      tx.run(sql`update app_user set state = 'disabled', epoch = epoch + 1 where id = ${key.user_id}`),
      announceAccessChange(tx),
    ]);
    emit({
      documentType: 'key',
      documentId: keyId,
      documentNo: null,
      version,
      type: 'key.revoked',
      partnerId: null,
      payload: { prefix: key.prefix },
    });
    return { status: 200, body: await readKey(tx, keyId) };
  },
});
