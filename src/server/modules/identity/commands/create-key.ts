import type { Role } from '../../../../contract/roles.ts';
import { parseInstant } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { keyTable, userRoleTable, userTable } from '../identity-tables.ts';
import { readKey } from '../key-queries.ts';
import { mayMakeKey, roleRefusals } from '../user-rules.ts';

export type NewKey = {
  name: string;
  roles: readonly Role[];
  partnerId?: string | null | undefined;
  expiresAt?: string | null | undefined;
  secret: string;
  keyHash: Buffer;
  prefix: string;
};

/** A key is a service account of its own. Its secret is made outside and shown once; only the hash comes here. */
export const createKey = defineCommand<NewKey>({
  name: 'key.create',
  refuses: [
    'key.stronger_than_maker',
    'key.expiry_past',
    'user.partner_roles',
    'user.roles_exclude',
    'partner.not_found',
  ],
  async run({ tx, command, emit }, input) {
    const { actor, now } = command;
    const partnerId = input.partnerId ?? null;
    const roles = [...new Set(input.roles)].sort();
    refuseIf(roleRefusals(roles, partnerId !== null));
    if (!mayMakeKey(actor.roles, roles)) throw refuse('key.stronger_than_maker', { roles: roles.join(', ') }, 'roles');
    const expiresAt = typeof input.expiresAt === 'string' ? parseInstant(input.expiresAt) : null;
    if (typeof input.expiresAt === 'string' && expiresAt === null)
      throw refuse('field.instant_format', undefined, 'expiresAt');
    if (expiresAt !== null && expiresAt <= now) throw refuse('key.expiry_past', undefined, 'expiresAt');
    if (partnerId !== null) {
      const found = await tx.query(sql`select 1 from partner where id = ${partnerId}`);
      if (found.length === 0) throw refuse('partner.not_found', undefined, 'partnerId');
    }
    const id = newId(now);
    const userId = newId(now);
    const account = {
      id: userId,
      kind: 'service',
      partner_id: partnerId,
      login: `key:${id}`,
      login_folded: `key:${id}`,
      name: input.name,
      name_en: null,
      email: null,
      phone: null,
    };
    await insertRows(tx, userTable, [
      {
        ...account,
        locale: actor.accountLocale,
        password_hash: null,
        state: 'active',
        epoch: 1,
        approval_limit_amount: null,
        made_by: actor.personId,
        password_changed_at: null,
        created_at: now,
        version: 1,
      },
    ]);
    await insertRows(
      tx,
      userRoleTable,
      roles.map((role) => ({ user_id: userId, role })),
    );
    await insertRows(tx, keyTable, [
      {
        id,
        key_hash: input.keyHash,
        prefix: input.prefix,
        name: input.name,
        user_id: userId,
        made_by: actor.personId,
        created_at: now,
        expires_at: expiresAt,
        revoked_at: null,
        last_used_at: null,
        version: 1,
      },
    ]);
    emit({
      documentType: 'key',
      documentId: id,
      documentNo: null,
      version: 1,
      type: 'key.created',
      partnerId: null,
      payload: { roles, partnerId, prefix: input.prefix, userId },
    });
    return { status: 201, body: { key: await readKey(tx, id), secret: null } };
  },
});
