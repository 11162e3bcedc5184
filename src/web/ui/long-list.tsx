/** Long lists of a document show their beginning; a word finds any row, and a button shows them all. What is not on the screen costs nothing. */
import { Button, Input } from 'antd';
import { type ReactElement, type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A list longer than this begins with so many rows. */
const LONG = 100;
const AT_FIRST = 30;

type LongList<Row> = {
  shown: readonly Row[];
  /** Where to look for a row; null for a list that is short. */
  find: ReactNode;
  /** How many there are, and the way to all of them. */
  rest: ReactNode;
};

/** `const { shown, find, rest } = useLongList(order.lines, ({ sku, name }) => `${sku} ${name}`)` */
export function useLongList<Row>(rows: readonly Row[], wordsOf: (row: Row) => string): LongList<Row> {
  const [all, setAll] = useState(false);
  const [typed, setTyped] = useState('');
  const word = useDeferredValue(typed.trim().toLowerCase());
  if (rows.length <= LONG) return { shown: rows, find: null, rest: null };
  const found = word === '' ? rows : rows.filter((row) => wordsOf(row).toLowerCase().includes(word));
  const shown = all ? found : found.slice(0, AT_FIRST);
  return {
    shown,
    find: <Find typed={typed} onType={setTyped} />,
    rest: <Rest shown={shown.length} found={found.length} total={rows.length} onAll={() => setAll(true)} />,
  };
}

function Find({ typed, onType }: { typed: string; onType: (text: string) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Input
      type="search"
      allowClear
      style={{ maxWidth: 240 }}
      aria-label={t('common.longList.find')}
      placeholder={t('common.longList.find')}
      value={typed}
      onChange={(event) => onType(event.target.value)}
    />
  );
}

type RestProps = { shown: number; found: number; total: number; onAll: () => void };

function Rest({ shown, found, total, onAll }: RestProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="qc-row" style={{ padding: '8px 0' }}>
      <span className="qc-muted" aria-live="polite">
        {found === 0 ? t('common.nothingFound') : t('common.longList.shown', { shown, total })}
      </span>
      {shown < found && <Button onClick={onAll}>{t('common.longList.all', { count: found })}</Button>}
    </div>
  );
}
