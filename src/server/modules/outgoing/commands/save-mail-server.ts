/** The company's mail server: set up, switched off, tried. The password arrives sealed; the log never names it. */
import type { z } from 'zod';
import type { mailServerSet } from '../../../../contract/outgoing.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { insertRows, updateRows } from '../../../platform/db/table.ts';
import { type MailServerRow, mailServerTable, readMailServer } from '../../../platform/mail/mail-server.ts';
import { enqueue } from '../../../platform/outbound/index.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { mailServerView } from '../mail-server-view.ts';

type Body = z.output<NonNullable<typeof mailServerSet.body>>;
/** undefined: the password stays. */
export type SaveMailServer = Omit<Body, 'password'> & { passwordSealed: string | null | undefined };

const COLUMNS = [
  'is_on',
  'host',
  'port',
  'security',
  'username',
  'password_sealed',
  'from_name',
  'from_address',
  'reply_to',
  'public_url',
  'version',
  'updated_at',
] as const;

export const saveMailServer = defineCommand<SaveMailServer>({
  name: 'mail_server.set',
  refuses: ['request.version_stale', 'field.url'],
  async run({ tx, command, emit }, input) {
    const { now } = command;
    await tx.query(sql`select pg_advisory_xact_lock(hashtext('mail_server'))`);
    const before = await readMailServer(tx);
    requireVersion(command, { version: before?.version ?? 0 });
    const { passwordSealed } = input;
    const publicUrl = URL.parse(input.publicUrl);
    if (publicUrl === null) throw refuse('field.url', undefined, 'publicUrl');
    const after: MailServerRow = {
      only_row: true,
      id: before?.id ?? newId(now),
      is_on: input.isOn,
      host: input.host,
      port: input.port,
      security: input.security,
      username: input.username,
      password_sealed: passwordSealed === undefined ? (before?.password_sealed ?? null) : passwordSealed,
      from_name: input.fromName,
      from_address: input.fromAddress,
      reply_to: input.replyTo,
      public_url: publicUrl.origin,
      version: (before?.version ?? 0) + 1,
      updated_at: now,
    };
    if (before === null) await insertRows(tx, mailServerTable, [after]);
    else await updateRows(tx, mailServerTable, COLUMNS, [after]);
    // A closed network stays silent: what was still to go out does not, also not when mail is switched on again.
    if (!after.is_on)
      await tx.run(
        sql`update outgoing set state = 'dropped', reason = 'mail_off', finished_at = ${now} where channel = 'mail' and state = 'waiting'`,
      );
    emit({
      documentType: 'mail_server',
      documentId: after.id,
      documentNo: null,
      version: after.version,
      type: 'mail_server.changed',
      partnerId: null,
      payload: { isOn: after.is_on, host: after.host, port: after.port, security: after.security },
    });
    return { status: 200, body: mailServerView(after), etag: after.version };
  },
});

export const TEST_MAIL = 'mail.test';

export const testMailServer = defineCommand<{ to: string }>({
  name: 'mail_server.test',
  refuses: ['mail.not_set_up'],
  async run({ tx, command }, { to }) {
    const { now, actor } = command;
    const server = await readMailServer(tx);
    if (server === null) throw refuse('mail.not_set_up');
    const eventId = newId(now);
    const document = { type: 'mail_server', id: server.id, no: null };
    await enqueue(
      tx,
      [
        {
          channel: 'mail',
          partnerId: null,
          targetId: actor.userId,
          kind: TEST_MAIL,
          eventId,
          document,
          content: { to },
        },
      ],
      now,
    );
    const [row] = await tx.query<{ id: string }>(sql`select id from outgoing where event_id = ${eventId}`);
    return { status: 202, body: { outgoingId: row?.id } };
  },
});
