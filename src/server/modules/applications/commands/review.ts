/** What sales decide about an application. */
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { bizDateOf } from '../../../kernel/biz-date.ts';
import { announceAccessChange } from '../../../platform/auth/watch-access.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { runInside } from '../../../platform/pipeline/inside.ts';
import { asLocale } from '../../../platform/http/messages.ts';
import { addUser, storeLink } from '../../identity/index.ts';
import { activatePartner, createPartners } from '../../partners/index.ts';
import { type Content, contentOf, lockApplication, moveOn, refusalsOf } from '../application-load.ts';
import { readApplication } from '../application-queries.ts';
import type { ApplicationTableRow } from '../application-tables.ts';

const REFUSES = ['application.not_found', 'application.wrong_state', 'request.version_stale'] as const;

async function answer({ tx, command }: Context<unknown>, row: ApplicationTableRow) {
  return { status: 200, body: await readApplication(tx, row.id, command.actor), etag: row.version };
}

export const askApplicant = defineCommand<{ applicationId: string; question: string }>({
  name: 'application.ask_back',
  refuses: [...REFUSES],
  async run(context, { applicationId, question }) {
    const before = await lockApplication(context.tx, context.command, applicationId);
    return answer(context, await moveOn(context, before, 'askBack', { question }));
  },
});

export const refuseApplication = defineCommand<{ applicationId: string; reason: string }>({
  name: 'application.refuse',
  refuses: [...REFUSES],
  async run(context, { applicationId, reason }) {
    const before = await lockApplication(context.tx, context.command, applicationId);
    const decided = { reason, decided_by: context.command.actor.userId };
    return answer(context, await moveOn(context, before, 'refuse', decided));
  },
});

export const reopenApplication = defineCommand<{ applicationId: string }>({
  name: 'application.reopen',
  refuses: [...REFUSES, 'application.erased'],
  async run(context, { applicationId }) {
    const before = await lockApplication(context.tx, context.command, applicationId);
    if (before.content === null) throw refuse('application.erased');
    return answer(context, await moveOn(context, before, 'reopen', { reason: null, decided_by: null }));
  },
});

export type Accept = {
  applicationId: string;
  salesOwnerId?: string | undefined;
  level?: string | null | undefined;
  confirmDuplicate?: boolean | undefined;
  login?: string | undefined;
  token: string;
  tokenHash: Buffer;
};

/** One step: the file with contact and address, the partner active, its first user invited. All of it, or nothing. */
export const acceptApplication = defineCommand<Accept>({
  name: 'application.accept',
  refuses: [
    ...REFUSES,
    'application.erased',
    'partner.duplicate',
    'partner.incomplete',
    'partner.uscc_invalid',
    'region.unknown',
    'partner.invoice_limit',
    'partner.invoice_characters',
    'partner.tax_no',
    'user.not_found',
    'user.login_taken',
  ],
  async run(context, input) {
    const { tx, command, emit } = context;
    const before = await lockApplication(tx, command, input.applicationId);
    refuseIf(refusalsOf('accept', before));
    const content = contentOf(before);
    if (content === null) throw refuse('application.erased');
    const partnerId = await makeFile(context, before, content, input);
    const { row: user, event } = await addUser(tx, command.now, {
      login: input.login ?? content.contact.email,
      name: content.contact.name,
      email: content.contact.email,
      phone: content.contact.phone,
      roles: ['partner_admin'],
      partnerId,
      passwordHash: null,
      state: 'invited',
    });
    emit(event);
    const expiresAt = await storeLink(tx, {
      tokenHash: input.tokenHash,
      purpose: 'invite',
      userId: user.id,
      now: command.now,
    });
    await announceAccessChange(tx);
    const after = await moveOn(context, before, 'accept', {
      decided_by: command.actor.userId,
      became_partner_id: partnerId,
      account_id: user.id,
    });
    return {
      status: 200,
      body: {
        application: await readApplication(tx, after.id, command.actor),
        partnerId,
        token: null,
        expiresAt: expiresAt.toISOString(),
      },
      etag: after.version,
    };
  },
});

/** The partner file, active. The day on which its data was obtained is that of the application. */
async function makeFile(
  context: Context<unknown>,
  application: ApplicationTableRow,
  content: Content,
  { salesOwnerId, level, confirmDuplicate }: Accept,
): Promise<string> {
  const { contact, address, message: _message, ...company } = content;
  const { expectedVersion: _version, once: _once, ...command } = context.command;
  const inside = { ...context, command };
  const input = {
    ...company,
    level: level ?? null,
    salesOwnerId: salesOwnerId ?? command.actor.userId,
    obtainedOn: bizDateOf(application.submitted_at, context.env.company.timeZone),
    sourceRef: application.no,
    contacts: [{ ...contact, locale: asLocale(application.locale), duties: ['admin' as const, 'buyer' as const] }],
    addresses: [{ ...address, label: contact.name, receiver: contact.name, phone: contact.phone, isDefault: true }],
    ...(confirmDuplicate === undefined ? {} : { confirmDuplicate }),
  };
  const { partner } = await runInside(inside, createPartners, input);
  const partnerId = partner.id;
  await activatePartner.run({ ...inside, command: { ...command, input: { partnerId } } }, { partnerId });
  return partnerId;
}
