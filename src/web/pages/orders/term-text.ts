/** Payment terms in words. */
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';

export type PaymentTerm = Answer<'orderGet'>['paymentTerm'];

/** `{ kind: 'deposit_balance', depositRate: '0.3', days: 30 }` → "30% deposit, balance after 30 days" */
export function useTermText(): (term: PaymentTerm) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (term) =>
    t(`states.term.${term.kind}`, {
      days: term.days ?? 0,
      rate: format.rate(term.depositRate ?? '0'),
      parts: term.parts ?? 2,
    });
}

const KINDS = ['prepaid', 'deposit_balance', 'net_days', 'month_end_days', 'instalments'] as const;

/** A term as discrepancies hold it (`deposit_balance days=30 depositRate=0.3`); null when it is none. */
export function parseTerm(text: string): PaymentTerm | null {
  const [first, ...rest] = text.split(' ');
  const kind = KINDS.find((known) => known === first);
  if (kind === undefined) return null;
  const values = new Map(rest.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const days = values.get('days');
  const parts = values.get('parts');
  const depositRate = values.get('depositRate');
  return {
    kind,
    ...(days === undefined ? {} : { days: Number.parseInt(days, 10) }),
    ...(parts === undefined ? {} : { parts: Number.parseInt(parts, 10) }),
    ...(depositRate === undefined ? {} : { depositRate }),
  };
}
