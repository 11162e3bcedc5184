/** What stands on a line of a document, behind its number. */
import type { ReactElement, ReactNode } from 'react';

export const LineName = ({ no, children }: { no: number; children: ReactNode }): ReactElement => (
  <div className="qc-line-name">
    <span className="qc-num qc-muted">{no}</span>
    <div>{children}</div>
  </div>
);
