/** A notice as a mail: names the document, what changed, what is expected, until when. Source: process.md. */
import { documentPath, type Side } from '../../../contract/document-paths.ts';
import { wallTime } from '../../kernel/biz-date.ts';
import { parseInstant } from '../../kernel/clock.ts';
import { layOut } from './mail-layout.ts';
import { type MailWords, mailWords } from './mail-words.ts';

export type NoticeMail = {
  kind: string;
  document: { type: string; id: string; no: string | null };
  partnerName: string | null;
  /** Values of the event that the receiver may see. */
  params: Record<string, unknown>;
  dueAt: Date | null;
  at: Date;
  receiver: { name: string; locale: string; side: Side };
  company: { name: string; timeZone: string };
  publicUrl: string;
  /** Brings an answer back to the document; null where nobody reads answers. */
  replyMark: string | null;
  /** Further lines above the end (a signed link, what is attached). */
  more?: readonly string[];
  /** Instead of the page behind the sign-in. */
  button?: { text: string; link: string };
};

/** The values that are told, in this order. The others are for machines. */
const SHOWN = [
  'orderNo',
  'round',
  'lineNo',
  'kind',
  'exceptionKind',
  'waybillNo',
  'shippedAt',
  'expectedOn',
  'oldExpectedOn',
  'promisedOn',
  'amount',
  'dueOn',
  'days',
  'closesAt',
] as const;

/** Values that are words of a list. */
const LISTS: Record<string, string> = { kind: 'hold', exceptionKind: 'exceptionKind' };

export function noticeMail(mail: NoticeMail): { subject: string; text: string; html: string } {
  const words = mailWords(mail.receiver.locale);
  const { document, params, publicUrl } = mail;
  const what = words.name(`notice.${mail.kind}`) ?? mail.kind;
  const documentName = [words.name(`document.${document.type}`), document.no].filter((part) => part !== null).join(' ');
  const path = documentPath(mail.receiver.side, document.type, document.id);
  const subject = [what, document.no, mail.replyMark].filter((part) => part !== null).join(' · ');
  const body = layOut({
    greeting: words.say('greeting', { name: mail.receiver.name }),
    lead: [what, document.no].filter((part) => part !== null).join(' · '),
    facts: [
      [words.say('document'), documentName],
      ...(mail.partnerName === null || mail.receiver.side === 'partner'
        ? []
        : [[words.say('partner'), mail.partnerName] as const]),
      [words.say('changed'), what],
      ...SHOWN.flatMap((name) => shown(name, params, words, mail.company.timeZone)),
      [words.say('at'), wallTime(mail.at, mail.company.timeZone)],
      ...expected(mail, words),
      ...(typeof params['article'] === 'string' ? [[words.say('article'), params['article']] as const] : []),
    ],
    button: mail.button ?? (path === null ? null : { text: words.say('open'), link: `${publicUrl}${path}` }),
    notes: [
      ...(mail.more ?? []),
      ...(mail.replyMark === null ? [] : [words.say('replyHint')]),
      words.say('why', { company: mail.company.name, link: `${publicUrl}/account` }),
    ],
  });
  return { subject, ...body };
}

/** What is expected, and until when. */
function expected({ params, dueAt, company }: NoticeMail, words: MailWords): (readonly [string, string])[] {
  const task = typeof params['task'] === 'string' ? words.name(`task.${params['task']}`) : null;
  if (task === null) return [[words.say('expected'), words.say('nothing')]];
  const until =
    dueAt === null
      ? null
      : wallTime(dueAt, company.timeZone) + (params['provisional'] === true ? words.say('provisional') : '');
  return [
    [words.say(params['yours'] === true ? 'doNow' : 'next'), task],
    ...(until === null ? [] : [[words.say('due'), until] as const]),
  ];
}

function shown(
  name: (typeof SHOWN)[number],
  params: Record<string, unknown>,
  words: MailWords,
  timeZone: string,
): (readonly [string, string])[] {
  const value = params[name];
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const label = words.name(`param.${name}`) ?? name;
  const list = LISTS[name];
  if (list !== undefined) return [[label, words.name(`${list}.${value}`) ?? String(value)]];
  if (name === 'amount' && typeof params['currency'] === 'string') return [[label, `${params['currency']} ${value}`]];
  const at = name.endsWith('At') && typeof value === 'string' ? parseInstant(value) : null;
  return [[label, at === null ? String(value) : wallTime(at, timeZone)]];
}
