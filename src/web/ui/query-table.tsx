/** A list of the server: filters, sorting and place stand in the address; columns and saved views on the device; nothing is filtered in the browser. */
import { useLocation, useRouter, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, type Args, fileUrl, type Item, type OperationId, type Query } from '../api/client.ts';
import { useApiQuery } from '../api/hooks.ts';
import { useFormat } from '../i18n/use-format.ts';
import { asOne, type ListSearch, stringifySearch } from '../lib/search-params.ts';
import { useIsPhone } from '../lib/use-media.ts';
import { DataTable, type TableColumn } from './data-table.tsx';
import { Empty } from './empty.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { type BulkAction, BulkBar } from './table-bulk.tsx';
import { ColumnChoice, useColumnChoice } from './table-columns.tsx';
import { type Filter, Filters } from './table-filters.tsx';
import { SavedViews } from './table-views.tsx';

/** Operations that answer with a page. */
export type ListId = {
  [I in OperationId]: Answer<I> extends { items: readonly unknown[]; nextCursor: string | null } ? I : never;
}[OperationId];

export type Column<Row> = TableColumn<Row> & {
  /** Cannot be switched off. */
  always?: boolean;
  hiddenAtFirst?: boolean;
};

export type QueryTableProps<I extends ListId> = {
  operation: I;
  /** Name under which column choice and saved views are kept. */
  id: string;
  rowKey: (row: Item<I>) => string;
  columns: readonly Column<Item<I>>[];
  filters?: readonly Filter[];
  /** Shows the search box; the text goes to the server as `q`. */
  search?: string | boolean;
  /** Part of every question, not shown as a filter: `{ partnerId }`. */
  fixed?: Partial<Query<I>>;
  bulk?: readonly BulkAction<Item<I>>[];
  /** Operation whose answer is the Excel file of exactly what is shown. */
  exportWith?: OperationId;
  /** Path parameters of the operation, if it has some. */
  params?: Record<string, string>;
  /** On a telephone, each row as a card. */
  card?: (row: Item<I>) => ReactNode;
  toolbar?: ReactNode;
  /** What stands where there is nothing yet: what to do first. A filter that leaves nothing says so by itself. */
  empty?: ReactNode;
};

const countWords = ({ totalIsExact, totalIsEstimate }: AnyPage) =>
  totalIsEstimate === true ? 'common.rowsAbout' : totalIsExact === false ? 'common.rowsAtLeast' : 'common.rowsTotal';

type AnyPage = {
  items: unknown[];
  nextCursor: string | null;
  total?: number | null;
  totalIsExact?: boolean;
  totalIsEstimate?: boolean;
};

/** The place in a list. It belongs to the address, so that a link opens the same rows. */
const PLACE = 'cursor';

