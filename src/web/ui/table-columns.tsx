/** Which columns somebody wants to see, kept on the device. */
import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './query-table.tsx';

export type ColumnChoiceState<Row> = {
  shown: readonly Column<Row>[];
  hidden: ReadonlySet<string>;
  toggle(key: string): void;
  reset(): void;
};

export function useColumnChoice<Row>(id: string, columns: readonly Column<Row>[]): ColumnChoiceState<Row> {
  const key = `qc.columns.${id}`;
  const atFirst = () => columns.filter(({ hiddenAtFirst }) => hiddenAtFirst === true).map((column) => column.key);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(stored(key) ?? atFirst()));
  const keep = (next: ReadonlySet<string>) => {
    setHidden(next);
    localStorage.setItem(key, JSON.stringify([...next]));
  };
  const shown = useMemo(
    () => columns.filter((column) => column.always === true || !hidden.has(column.key)),
    [columns, hidden],
  );
  return {
    hidden,
    shown,
    toggle: (name) =>
      keep(new Set(hidden.has(name) ? [...hidden].filter((other) => other !== name) : [...hidden, name])),
    reset: () => {
      localStorage.removeItem(key);
      setHidden(new Set(atFirst()));
    },
  };
}

function stored(key: string): string[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(value) ? value.map(String) : null;
  } catch {
    return null;
  }
}

export function ColumnChoice<Row>({
  choice,
  columns,
}: {
  choice: ColumnChoiceState<Row>;
  columns: readonly Column<Row>[];
}): ReactElement {
  const { t } = useTranslation();
  const content = (
    <div className="qc-stack" style={{ gap: 6 }}>
      {columns.map((column) => (
        <Checkbox
          key={column.key}
          checked={column.always === true || !choice.hidden.has(column.key)}
          disabled={column.always === true}
          onChange={() => choice.toggle(column.key)}
        >
          {column.title}
        </Checkbox>
      ))}
      <Button size="small" onClick={choice.reset}>
        {t('common.resetColumns')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button icon={<SettingOutlined />}>{t('common.columns')}</Button>
    </Popover>
  );
}
