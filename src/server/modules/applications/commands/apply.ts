/** What applicants do: apply, amend, withdraw, fetch the link to their account. They have no account, so the product acts for them. */
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { addMs } from '../../../kernel/clock.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { asLocale } from '../../../platform/http/messages.ts';
import { makeResetLink } from '../../identity/index.ts';
import { applicationEvent, byToken, type Content, moveOn, requireContent, workOn } from '../application-load.ts';
import { statusView } from '../application-queries.ts';
import { type ApplicationTableRow, applicationTable } from '../application-tables.ts';

const HOUR_MS = 3_600_000;
/** From one address in an hour, and from everywhere together: a form that is open to everybody is not a door to fill the disk. */
const MOST_OF_ADDRESS = 5;
const MOST = 200;

export type Apply = {
  content: Content;
  contentHash: string;
  requestHash: string;
  tokenHash: Buffer;
  /** null: the applicant is not sent the link to the application. */
  tokenSealed: string | null;
  /** In which the applicant is written to. */
  locale: string;
  /** null: the machine itself, as behind a proxy; it is not counted. */
  ip: string | null;
};

/** The same request again gives the same application a new link; the first answer was lost. */
export const apply = defineCommand<Apply>({
  name: 'application.submit',
  refuses: [
    'partner.uscc_invalid',
    'region.unknown',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'request.too_many',
    'request.key_reused',
  ],
  async run(
    { tx, command, env, emit, task },
    { content, contentHash, requestHash, tokenHash, tokenSealed, locale, ip },
  ) {
    const { now } = command;
    requireContent(content);
    // One at a time: what is counted must not change between count and insert.
    await tx.query(sql`select pg_advisory_xact_lock(7206, 1)`);
    const [before] = await tx.query<ApplicationTableRow>(
      sql`select ${columnsOf(applicationTable)} from partner_application where request_hash = ${requestHash} for update`,
    );
    if (before !== undefined) {
      if (before.content_hash !== contentHash) throw refuse('request.key_reused');
      await tx.run(
        sql`update partner_application set token_hash = ${tokenHash}, token_sealed = ${tokenSealed} where id = ${before.id}`,
      );
      return { status: 201, body: { no: before.no, repeated: true } };
    }
    await requireRoom(tx, ip, now);
    const [numbered] = await tx.query<{ no: string }>(
      sql`select 'AP-' || to_char(nextval('application_no'), 'FM99999999900000') as no`,
    );
    const row: ApplicationTableRow = {
      id: newId(now),
      no: numbered?.no ?? '',
      state: 'submitted',
      version: 1,
      token_hash: tokenHash,
      request_hash: requestHash,
      content,
      content_hash: contentHash,
      question: null,
      reason: null,
      submitted_at: now,
      state_since: now,
      decided_by: null,
      became_partner_id: null,
      account_id: null,
      from_ip: ip,
      locale: asLocale(locale),
      token_sealed: tokenSealed,
    };
    await insertRows(tx, applicationTable, [row]);
    emit(applicationEvent(row, 'application.submitted', { state: row.state }));
    task(workOn(row, 'application.review', env.policy.deadline('partner.first_entry', now)));
    return { status: 201, body: { no: row.no } };
  },
});

async function requireRoom(tx: Tx, ip: string | null, now: Date): Promise<void> {
  const [counted] = await tx.query<{ here: number; everywhere: number }>(sql`
    select (count(*) filter (where from_ip = ${ip}::text))::int as here, count(*)::int as everywhere
    from partner_application where submitted_at > ${addMs(now, -HOUR_MS)}`);
  if ((counted?.here ?? 0) >= MOST_OF_ADDRESS || (counted?.everywhere ?? 0) >= MOST) {
    throw refuse('request.too_many', { retryAfter: '3600' });
  }
}

export const amendApplication = defineCommand<{ token: string; content: Content; contentHash: string }>({
  name: 'application.amend',
  refuses: [
    'partner.uscc_invalid',
    'region.unknown',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'token.invalid',
    'application.wrong_state',
  ],
  async run(context, { token, content, contentHash }) {
    const before = await byToken(context.tx, token, true);
    requireContent(content);
    // Sent twice: it is there.
    const after =
      before.state === 'submitted' && before.content_hash === contentHash
        ? before
        : await moveOn(context, before, 'amend', { content, content_hash: contentHash });
    return { status: 200, body: await statusView(context.tx, after) };
  },
});

export const withdrawApplication = defineCommand<{ token: string }>({
  name: 'application.withdraw',
  refuses: ['token.invalid', 'application.wrong_state'],
  async run(context, { token }) {
    const before = await byToken(context.tx, token, true);
    const after = before.state === 'withdrawn' ? before : await moveOn(context, before, 'withdraw', {});
    return { status: 200, body: await statusView(context.tx, after) };
  },
});

/** A link to the account, as long as its password has not been set: after that, signing in and resetting are the ways. */
export const fetchInvitation = defineCommand<{ token: string; linkToken: string; linkHash: Buffer }>({
  name: 'application.invitation',
  refuses: ['token.invalid', 'application.wrong_state'],
  async run(context, { token, linkToken, linkHash }) {
    const { tx } = context;
    const row = await byToken(tx, token, true);
    const [account] =
      row.account_id === null
        ? []
        : await tx.query<{ state: string }>(sql`select state from app_user where id = ${row.account_id}`);
    if (row.account_id === null || account?.state !== 'invited') {
      throw refuse('application.wrong_state', { action: 'invitation', state: row.state });
    }
    const input = { userId: row.account_id, token: linkToken, tokenHash: linkHash };
    const made = await makeResetLink.run({ ...context, command: { ...context.command, input } }, input);
    return { status: 200, body: made.body };
  },
});
