/** Rows under headings, sorted by the server. What is wider than its place moves in itself. */
import { type ReactElement, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Sideways } from './sideways.tsx';

export type TableColumn<Row> = {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  width?: number;
  align?: 'right' | 'center';
  /** Name under which the server sorts by it. */
  sort?: string;
  /** Of all rows, below them; that of the first column says what it is. */
  total?: ReactNode;
};

type Selection = { keys: readonly string[]; onChange: (keys: string[]) => void };

export type DataTableProps<Row> = {
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  empty: ReactNode;
  /** As the server takes it: `no`, `-no`. */
  sort?: string | undefined;
  onSort?: ((sort: string | undefined) => void) | undefined;
  selection?: Selection | undefined;
  /** Other rows are on their way. */
  busy?: boolean;
  /** Inside a document: as wide as its place, what is long is broken. */
  plain?: boolean;
};

export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { columns, rows, rowKey, empty, selection, busy = false, plain = false } = props;
  const drawn = useRows(props);
  return (
    <Sideways>
      <table className={plain ? 'qc-table is-plain' : 'qc-table'} aria-busy={busy}>
        <thead>
          <tr>
            {selection !== undefined && <SelectAll rows={rows.map(rowKey)} selection={selection} />}
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length + (selection === undefined ? 0 : 1)}>
                <div className="qc-table-empty">{empty}</div>
              </td>
            </tr>
          )}
          {drawn}
        </tbody>
        <Totals columns={columns} />
      </table>
    </Sideways>
  );
}

type HeadingProps<Row> = { column: TableColumn<Row> } & Pick<DataTableProps<Row>, 'sort' | 'onSort'>;

/** Pressed once it sorts, once more the other way round, a third time no longer. */
function Heading<Row>({ column, sort: by, onSort }: HeadingProps<Row>): ReactElement {
  const { title, sort: name, width, align } = column;
  const look = { ...(width === undefined ? {} : { width }), ...(align === undefined ? {} : { textAlign: align }) };
  if (name === undefined || onSort === undefined)
    return (
      <th scope="col" style={look}>
        {title}
      </th>
    );
  const order = by === name ? 'ascending' : by === `-${name}` ? 'descending' : 'none';
  const next = { none: name, ascending: `-${name}`, descending: undefined }[order];
  return (
    <th scope="col" style={look} aria-sort={order}>
      <button type="button" className="qc-sort" onClick={() => onSort(next)}>
        {title}
        <span aria-hidden>{{ none: '↕', ascending: '↑', descending: '↓' }[order]}</span>
      </button>
    </th>
  );
}

function SelectAll({ rows, selection }: { rows: readonly string[]; selection: Selection }): ReactElement {
  const { t } = useTranslation();
  const { keys, onChange } = selection;
  const some = keys.length > 0;
  const all = some && rows.every((key) => keys.includes(key));
  return (
    <th scope="col" className="qc-select">
      <input
        type="checkbox"
        aria-label={t('common.selectAll')}
        checked={all}
        ref={(box) => {
          if (box !== null) box.indeterminate = some && !all;
        }}
        onChange={() => onChange(all ? [] : [...rows])}
      />
    </th>
  );
}

function Totals<Row>({ columns: [first, ...rest] }: Pick<DataTableProps<Row>, 'columns'>): ReactElement | null {
  if (first?.total === undefined) return null;
  return (
    <tfoot>
      <tr>
        <th scope="row">{first.total}</th>
        {rest.map(({ key, align, total }) => (
          <td key={key} {...(align === undefined ? {} : { style: { textAlign: align } })}>
            {total}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

type RowsProps<Row> = Pick<DataTableProps<Row>, 'columns' | 'rows' | 'rowKey' | 'selection'>;

/** Rows that are the same are not drawn anew while others are on their way. */
function useRows<Row>({ columns, rows, rowKey, selection }: RowsProps<Row>): ReactElement[] {
  const { t } = useTranslation();
  return useMemo(
    () =>
      rows.map((row, index) => {
        const key = rowKey(row);
        return (
          <tr key={key} data-row-key={key}>
            {selection !== undefined && (
              <td className="qc-select">
                <input
                  type="checkbox"
                  aria-label={t('common.selectRow', { no: index + 1 })}
                  checked={selection.keys.includes(key)}
                  onChange={() => selection.onChange(toggled(selection.keys, key))}
                />
              </td>
            )}
            {columns.map((column) => (
              <td key={column.key} {...(column.align === undefined ? {} : { style: { textAlign: column.align } })}>
                {column.render(row)}
              </td>
            ))}
          </tr>
        );
      }),
    [columns, rows, rowKey, selection, t],
  );
}

const toggled = (keys: readonly string[], key: string): string[] =>
  keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key];
