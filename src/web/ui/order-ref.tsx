/** An order as other documents name it: its number, and under it the partner's own reference, which is how partners know it. */
import type { ReactElement } from 'react';
import { PathLink } from './path-link.tsx';

type OrderRefProps = { order: { id: string; no: string; poNo: string | null }; portal?: boolean };

export function OrderRef({ order, portal = false }: OrderRefProps): ReactElement {
  return (
    <>
      <PathLink to={`${portal ? '/portal' : ''}/orders/${order.id}`} className="qc-num">
        {order.no}
      </PathLink>
      {order.poNo !== null && <div className="qc-muted qc-num">{order.poNo}</div>}
    </>
  );
}
