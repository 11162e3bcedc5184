/** The partner's reply to a round, and what proves it: who, when, from where, to which content, and how. Source: R4.3. */
import { refuse } from '../../kernel/refusal.ts';
import type { OrderFacts } from './order-rules.ts';
import type { ReplyHow, RoundAtWork } from './order-tables.ts';
import { switchedOn, type Work } from './order-work.ts';

/**
 * What a reply rests on. Staff name the partner's document and attach it; a one-time code names the contact it was sent to. Without `how`
 * it follows from who acts: the partner on the portal, staff with a document, the product by a clause of the agreement.
 */
export type Proof = {
  evidence?: string | undefined;
  attachmentId?: string | undefined;
  how?: ReplyHow | undefined;
  contactId?: string | undefined;
};

const HOW = { partner: 'portal', staff: 'document', system: 'clause' } as const satisfies Record<string, ReplyHow>;

export const howOf = (work: Work, proof: Proof): ReplyHow => proof.how ?? HOW[work.command.actor.kind];

/** What the guards on evidence look at. Refuses attachment.not_found for a file that is not among those of the order. */
export function proofFacts(work: Work, proof: Proof): NonNullable<OrderFacts['input']> {
  const { attachmentId, evidence } = proof;
  if (attachmentId !== undefined && work.state.attachments.get(attachmentId) !== work.order.row.id)
    throw refuse('attachment.not_found', undefined, 'attachmentId');
  const byDocument = howOf(work, proof) === 'document';
  return {
    evidenceNeeded: byDocument,
    evidence,
    documentNeeded: byDocument && switchedOn(work, 'order.reply_document'),
    document: attachmentId,
  };
}

/** Answers the current round. The hash, where one is named, must be that of what was sent last. */
export function reply(
  work: Work,
  hash: string | null,
  answer: 'accepted' | 'objected' | 'recalled' | 'lapsed',
  proof: Proof = {},
  more: Partial<Pick<RoundAtWork, 'reasons'>> = {},
): RoundAtWork {
  const round = work.order.rounds.at(-1);
  if (round === undefined || round.reply !== null) throw refuse('order.round_changed');
  if (hash !== null && hash !== round.content_hash)
    throw refuse('order.round_changed', { round: String(round.round) }, 'contentHash');
  const { actor, from } = work.command;
  const answered: RoundAtWork = {
    ...round,
    ...more,
    reply: answer,
    reply_how: answer === 'accepted' || answer === 'objected' ? howOf(work, proof) : null,
    replied_by: actor.kind === 'system' ? null : actor.userId,
    replied_at: work.now,
    reply_from: from ?? null,
    reply_evidence: proof.evidence ?? null,
    reply_attachment_id: proof.attachmentId ?? null,
    reply_contact_id: proof.contactId ?? null,
  };
  work.order.rounds = work.order.rounds.map((row) => (row === round ? answered : row));
  return answered;
}
