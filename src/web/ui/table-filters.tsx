/** Filters of a list. Their values stand in the address. */
import { CalendarOutlined, FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from './clearable.tsx';
import { asList, asOne, type ListSearch } from '../lib/search-params.ts';
import type { DayRangeProps } from './day-range.tsx';
import { useIsPhone } from '../lib/use-media.ts';
import { type Choice, RemoteSelect } from './remote-select.tsx';

export type Filter = {
  key: string;
  label: string;
  kind: 'select' | 'many' | 'dates' | 'remote';
  options?: readonly { value: string; label: string }[];
  /** For `dates`: the two names of the query, from and to. */
  keys?: readonly [from: string, to: string];
  /** For `remote`. */
  lookup?: (text: string, signal: AbortSignal) => Promise<Choice[]>;
  /** For `remote`: the name of a value that stands in the address. */
  nameOf?: (value: string, signal: AbortSignal) => Promise<Choice | null>;
  width?: number;
};

type FiltersProps = {
  filters: readonly Filter[];
  search: string | boolean;
  values: ListSearch;
  onChange: (next: ListSearch, replace?: boolean) => void;
};

/** More filters than these would fill the window of a telephone before the first row: there they stand behind a button. */
const FEW = 3;

export function Filters({ filters, search, values, onChange }: FiltersProps): ReactElement {
  const { t } = useTranslation();
  const names = ['q', ...filters.flatMap(({ key, keys }) => keys ?? [key])];
  const active = names.some((name) => asOne(values[name]) !== undefined);
  const set = filters.filter(({ key, keys }) =>
    (keys ?? [key]).some((name) => asOne(values[name]) !== undefined),
  ).length;
  const phone = useIsPhone();
  const [opened, setOpened] = useState(false);
  const folded = phone && filters.length > FEW;
  return (
    <>
      {search !== false && (
        <SearchField
          label={typeof search === 'string' ? search : t('common.search')}
          value={asOne(values['q']) ?? ''}
          onChange={(q) => onChange({ q: q === '' ? undefined : q }, true)}
        />
      )}
      {folded && (
        <Button icon={<FilterOutlined />} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {set === 0 ? t('common.filters') : t('common.filtersActive', { count: set })}
        </Button>
      )}
      {(folded && !opened ? [] : filters).map((filter) => (
        <OneFilter key={filter.key} filter={filter} values={values} onChange={onChange} />
      ))}
      {active && (
        <Button type="link" onClick={() => onChange(Object.fromEntries(names.map((name) => [name, undefined])))}>
          {t('common.clearFilters')}
        </Button>
      )}
    </>
  );
}

/** Asks when somebody pauses, not with every key. A value from outside (a saved view) replaces what stands there; one's own does not come back late. */
function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const [state, setState] = useState({ known: value, text: value });
  if (state.known !== value) setState({ known: value, text: state.text.trim() === value ? state.text : value });
  const { text } = state;
  const setText = (next: string) => setState({ known: value, text: next });
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = window.setTimeout(() => onChange(text.trim()), 300);
    return () => window.clearTimeout(timer);
  });
  return (
    <Input.Search
      allowClear
      aria-label={label}
      // The button shows an icon only: its name is the icon's.
      searchIcon={<SearchOutlined aria-label={t('common.search')} />}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={(entered) => onChange(entered.trim())}
    />
  );
}

function OneFilter({
  filter,
  values,
  onChange,
}: {
  filter: Filter;
  values: ListSearch;
  onChange: FiltersProps['onChange'];
}): ReactElement {
  const clearable = useClearable();
  const { key, label, kind, options = [], width = 160 } = filter;
  const [from, to] = filter.keys ?? [key, key];
  switch (kind) {
    case 'select':
      return (
        <Select
          allowClear={clearable}
          aria-label={label}
          placeholder={label}
          style={{ width }}
          value={asOne(values[key]) ?? null}
          options={[...options]}
          onChange={(value: string | null | undefined) => onChange({ [key]: value ?? undefined })}
        />
      );
    case 'many':
      return (
        <Select
          mode="multiple"
          allowClear={clearable}
          maxTagCount="responsive"
          aria-label={label}
          placeholder={label}
          style={{ width: width + 40 }}
          value={asList(values[key])}
          options={[...options]}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(next: string[]) => onChange({ [key]: next.length === 0 ? undefined : next })}
        />
      );
    case 'dates':
      return (
        <Days
          label={label}
          from={asOne(values[from])}
          to={asOne(values[to])}
          onChange={(first, last) => onChange({ [from]: first, [to]: last })}
        />
      );
    case 'remote':
      return (
        <span style={{ width: width + 40 }}>
          <RemoteSelect
            aria-label={label}
            placeholder={label}
            value={asOne(values[key])}
            search={filter.lookup ?? (async () => [])}
            nameOf={filter.nameOf}
            onChange={(value) => onChange({ [key]: value })}
          />
        </span>
      );
  }
}

const DayRange = lazy(() => import('./day-range.tsx'));

/** The calendar comes when the field is entered, or when the address already names days. */
function Days(props: Omit<DayRangeProps, 'fresh'>): ReactElement {
  const [entered, setEntered] = useState(false);
  const { label, from, to } = props;
  const closed = (
    <Input
      readOnly
      aria-label={label}
      placeholder={label}
      suffix={<CalendarOutlined />}
      style={{ width: 260 }}
      onFocus={() => setEntered(true)}
    />
  );
  return entered || from !== undefined || to !== undefined ? (
    <Suspense fallback={closed}>
      <DayRange {...props} fresh={entered} />
    </Suspense>
  ) : (
    closed
  );
}
