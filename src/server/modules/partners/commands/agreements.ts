import type { z } from 'zod';
import type { AgreementCreate } from '../../../../contract/partners.ts';
import { articleOf, holderOf } from '../../../../contract/tasks.ts';
import { addDays, startOfDay } from '../../../kernel/biz-date.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { codeProblem } from '../../../kernel/text.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { columnsOf, insertRows } from '../../../platform/db/table.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import {
  followCompleteness,
  lockPartner,
  partnerEvent,
  requireOpenFile,
  todayOf,
  touchPartner,
} from '../partner-load.ts';
import { requireReferences } from '../partner-fields.ts';
import { requireTerm } from '../partner-rules.ts';
import { type AgreementRow, agreementTable, type PartnerRow } from '../partner-tables.ts';
import { readPartner } from '../partner-view.ts';
import { requireAttachment } from './documents.ts';

/** Records a cooperation agreement. Two agreements of a partner never hold on the same day. */
export const createAgreement = defineCommand<z.output<typeof AgreementCreate> & { partnerId: string }>({
  name: 'agreement.create',
  refuses: [
    'partner.not_found',
    'partner.wrong_state',
    'partner.term',
    'agreement.overlap',
    'agreement.period',
    'agreement.number_taken',
    'agreement.not_found',
    'price_list.not_found',
    'partner.price_list',
    'attachment.not_found',
    'field.code_characters',
    'request.version_stale',
  ],
  async run(context, { partnerId, ...input }) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    requireOpenFile(partner, 'createAgreement');
    requireTerm(input.paymentTerm);
    if (input.validTo < input.validFrom) throw refuse('agreement.period', undefined, 'validTo');
    if (typeof input.attachmentId === 'string') await requireAttachment(tx, partnerId, input.attachmentId);
    await requireReferences(tx, { priceListId: input.priceListId }, partner.currency);
    let current = partner;
    if (input.replacesId !== undefined) current = await endBefore(context, partner, input.replacesId, input.validFrom);
    await requireFreePeriod(tx, partnerId, input.validFrom, input.validTo);
    const row: AgreementRow = {
      id: newId(now),
      no: input.no === undefined ? await nextNo(tx) : await requireFreeNo(tx, input.no),
      partner_id: partnerId,
      valid_from: input.validFrom,
      valid_to: input.validTo,
      silence_accepts: input.silenceAccepts ?? false,
      payment_term: input.paymentTerm,
      reply_days: input.replyDays ?? null,
      note: input.note ?? null,
      price_list_id: input.priceListId ?? null,
      our_party: input.ourParty ?? null,
      their_party: input.theirParty ?? null,
      signed_on: input.signedOn ?? null,
      attachment_id: input.attachmentId ?? null,
      replaces_id: input.replacesId ?? null,
      version: 1,
      created_at: now,
    };
    await insertRows(tx, agreementTable, [row]);
    const next = await touchPartner(tx, current, now);
    emit(
      partnerEvent(next, 'partner.agreement_created', {
        agreementId: row.id,
        no: row.no,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        silenceAccepts: row.silence_accepts,
        paymentTerm: row.payment_term,
        replyDays: row.reply_days,
        priceListId: row.price_list_id,
        replacesId: row.replaces_id,
      }),
    );
    context.task({ closeOf: partnerId, family: 'partner.renew_agreement' });
    await followCompleteness(context, next);
    return { status: 201, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});

/** A new version takes the place of an agreement: that one ends on the day before. Cases that began under it keep what they began with. */
async function endBefore(
  { tx, command, emit }: Context<unknown>,
  partner: PartnerRow,
  agreementId: string,
  validFrom: string,
): Promise<PartnerRow> {
  const [old] = await tx.query<AgreementRow>(
    sql`select ${columnsOf(agreementTable)} from agreement where id = ${agreementId} and partner_id = ${partner.id} for update`,
  );
  if (old === undefined) throw refuse('agreement.not_found', undefined, 'replacesId');
  const lastDay = addDays(validFrom, -1);
  if (lastDay < old.valid_from) {
    throw refuse('agreement.period', { validFrom: old.valid_from, validTo: old.valid_to }, 'validFrom');
  }
  if (lastDay >= old.valid_to) return partner;
  await tx.run(sql`update agreement set valid_to = ${lastDay}, version = version + 1 where id = ${agreementId}`);
  const next = await touchPartner(tx, partner, command.now);
  emit(
    partnerEvent(next, 'partner.agreement_ended', {
      agreementId,
      changes: { validTo: { before: old.valid_to, after: lastDay } },
    }),
  );
  return next;
}

/** By the clock: the last agreement of a partner is about to run out. The task closes itself when there is one behind it. */
export const remindOfAgreement = defineCommand<{ partnerId: string }>({
  name: 'agreement.remind',
  refuses: ['partner.not_found'],
  async run({ tx, command, env, emit, task }, { partnerId }) {
    const { now } = command;
    const partner = await lockPartner(tx, command, partnerId);
    const [last] = await tx.query<{ no: string; valid_to: string; open: boolean }>(sql`
      select a.no, a.valid_to, exists (select from task where document_id = ${partnerId} and closed_at is null and kind = 'partner.renew_agreement') as open
      from agreement a where a.partner_id = ${partnerId} order by a.valid_to desc limit 1`);
    if (partner.state !== 'active' || last === undefined || last.open) return { status: 200, body: {} };
    const next = await touchPartner(tx, partner, now);
    emit(partnerEvent(next, 'partner.agreement_expiring', { no: last.no, validTo: last.valid_to }));
    task({
      open: {
        kind: 'partner.renew_agreement',
        documentType: 'partner',
        documentId: partnerId,
        documentNo: partner.no,
        partnerId,
        holder: holderOf('partner.renew_agreement', { salesOwnerId: partner.sales_owner_id }),
        article: articleOf('partner.renew_agreement'),
        due: { at: startOfDay(last.valid_to, env.company.timeZone), provisional: false },
      },
    });
    return { status: 200, body: {} };
  },
});

export type EndAgreement = { partnerId: string; agreementId: string; validTo: string; reason: string };

/** An agreement ends earlier than written. Orders keep the terms under which they took effect. */
export const endAgreement = defineCommand<EndAgreement>({
  name: 'agreement.end',
  refuses: ['partner.not_found', 'agreement.not_found', 'agreement.period', 'agreement.ended', 'request.version_stale'],
  async run(context, { partnerId, agreementId, validTo, reason }) {
    const { tx, command, env, emit } = context;
    const { now, actor } = command;
    const partner = await lockPartner(tx, command, partnerId);
    const rows = await tx.query<AgreementRow>(
      sql`select ${columnsOf(agreementTable)} from agreement where id = ${agreementId} and partner_id = ${partnerId} for update`,
    );
    const agreement = rows[0];
    if (agreement === undefined) throw refuse('agreement.not_found');
    if (agreement.valid_to < todayOf(now, env)) throw refuse('agreement.ended', { validTo: agreement.valid_to });
    if (validTo < agreement.valid_from || validTo >= agreement.valid_to) {
      throw refuse('agreement.period', { validFrom: agreement.valid_from, validTo: agreement.valid_to }, 'validTo');
    }
    await tx.run(sql`update agreement set valid_to = ${validTo}, version = version + 1 where id = ${agreementId}`);
    const next = await touchPartner(tx, partner, now);
    emit(
      partnerEvent(next, 'partner.agreement_ended', {
        agreementId,
        changes: { validTo: { before: agreement.valid_to, after: validTo }, reason: { before: null, after: reason } },
      }),
    );
    await followCompleteness(context, next);
    return { status: 200, body: await readPartner(tx, partnerId, { actor, env, now }), etag: next.version };
  },
});

async function requireFreePeriod(tx: Tx, partnerId: string, from: string, to: string): Promise<void> {
  const overlapping = await tx.query<{ no: string; valid_from: string; valid_to: string }>(sql`
    select no, valid_from, valid_to from agreement
    where partner_id = ${partnerId} and daterange(valid_from, valid_to, '[]') && daterange(${from}::date, ${to}::date, '[]') limit 1`);
  const [other] = overlapping;
  if (other !== undefined) {
    throw refuse(
      'agreement.overlap',
      { no: other.no, validFrom: other.valid_from, validTo: other.valid_to },
      'validFrom',
    );
  }
}

async function nextNo(tx: Tx): Promise<string> {
  for (;;) {
    const rows = await tx.query<{ no: string; taken: boolean }>(sql`
      select n.no, exists (select 1 from agreement a where a.no = n.no) as taken
      from (select 'AG-' || to_char(nextval('agreement_no'), 'FM99999999900000') as no) n`);
    const next = rows[0];
    if (next !== undefined && !next.taken) return next.no;
  }
}

async function requireFreeNo(tx: Tx, no: string): Promise<string> {
  if (codeProblem(no) !== null) throw refuse('field.code_characters', undefined, 'no');
  const taken = await tx.query(sql`select 1 from agreement where no = ${no}`);
  if (taken.length > 0) throw refuse('agreement.number_taken', { no }, 'no');
  return no;
}
