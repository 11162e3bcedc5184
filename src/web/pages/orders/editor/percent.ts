/** Rates as people read them. The point is moved; no float ever holds the number. */

/** Percent as people type it → rate as text: "30" → "0.3". Moves the point, computes nothing in floats. */
export function rateOfPercent(percent: string): string {
  const [whole = '0', fraction = ''] = percent.split('.');
  const digits = whole.padStart(3, '0') + fraction;
  const at = digits.length - fraction.length - 2;
  const text = `${digits.slice(0, at).replace(/^0+(?=\d)/, '')}.${digits.slice(at)}`.replace(/\.?0+$/, '');
  return text === '' ? '0' : text;
}

/** "0.3" → "30" */
export function percentOfRate(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const digits = `${whole}${fraction.padEnd(2, '0')}`;
  const at = whole.length + 2;
  const text = `${digits.slice(0, at).replace(/^0+(?=\d)/, '')}.${digits.slice(at)}`;
  return text.replace(/\.?0*$/, (tail) => (tail.startsWith('.') ? '' : tail));
}
