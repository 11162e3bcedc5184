/** Formats in the reader's language, with the company's currency and time zone. */
import { useMemo } from 'react';
import { useMaybeSession } from '../session.tsx';
import {
  formatCount,
  formatDate,
  formatInstant,
  formatMoney,
  formatPrice,
  formatQty,
  formatRate,
  formatRelative,
} from './format.ts';
import { useLocaleState } from './index.ts';

const ZONE = 'Asia/Shanghai';

export type Format = {
  money(amount: string, currency?: string): string;
  price(price: string, currency?: string): string;
  qty(qty: string): string;
  rate(rate: string): string;
  count(count: number): string;
  date(date: string): string;
  instant(instant: string): string;
  relative(instant: string): string;
};

export function useFormat(): Format {
  const { locale } = useLocaleState();
  const company = useMaybeSession()?.company;
  const base = company?.currency ?? 'CNY';
  const zone = company?.timeZone ?? ZONE;
  return useMemo(
    () => ({
      money: (amount, currency = base) => formatMoney(locale, amount, currency, base),
      price: (price, currency = base) => formatPrice(locale, price, currency, base),
      qty: (qty) => formatQty(locale, qty),
      rate: (rate) => formatRate(locale, rate),
      count: (count) => formatCount(locale, count),
      date: (date) => formatDate(locale, date),
      instant: (instant) => formatInstant(locale, instant, zone),
      relative: (instant) => formatRelative(locale, instant, Date.now()),
    }),
    [locale, base, zone],
  );
}
