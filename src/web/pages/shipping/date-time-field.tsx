/** Date and time as an instant; shown and typed in the company's zone. */
import { DatePicker } from 'antd';
import dayjs from '../../lib/dayjs.ts';
import type { ReactElement } from 'react';
import { instantOf, useCompanyZone, wallOf } from './company-time.ts';

const FORMAT = 'YYYY-MM-DD HH:mm';

export function DateTimeField({
  value,
  onChange,
  ...rest
}: {
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  id?: string;
  disabled?: boolean;
}): ReactElement {
  const zone = useCompanyZone();
  const wall = value === undefined || value === '' ? null : wallOf(new Date(value), zone);
  return (
    <DatePicker
      {...rest}
      showTime={{ format: 'HH:mm' }}
      format={FORMAT}
      style={{ width: '100%' }}
      needConfirm={false}
      value={wall === null ? null : dayjs(wall)}
      onChange={(next: dayjs.Dayjs | null) =>
        onChange?.(next === null ? undefined : instantOf(next.format(FORMAT), zone).toISOString())
      }
    />
  );
}
