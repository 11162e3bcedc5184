/** 人民币大写: an amount written out in the numerals that cannot be altered, as on invoices, orders and statements. */

const SCRIPTS = {
  'zh-Hans': { prefix: '人民币', minus: '负', digits: '零壹贰叁肆伍陆柒捌玖', tenThousand: '万', hundredMillion: '亿' },
  'zh-Hant': { prefix: '人民幣', minus: '負', digits: '零壹貳參肆伍陸柒捌玖', tenThousand: '萬', hundredMillion: '億' },
} as const;
type Script = keyof typeof SCRIPTS;

const IN_SECTION = ['仟', '佰', '拾', ''] as const;

/**
 * Minor units of CNY in capital numerals: 140950n is 人民币壹仟肆佰零玖元伍角. Simplified unless the script says otherwise.
 * Zeros in a row give one 零; 整 follows an amount that ends with 元, not one that ends with 角 or 分; no gap after the prefix;
 * a negative amount says 负 after the prefix.
 */
export function capitalAmount(minor: bigint, script: Script = 'zh-Hans'): string {
  const { prefix, minus, digits } = SCRIPTS[script];
  const value = minor < 0n ? -minor : minor;
  const yuan = value / 100n;
  const [jiao = 0, fen = 0] = (value % 100n).toString().padStart(2, '0').split('').map(digitValue);
  let text = yuan > 0n || value === 0n ? `${integer(yuan.toString(), script)}元` : '';
  if (jiao === 0 && fen === 0) text += '整';
  if (jiao > 0) text += `${digits.charAt(jiao)}角`;
  else if (fen > 0 && yuan > 0n) text += digits.charAt(0);
  if (fen > 0) text += `${digits.charAt(fen)}分`;
  return `${prefix}${minor < 0n ? minus : ''}${text}`;
}

/** Whole yuan: groups of four digits, 万 after every odd group, 亿 after every second one, which repeats beyond 10^16. */
function integer(text: string, script: Script): string {
  const { digits, tenThousand, hundredMillion } = SCRIPTS[script];
  if (text === '0') return digits.charAt(0);
  const padded = text.padStart(Math.ceil(text.length / 8) * 8, '0');
  let written = '';
  let gap = false;
  for (let position = 0; position < padded.length; position += 1) {
    const digit = digitValue(padded.charAt(position));
    const groupBefore = padded.slice(position - 4, position);
    // A zero that only ends a group is not spoken when the next one begins with a thousand (壹仟万壹仟); an empty group is.
    if (position % 4 === 0 && digit !== 0 && groupBefore !== '0000') gap = false;
    if (digit === 0) gap = written !== '';
    else {
      written += `${gap ? digits.charAt(0) : ''}${digits.charAt(digit)}${IN_SECTION[position % 4]}`;
      gap = false;
    }
    const after = padded.length - 1 - position;
    const section = padded.slice(position - 3, position + 1);
    if (after % 8 === 4 && section !== '0000') written += tenThousand;
    if (after % 8 === 0 && after > 0 && written !== '') written += hundredMillion;
  }
  return written;
}

function digitValue(digit: string): number {
  return digit.charCodeAt(0) - 48;
}