export function QueryTable<I extends ListId>(props: QueryTableProps<I>): ReactElement {
  const { operation, id, rowKey, columns, filters = [], bulk = [], toolbar } = props;
  const { t } = useTranslation();
  const phone = useIsPhone();
  const search: ListSearch = useSearch({ strict: false });
  const router = useRouter();
  const pathname = useLocation({ select: (at) => at.pathname });
  const [selected, setSelected] = useState<readonly string[]>([]);
  const choice = useColumnChoice(id, columns);

  const known = new Set(['q', 'sort', PLACE, ...filters.flatMap((filter) => filter.keys ?? [filter.key])]);
  const asked = Object.fromEntries(Object.entries(search).filter(([name]) => known.has(name)));
  const query = { ...asked, ...props.fixed };
  const args = { query, ...(props.params === undefined ? {} : { params: props.params }) } as unknown as Args<I>;
  const answer = useApiQuery(operation, args, { keepPrevious: true });
  const page = answer.data as AnyPage | undefined;
  const items = page?.items;
  const rows = useMemo(() => (items ?? []) as Item<I>[], [items]);

  const change = (next: ListSearch, replace = false) => {
    setSelected([]);
    const address = pathname + stringifySearch({ ...search, [PLACE]: undefined, ...next });
    if (replace) router.history.replace(address);
    else router.history.push(address);
  };
  const sort = asOne(search['sort']);
  const selection = useMemo(
    () => (bulk.length === 0 ? undefined : { keys: selected, onChange: setSelected }),
    [bulk.length, selected],
  );
  const narrowed = Object.entries(asked).some(
    ([name, value]) => name !== 'sort' && name !== PLACE && value !== undefined,
  );
  const nothing = narrowed ? <Empty text={t('common.noRows')} /> : (props.empty ?? <Empty />);
  const pending = <span aria-hidden>…</span>;
  const empty = answer.isPending ? pending : nothing;
  const cards = phone && props.card !== undefined;
  return (
    <div>
      <div className="qc-table-tools">
        <Filters filters={filters} search={props.search ?? false} values={search} onChange={change} />
        <span className="qc-grow" />
        {toolbar}
        <SavedViews
          id={id}
          search={asked}
          onOpen={(view) => change(Object.fromEntries([...known].map((name) => [name, view[name]])))}
        />
        {!cards && <ColumnChoice choice={choice} columns={columns} />}
        {props.exportWith !== undefined && (
          <Button href={fileUrl(props.exportWith, { query: { ...query, [PLACE]: undefined } })} download>
            {t('common.exportExcel')}
          </Button>
        )}
      </div>
      <ProblemAlert problem={answer.error} onRetry={() => void answer.refetch()} />
      {cards ? (
        <Cards
          rows={rows}
          rowKey={rowKey}
          card={props.card}
          empty={empty}
          foot={
            <Foot
              page={page}
              rows={rows.length}
              place={asOne(search[PLACE])}
              onPlace={(cursor) => change({ [PLACE]: cursor })}
            />
          }
        />
      ) : (
        <div className="qc-table-wrap">
          {selected.length > 0 && (
            <BulkBar
              actions={bulk}
              rows={rows.filter((row) => selected.includes(rowKey(row)))}
              rowKey={rowKey}
              onDone={() => setSelected([])}
            />
          )}
          <DataTable<Item<I>>
            rowKey={rowKey}
            columns={choice.shown}
            rows={rows}
            busy={answer.isPlaceholderData}
            empty={empty}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            selection={selection}
          />
          <Foot
            page={page}
            rows={rows.length}
            place={asOne(search[PLACE])}
            onPlace={(cursor) => change({ [PLACE]: cursor })}
          />
        </div>
      )}
    </div>
  );
}

function Cards<Row>({
  rows,
  rowKey,
  card,
  empty,
  foot,
}: {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  card: ((row: Row) => ReactNode) | undefined;
  empty: ReactNode;
  foot: ReactNode;
}): ReactElement {
  return (
    <>
      {rows.length === 0 && empty}
      <ul className="qc-cards qc-plain">
        {rows.map((row) => (
          <li key={rowKey(row)}>{card?.(row)}</li>
        ))}
      </ul>
      {foot}
    </>
  );
}

/** How many there are, and the way to the next and the one before. Going back is the browser's own back: every page is an address. */
function Foot({
  page,
  rows,
  place,
  onPlace,
}: {
  page: AnyPage | undefined;
  rows: number;
  place: string | undefined;
  onPlace: (cursor: string | undefined) => void;
}): ReactElement | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (page === undefined) return null;
  const total = page.total ?? null;
  return (
    <div className="qc-table-foot">
      <span className="qc-muted qc-grow" aria-live="polite">
        {total === null
          ? t('common.rowsHere', { count: rows })
          : t(countWords(page), {
              total: format.count(total),
              count: rows,
            })}
      </span>
      {place !== undefined && <Button onClick={() => onPlace(undefined)}>{t('common.firstPage')}</Button>}
      {place !== undefined && <Button onClick={() => window.history.back()}>{t('common.previousPage')}</Button>}
      {page.nextCursor !== null && (
        <Button onClick={() => onPlace(page.nextCursor ?? undefined)}>{t('common.nextPage')}</Button>
      )}
    </div>
  );
}
