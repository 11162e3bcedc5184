/** A short table that comes whole with its document. On a telephone, where it has more columns than fit, each row is an entry of a list. */
import { Fragment, isValidElement, type ReactElement, type ReactNode } from 'react';
import { useIsPhone } from '../lib/use-media.ts';
import { DataTable, type TableColumn } from './data-table.tsx';
import { Empty } from './empty.tsx';
import { Facts } from './page.tsx';

export type PlainColumn<Row> = Omit<TableColumn<Row>, 'sort'>;

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
          <Facts items={said(rest.map(({ title, render }) => [title, render(row)]))} />
        </li>
      ))}
      {name?.total !== undefined && (
        <li>
          <strong>{name.total}</strong>
          <Facts items={said(rest.map(({ title, total }) => [title, total]))} />
        </li>
      )}
    </ul>
  );
}

const said = (items: [title: string, value: ReactNode][]) => items.filter(([, value]) => !isBlank(value));

/** Whether it is plain to see that nothing is drawn. What a component draws only the style sheet knows. */
function isBlank(node: ReactNode): boolean {
  if (node === null || node === undefined || typeof node === 'boolean') return true;
  if (typeof node === 'string') return node.trim() === '';
  if (Array.isArray(node)) return node.every(isBlank);
  if (!isValidElement<{ children?: ReactNode }>(node)) return false;
  return (node.type === Fragment || node.type === 'div' || node.type === 'span') && isBlank(node.props.children);
}
