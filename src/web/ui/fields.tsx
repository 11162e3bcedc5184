/** Fields whose values are plain text, so that drafts can keep them: dates, quantities, amounts, things looked up on the server. */
import { DatePicker, Input } from 'antd';
import dayjs from '../lib/dayjs.ts';
import type { ReactElement } from 'react';
import { parseDate, parseDecimal } from './line-editor-model.ts';
import type { FieldProps } from './remote-select.tsx';
import { useUnitName } from './unit-names.tsx';

export { type Choice, RemoteSelect, type RemoteSelectProps } from './remote-select.tsx';

/** A date as `YYYY-MM-DD`. */
export function DateField({ value, onChange, min, ...rest }: FieldProps & { min?: string }): ReactElement {
  const day = value === undefined || value === '' ? null : dayjs(value);
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%' }}
      value={day?.isValid() === true ? day : null}
      onChange={(next: dayjs.Dayjs | null) => onChange?.(next === null ? undefined : next.format('YYYY-MM-DD'))}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      format={{ format: 'YYYY-MM-DD' }}
      onBlur={(event) => {
        const typed = event.target instanceof HTMLInputElement ? parseDate(event.target.value) : null;
        if (typed !== null && typed !== value) onChange?.(typed);
      }}
    />
  );
}

/** Decimal text: what is typed stays as typed; thousands separators and full-width digits are understood when the field is left. */
export function DecimalField({
  value,
  onChange,
  suffix,
  prefix,
  ...rest
}: FieldProps & { suffix?: string; prefix?: string }): ReactElement {
  const unitName = useUnitName();
  return (
    <Input
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value === '' ? undefined : event.target.value)}
      onBlur={(event) => {
        const parsed = parseDecimal(event.target.value);
        if (parsed !== null && parsed !== value) onChange?.(parsed);
      }}
      {...(suffix === undefined ? {} : { suffix: unitName(suffix) })}
      {...(prefix === undefined ? {} : { prefix })}
    />
  );
}
