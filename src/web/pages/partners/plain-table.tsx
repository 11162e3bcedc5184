/** A short table that comes whole with its document. */
import { Table } from 'antd';
import type { ReactElement, ReactNode } from 'react';
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
    <Table<Row>
      size="small"
      rowKey={rowKey}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty {...(empty === undefined ? {} : { text: empty })} /> }}
      columns={columns.map(({ key, title, render, align }) => ({
        key,
        title,
        dataIndex: key,
        ...(align === undefined ? {} : { align }),
        render: (_: unknown, row: Row) => render(row),
      }))}
    />
  );
}
