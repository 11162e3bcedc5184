/** One of a partner's delivery addresses: chosen by its name, with the whole place below, however long it is. */
import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useClearable } from './clearable.tsx';

export type AddressChoice = {
  id: string;
  label: string;
  regionText?: string | null;
  detail: string;
  receiver?: string | null;
};

type Props = {
  id: string;
  addresses: readonly AddressChoice[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** A choice beside the addresses. */
  other?: { value: string; label: string };
  allowClear?: boolean;
  loading?: boolean;
  placeholder?: string;
};

const placeOf = ({ regionText, detail, receiver }: AddressChoice): string =>
  [regionText, detail, receiver].filter(Boolean).join(' ');

export function AddressField({
  id,
  addresses,
  value,
  onChange,
  other,
  allowClear = false,
  ...rest
}: Props): ReactElement {
  const clearable = useClearable();
  const chosen = addresses.find((address) => address.id === value);
  const place = `${id}-place`;
  // Until the addresses are here, there is nothing to call it by.
  const known = chosen !== undefined || (other !== undefined && value === other.value);
  return (
    <>
      <Select
        {...rest}
        allowClear={allowClear && clearable}
        id={id}
        aria-describedby={chosen === undefined ? undefined : place}
        disabled={addresses.length === 0 && other === undefined}
        value={known ? value : null}
        options={[
          ...addresses.map((address) => ({ value: address.id, label: address.label, place: placeOf(address) })),
          ...(other === undefined ? [] : [{ ...other, place: '' }]),
        ]}
        optionRender={({ data }) => (
          <span className="qc-wrap">
            {data.label}
            {data.place !== '' && <span className="qc-block qc-muted">{data.place}</span>}
          </span>
        )}
        onChange={(next: string | null | undefined) => onChange(next ?? null)}
        style={{ width: '100%' }}
      />
      {chosen !== undefined && (
        <div id={place} className="qc-muted qc-wrap">
          {placeOf(chosen)}
        </div>
      )}
    </>
  );
}
