/** A short table that comes whole with its document. On a telephone, where it has more columns than fit, each row is an entry of a list. */
import type { ReactElement, ReactNode } from 'react';
import { useIsPhone } from '../lib/use-media.ts';
import { DataTable } from './data-table.tsx';
import { Empty } from './empty.tsx';
import { Facts } from './page.tsx';

export type PlainColumn<Row> = {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  align?: 'right';
};

type PlainTableProps<Row> = {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What the first one says names the row. */
  columns: readonly PlainColumn<Row>[];
  empty?: string;
};

/** As many columns fit on a telephone. */
const FIT = 3;

export function PlainTable<Row extends object>(props: PlainTableProps<Row>): ReactElement {
  const { rows, rowKey, columns, empty } = props;
  const phone = useIsPhone();
  if (phone && columns.length > FIT && rows.length > 0) return <Entries {...props} />;
  return (
    <DataTable<Row>
      plain
      rowKey={rowKey}
      rows={rows}
      columns={columns}
      empty={<Empty {...(empty === undefined ? {} : { text: empty })} />}
    />
  );
}

function Entries<Row>({ rows, rowKey, columns }: PlainTableProps<Row>): ReactElement {
  const [name, ...rest] = columns;
  return (
    <ul className="qc-entries">
      {rows.map((row) => (
        <li key={rowKey(row)} data-row-key={rowKey(row)}>
          <strong>{name?.render(row)}</strong>
          <Facts items={rest.map(({ title, render }) => [title, render(row)])} />
        </li>
      ))}
    </ul>
  );
}
