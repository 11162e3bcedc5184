/** One of the company's lists: entries are added, changed and retired from here. */
import { Button, Tag } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../session.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { type PlainColumn, PlainTable } from '../../ui/plain-table.tsx';

type Entry = { id: string; isActive: boolean };
type CompanyListProps<Row extends Entry> = {
  title: string;
  hint?: string;
  addText: string;
  query: Parameters<typeof Loaded<{ items: readonly Row[] }>>[0]['query'];
  /** The first column says, too, that an entry is not in use. */
  columns: readonly [PlainColumn<Row>, ...PlainColumn<Row>[]];
  /** The form of an entry, or of a new one. */
  form: (entry: Row | null, onClose: () => void) => ReactNode;
};

export function CompanyList<Row extends Entry>(props: CompanyListProps<Row>): ReactElement {
  const { title, hint, addText, query, columns, form } = props;
  const { t } = useTranslation();
  const may = useCan()('company.manage');
  const [open, setOpen] = useState<{ entry: Row | null } | null>(null);
  const [first, ...rest] = columns;
  const shown: PlainColumn<Row>[] = [
    {
      ...first,
      render: (entry) => (
        <>
          {first.render(entry)} {!entry.isActive && <Tag>{t('admin.notInUse')}</Tag>}
        </>
      ),
    },
    ...rest,
  ];
  if (may) {
    shown.push({
      key: 'edit',
      title: t('common.actions'),
      render: (entry) => (
        <Button size="small" onClick={() => setOpen({ entry })}>
          {t('admin.change')}
        </Button>
      ),
    });
  }
  return (
    <Section title={title} extra={may && <Button onClick={() => setOpen({ entry: null })}>{addText}</Button>}>
      {hint !== undefined && <p className="qc-muted">{hint}</p>}
      <Loaded query={query}>
        {({ items }) => <PlainTable rows={items} rowKey={({ id }) => id} columns={shown} />}
      </Loaded>
      {open !== null && form(open.entry, () => setOpen(null))}
    </Section>
  );
}
