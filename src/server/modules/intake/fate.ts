/**
 * Where a message belongs. Pure. Identity rests on an authenticated author who is a known contact, never on what a text says (E1, E2): SPF,
 * DKIM and DMARC must pass, or, for a domain that publishes no DMARC policy, SPF or a signature of the author's own domain.
 */
import type { ReplyTo } from '../../platform/mail/reply-token.ts';
import type { IntakeReason } from './intake-tables.ts';
import type { AuthResult, ParsedMail } from './parse/parsed-mail.ts';

export type Contact = { partnerId: string; active: boolean };
export type Fate =
  | { state: 'ignored' | 'quarantined'; reason: IntakeReason }
  | { state: 'inquiry'; partnerId: string }
  | { state: 'reply'; partnerId: string; inquiryId: string };

export type FateFacts = {
  mail: Pick<ParsedMail, 'from' | 'automatic'>;
  auth: AuthResult | null;
  /** Partners of whom an active contact or user has the author's address. */
  contacts: readonly Contact[];
  /** Another message with this Message-ID has become an inquiry or an answer. */
  seenBefore: boolean;
  /** A genuine mark in the subject. */
  replyTo: ReplyTo | null;
  /** Whether an inquiry with the id of the mark is open for answers. */
  replyOpen: boolean;
  hasLines: boolean;
  /** The same words and files of this partner became an inquiry within the last day, under another Message-ID. */
  repeated: boolean;
};

export function fateOf({ mail, auth, contacts, seenBefore, replyTo, replyOpen, hasLines, repeated }: FateFacts): Fate {
  if (mail.automatic !== null) return { state: 'ignored', reason: mail.automatic };
  if (seenBefore) return { state: 'ignored', reason: 'duplicate' };
  const quarantined = (reason: IntakeReason): Fate => ({ state: 'quarantined', reason });
  if (mail.from === null) return quarantined('from_unclear');
  const doubt = doubtOf(auth);
  if (doubt !== null) return quarantined(doubt);
  const [contact, another] = contacts;
  if (contact === undefined) return quarantined('sender_unknown');
  if (another !== undefined) return quarantined('sender_ambiguous');
  const { partnerId } = contact;
  // A mark that was passed on to somebody else opens nothing (E3).
  if (replyTo?.documentType === 'inquiry') {
    if (replyTo.partnerId !== partnerId || !replyOpen) return quarantined('reply_mismatch');
    return { state: 'reply', partnerId, inquiryId: replyTo.documentId };
  }
  if (!contact.active) return quarantined('partner_not_active');
  if (!hasLines) return quarantined('no_lines');
  // Sent twice, or wanted twice: a person says (E5).
  return repeated ? quarantined('repeated') : { state: 'inquiry', partnerId };
}

/** Why the author is not proven; null when he is. */
function doubtOf(auth: AuthResult | null): IntakeReason | null {
  if (auth === null || auth.dmarc === 'temperror') return 'auth_unavailable';
  if (auth.dmarc === 'pass') return null;
  if (auth.dmarc !== 'none') return 'auth_failed';
  return auth.aligned ? null : 'auth_none';
}

/** What a relay that is trusted has found out counts instead of our own check, if it speaks of DMARC. */
export function believed(
  own: AuthResult | null,
  relays: ParsedMail['relayResults'],
  trusted: readonly string[],
): AuthResult | null {
  const names = trusted.map((name) => name.toLowerCase());
  const result = relays.find(({ relay }) => names.includes(relay));
  if (result === undefined || result.dmarc === 'none') return own;
  return { spf: result.spf, dkim: result.dkim, dmarc: result.dmarc, by: result.relay, aligned: own?.aligned ?? false };
}
