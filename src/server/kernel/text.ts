/** What may stand in a text or a code, and how texts are compared and found. */
import { pinyin } from 'pinyin-pro';

const INVISIBLE = /^[\s\u200b-\u200d\u2060\u3164\ufeff]*$/u;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;
/** Bidirectional marks, zero-width and other format characters, controls, line separators, private and unassigned code points. */
const NOT_IN_CODES = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u3164]/u;
const LATIN = /\p{Script=Latin}/u;
const LATIN_LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/**
 * The first thing wrong with a text, or null. `max` counts code points. One line allows no control characters; several lines allow
 * line ends and tabs. A lone surrogate or NUL is `encoding`; nothing but blanks (full-width and zero-width ones too) is `blank`.
 */
export function textProblem(
  s: string,
  opts: { max: number; multiline?: boolean },
): 'blank' | 'too_long' | 'encoding' | 'control' | null {
  if (s.length > opts.max && (s.length > 2 * opts.max || codePoints(s) > opts.max)) return 'too_long';
  if (!s.isWellFormed() || s.includes('\u0000')) return 'encoding';
  if (INVISIBLE.test(s)) return 'blank';
  return (opts.multiline === true ? CONTROL_BUT_LINES : CONTROL).test(s) ? 'control' : null;
}

/**
 * Null when a code (SKU, PO number, partner number) is written with characters that look like what they are. Refused: blank or padded
 * codes, what compatibility normalisation (NFKC) would change, bidirectional, zero-width and control characters, lone surrogates, and
 * Latin letters mixed with letters of scripts that look the same.
 */
export function codeProblem(s: string): 'characters' | null {
  const plain =
    s !== '' &&
    s.isWellFormed() &&
    s === s.trim() &&
    s === s.normalize('NFKC') &&
    !NOT_IN_CODES.test(s) &&
    !(LATIN.test(s) && LATIN_LOOK_ALIKE.test(s));
  return plain ? null : 'characters';
}

/** The form in which names and codes are unique: NFKC and without case. Two texts with the same fold count as the same. */
export function foldText(s: string): string {
  return s.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/**
 * What people type to find a Chinese name: 渠成科技 gives full `quchengkeji`, initials `qckj`. ü is written v. Letters and digits that
 * are not Chinese stay, in lower case; blanks and punctuation go.
 */
export function pinyinOf(s: string): { full: string; initials: string } {
  const syllables = pinyin(s.normalize('NFKC'), { toneType: 'none', type: 'array', v: true, traditional: true });
  const words = syllables.map((syllable) => syllable.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  return { full: words.join(''), initials: words.map((word) => word.replace(/^(.).*$/u, '$1')).join('') };
}

function codePoints(s: string): number {
  let count = 0;
  for (const _ of s) count += 1;
  return count;
}
