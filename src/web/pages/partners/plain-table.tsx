/** A short table that comes whole with its document. */
import type { ReactElement, ReactNode } from 'react';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';

export type PlainColumn<Row> = {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  align?: 'right';
};

export function PlainTable<Row extends object>({
  rows,
  rowKey,
  columns,
  empty,
}: {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly PlainColumn<Row>[];
  empty?: string;
}): ReactElement {
  return (
    <DataTable<Row>
      rowKey={rowKey}
      rows={rows}
      columns={columns}
      empty={<Empty {...(empty === undefined ? {} : { text: empty })} />}
    />
  );
}
