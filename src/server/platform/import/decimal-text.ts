/**
 * Numbers of a workbook as the decimal text that its author sees. Workbooks hold binary fractions with up to 17 digits, of which 15 are the
 * author's: the noise behind them is rounded away, as text, never by floats.
 */

const DIGITS = 15;
const NOISY_FROM = 17;
const FORM = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;

/** `1.1499999999999999` is 1.15, `1E-2` is 0.01. Null for what is no number. */
export function decimalText(raw: string): string | null {
  const match = FORM.exec(raw.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  let digits = (whole + fraction).replace(/^0+/, '');
  // The value is 0.digits × 10^scale.
  let scale = whole.length + Number.parseInt(exponent, 10) - (whole.length + fraction.length - digits.length);
  if (digits === '') return '0';
  if (digits.length >= NOISY_FROM) {
    const rounded = (BigInt(digits.slice(0, DIGITS)) + (digits.charCodeAt(DIGITS) >= 53 ? 1n : 0n)).toString();
    if (rounded.length > DIGITS) scale += 1;
    digits = rounded;
  }
  digits = digits.replace(/0+$/, '');
  const text =
    scale <= 0
      ? `0.${'0'.repeat(-scale)}${digits}`
      : digits.length <= scale
        ? digits + '0'.repeat(scale - digits.length)
        : `${digits.slice(0, scale)}.${digits.slice(scale)}`;
  return sign === '-' ? `-${text}` : text;
}

/** Whether the number has more digits than a workbook keeps: what stands behind them is lost. */
export const hasLostDigits = (text: string): boolean => text.replace(/^-?0*\.?0*/, '').replace('.', '').length >= 16;
