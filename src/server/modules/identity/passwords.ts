/** Passwords: argon2id, what is refused, and a check that takes the same time for people who do not exist. */
import { hash, verify } from '@node-rs/argon2';
import { refuse } from '../../kernel/refusal.ts';
import { foldText } from '../../kernel/text.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** argon2id with 19 MiB, two passes, one lane: the smallest set of parameters that OWASP's password sheet names. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MIN_LENGTH = 8;
/** Each check takes 19 MiB and a thread; beyond this many callers come back later. */
const MOST_AT_ONCE = 64;
/** This much besides a well-known word or the company's name still makes a password of one's own. */
const OWN_PART = 6;

let underWay = 0;
async function counted<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= MOST_AT_ONCE) throw refuse('request.busy');
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
  }
}

/** Callers have proved something before: the old password, a one-time link. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let decoy: Promise<string> | undefined;

/** Whether the password fits. For a missing hash the work is done all the same, and the answer is no. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password', COST);
  const known = stored ?? (await decoy);
  return (await counted(() => verify(known, password))) && stored !== null;
}

/**
 * Refuses what others guess first: shorter than eight characters, well-known passwords in their usual disguises (letters as digits, a
 * year behind), runs and repetitions, and the names of the company, the product and the person. Source: NIST SP 800-63B, 5.1.1.2.
 */
export function refuseWeakPassword(password: string, names: readonly (string | null)[], field = 'newPassword'): void {
  if ([...password].length < MIN_LENGTH) throw refuse('password.too_short', { min: String(MIN_LENGTH) }, field);
  if (isGuessable(password, names)) throw refuse('password.too_common', undefined, field);
}

function isGuessable(password: string, names: readonly (string | null)[]): boolean {
  const folded = foldText(password).replace(/\s/g, '');
  if (COMMON_PASSWORDS.has(folded) || isRun(folded)) return true;
  const spelled = undisguise(folded);
  const core = spelled.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (COMMON_PASSWORDS.has(core) || COMMON_PASSWORDS.has(folded.replace(/[^\p{L}]+$/u, ''))) return true;
  return namesOf(names).some(
    (name) => (folded.includes(name) || spelled.includes(name)) && [...folded].length - [...name].length < OWN_PART,
  );
}

const DISGUISES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const undisguise = (text: string) => {
  const core = text.replace(/[\d!@#$%^&*.,_+-]+$/u, '');
  return [...core].map((letter) => DISGUISES[letter] ?? letter).join('');
};

/** One character again and again, a short piece again and again, or neighbours in alphabet, digits or keyboard. */
function isRun(text: string): boolean {
  if (/^(.{1,3})\1+.?$/u.test(text)) return true;
  return RUNS.some((run) => run.includes(text));
}
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujm',
];
const RUNS = rows.flatMap((row) => [row, [...row].reverse().join('')]);

function namesOf(names: readonly (string | null)[]): string[] {
  const whole = [...names, 'qucheng', '渠成'].flatMap((name) => (name === null ? [] : [foldText(name)]));
  const parts = whole.flatMap((name) => [name.replace(/[\s\p{P}]/gu, ''), ...name.split(/[\s\p{P}]+/u)]);
  return [...new Set(parts)].filter(
    (part) => part.length >= (/^\p{Script=Latin}+$/u.test(part) ? 4 : 2) && !/^\d+$/.test(part),
  );
}
