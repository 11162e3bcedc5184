/** Links to the documents of finance. */
import type { ReactElement } from 'react';
import { PathLink } from '../../ui/path-link.tsx';

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
