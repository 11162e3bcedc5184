/** The product of a line of a picking list or shipment, behind the number of the line. */
import type { ReactElement, ReactNode } from 'react';
import type { Answer } from '../../api/client.ts';
import { LineName } from '../../ui/line-name.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { useNames } from '../orders/names.ts';

type Line = Pick<(Answer<'pickingGet'> | Answer<'shipmentGet'>)['lines'][number], 'lineNo' | 'product'>;

export function LineProduct({ line, children }: { line: Line; children?: ReactNode }): ReactElement {
  const names = useNames();
  return (
    <LineName no={line.lineNo}>
      <PathLink to={`/products/${line.product.id}`}>{names.product(line.product)}</PathLink>
      <div className="qc-muted">
        <span className="qc-num">{line.product.sku}</span> {line.product.spec}
      </div>
      {children}
    </LineName>
  );
}
