/** Money, quantities, dates and deadlines in the reader's language. */
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useUnitName } from './unit-names.tsx';
import { Hint } from './hint.tsx';

const NONE = <span className="qc-muted">–</span>;

/** `<Money value={order.grossAmount} currency={order.currency} />`; without a currency, the company's. */
export function Money({
  value,
  currency,
}: {
  value: string | null | undefined;
  currency?: string | undefined;
}): ReactElement {
  const format = useFormat();
  return value === null || value === undefined ? NONE : <span className="qc-num">{format.money(value, currency)}</span>;
}

export function Price({
  value,
  currency,
}: {
  value: string | null | undefined;
  currency?: string | undefined;
}): ReactElement {
  const format = useFormat();
  return value === null || value === undefined ? NONE : <span className="qc-num">{format.price(value, currency)}</span>;
}

export function Qty({
  value,
  unit,
}: {
  value: string | null | undefined;
  unit?: string | null | undefined;
}): ReactElement {
  const format = useFormat();
  const unitName = useUnitName();
  if (value === null || value === undefined) return NONE;
  return (
    <span className="qc-num">
      {format.qty(value)}
      {unit !== null && unit !== undefined && <span className="qc-muted"> {unitName(unit)}</span>}
    </span>
  );
}

export function Rate({ value }: { value: string | null | undefined }): ReactElement {
  const format = useFormat();
  return value === null || value === undefined ? NONE : <span className="qc-num">{format.rate(value)}</span>;
}

/** A calendar date. */
export function BizDate({ value }: { value: string | null | undefined }): ReactElement {
  const format = useFormat();
  return value === null || value === undefined ? (
    NONE
  ) : (
    <time className="qc-num" dateTime={value}>
      {format.date(value)}
    </time>
  );
}

/** An instant, in the company's time zone. */
export function DateTime({ value }: { value: string | null | undefined }): ReactElement {
  const format = useFormat();
  return value === null || value === undefined ? (
    NONE
  ) : (
    <time className="qc-num" dateTime={value}>
      {format.instant(value)}
    </time>
  );
}

/** The time, once a minute, so that deadlines move by themselves. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 60_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

/** A deadline: how far away, red when it is past; the exact time on asking. `done`: it was met, so only the time is told. */
export function Deadline({
  value,
  provisional = false,
  done = false,
}: {
  value: string | null | undefined;
  provisional?: boolean;
  done?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (value === null || value === undefined) return NONE;
  if (done) return <DateTime value={value} />;
  const late = new Date(value).getTime() < now;
  const exact = provisional ? `${format.instant(value)} · ${t('common.provisional')}` : format.instant(value);
  return (
    <Hint title={exact}>
      <time dateTime={value} className={late ? 'qc-num qc-overdue' : 'qc-num'}>
        {late ? t('common.overdueSince', { time: format.relative(value) }) : format.relative(value)}
        {provisional && ' *'}
        <span className="qc-visually-hidden"> {exact}</span>
      </time>
    </Hint>
  );
}
