/** From a day to a day, in a calendar. Loaded with its first use: the calendar is a tenth of what a list needs to begin with. */
import { DatePicker } from 'antd';
import dayjs from '../lib/dayjs.ts';
import type { ReactElement } from 'react';

export type DayRangeProps = {
  label: string;
  from: string | undefined;
  to: string | undefined;
  /** It was asked for just now: it has the focus and stands open. */
  fresh: boolean;
  onChange: (from: string | undefined, to: string | undefined) => void;
};

export default function DayRange({ label, from, to, fresh, onChange }: DayRangeProps): ReactElement {
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      autoFocus={fresh}
      defaultOpen={fresh}
      placeholder={[label, '…']}
      aria-label={label}
      value={[asDay(from), asDay(to)]}
      onChange={(range) => onChange(range?.[0]?.format('YYYY-MM-DD'), range?.[1]?.format('YYYY-MM-DD'))}
      style={{ width: 260 }}
    />
  );
}

const asDay = (text: string | undefined): dayjs.Dayjs | null => (text === undefined ? null : dayjs(text));
