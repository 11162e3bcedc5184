/** A rate (0.13) that people type as a percentage (13). */
import { type ReactElement, useState } from 'react';
import { DecimalField } from '../../ui/fields.tsx';
import { percentOfRate, rateOfPercent } from '../orders/editor/percent.ts';

type PercentFieldProps = { value?: string | undefined; onChange?: (value: string | undefined) => void; id?: string };

const PERCENT = /^\d{1,6}(\.\d{1,4})?$/;
const RATE = /^\d+(\.\d+)?$/;
const shown = (rate: string | undefined) => (rate === undefined ? '' : RATE.test(rate) ? percentOfRate(rate) : rate);

export function PercentField({ value, onChange, ...rest }: PercentFieldProps): ReactElement {
  const [state, setState] = useState({ known: value, text: shown(value) });
  if (state.known !== value) setState({ known: value, text: shown(value) });
  return (
    <DecimalField
      {...rest}
      suffix="%"
      value={state.text}
      onChange={(text) => {
        // What is no percentage goes on as typed, so that the server can say so.
        const rate = text === undefined ? undefined : PERCENT.test(text) ? rateOfPercent(text) : text;
        setState({ known: rate, text: text ?? '' });
        onChange?.(rate);
      }}
    />
  );
}
