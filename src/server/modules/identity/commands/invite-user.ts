import type { z } from 'zod';
import type { userInvite } from '../../../../contract/users.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { addUser } from '../add-user.ts';
import { storeLink } from '../one-time-links.ts';
import { parseLimit } from '../parse-limit.ts';
import { readUser } from '../user-queries.ts';

type Input = z.output<NonNullable<(typeof userInvite)['body']>> & { token: string; tokenHash: Buffer };

/** A new person who sets the password with a one-time link. The link is handed over by whoever invites. */
export const inviteUser = defineCommand<Input>({
  name: 'user.invite',
  refuses: [
    'user.login_taken',
    'user.roles_exclude',
    'user.partner_roles',
    'partner.not_found',
    'field.amount_decimals',
  ],
  async run({ tx, command, env, emit }, input) {
    const { row, event } = await addUser(tx, command.now, {
      ...input,
      approvalLimit: parseLimit(input.approvalLimit, env),
      passwordHash: null,
      state: 'invited',
    });
    emit(event);
    const expiresAt = await storeLink(tx, {
      tokenHash: input.tokenHash,
      purpose: 'invite',
      userId: row.id,
      now: command.now,
    });
    await announceAccessChange(tx);
    return {
      status: 201,
      body: { user: await readUser(tx, row.id, env.company.currency), token: null, expiresAt: expiresAt.toISOString() },
      etag: row.version,
    };
  },
});
