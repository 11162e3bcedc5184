/** Links to the documents of finance, and amounts of tables in which most are nothing. */
import type { ReactElement } from 'react';
import { parseDecimal } from '../../ui/line-editor-model.ts';
import { PathLink } from '../../ui/path-link.tsx';
import { Money } from '../../ui/values.tsx';

type Numbered = { id: string; no: string };
const to = (base: string) =>
  function DocumentLink({ id, no }: Numbered): ReactElement {
    return (
      <PathLink to={`/${base}/${encodeURIComponent(id)}`} className="qc-num">
        {no}
      </PathLink>
    );
  };

export const PaymentLink = to('payments');
export const InvoiceLink = to('invoices');
export const OrderLink = to('orders');

/** An amount; nothing is a dash, so that the others stand out. */
export const SomeMoney = ({ value, currency }: { value: string; currency: string }): ReactElement => (
  <Money value={parseDecimal(value) === '0' ? null : value} currency={currency} />
);
