/** Numbers and dates for people. Money and quantities stay decimal text all the way: no float ever holds them. */
import type { Locale } from './locale.ts';

const TAGS: Record<Locale, string> = { 'zh-Hant': 'zh-TW', 'zh-Hans': 'zh-CN', en: 'en-GB' };

type Decimal = `${number}`;
const isDecimal = (text: string): text is Decimal => /^-?\d+(\.\d+)?$/.test(text);

const cache = new Map<string, Intl.NumberFormat>();
function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  let format = cache.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(TAGS[locale], options);
    cache.set(key, format);
  }
  return format;
}

/** Digits after the point that the text itself has, trailing zeros dropped. */
const scaleOf = (text: string): number => (text.split('.')[1] ?? '').replace(/0+$/, '').length;

/** "1409.5" CNY → "¥1,409.50"; other currencies than the company's carry their code. Anything unreadable is shown as it came. */
export function formatMoney(locale: Locale, amount: string, currency: string, baseCurrency = 'CNY'): string {
  if (!isDecimal(amount)) return amount;
  const options: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    currencyDisplay: currency === baseCurrency ? 'narrowSymbol' : 'code',
  };
  return numberFormat(locale, options).format(amount);
}

/** A unit price keeps its own decimals, at least two. */
export function formatPrice(locale: Locale, price: string, currency: string, baseCurrency = 'CNY'): string {
  if (!isDecimal(price)) return price;
  const digits = Math.max(2, scaleOf(price));
  const options: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    currencyDisplay: currency === baseCurrency ? 'narrowSymbol' : 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  };
  return numberFormat(locale, options).format(price);
}

/** A quantity, with as many decimals as it has. */
export function formatQty(locale: Locale, qty: string): string {
  return isDecimal(qty) ? numberFormat(locale, { maximumFractionDigits: scaleOf(qty) }).format(qty) : qty;
}

/** A rate: "0.13" → "13%". */
export function formatRate(locale: Locale, rate: string): string {
  return isDecimal(rate) ? numberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(rate) : rate;
}

export const formatCount = (locale: Locale, count: number): string => numberFormat(locale, {}).format(count);

const dates = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: Locale, timeZone: string, withTime: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${withTime}`;
  let format = dates.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(TAGS[locale], {
      timeZone,
      year: 'numeric',
      month: locale === 'en' ? 'short' : '2-digit',
      day: '2-digit',
      ...(withTime ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
    });
    dates.set(key, format);
  }
  return format;
}

/** An instant in the company's zone: "2026/11/30 14:05". */
export function formatInstant(locale: Locale, instant: string, timeZone: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : dateFormat(locale, timeZone, true).format(at);
}

/** A calendar date. It has no zone: it is read and shown as UTC so that no zone moves it. */
export function formatDate(locale: Locale, date: string): string {
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? date : dateFormat(locale, 'UTC', false).format(at);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "in 3 hours", "2 days ago": how far an instant is from now. */
export function formatRelative(locale: Locale, instant: string, now: number): string {
  const distance = new Date(instant).getTime() - now;
  if (Number.isNaN(distance)) return instant;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(distance) >= step) ?? (['minute', 60_000] as const);
  // Less than a minute counts as one: "this minute" would not say on which side of the deadline it is.
  const amount = Math.trunc(distance / size) || (distance < 0 ? -1 : 1);
  return new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'always' }).format(amount, unit);
}
