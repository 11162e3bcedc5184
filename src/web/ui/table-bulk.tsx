/** One action on many rows, and what became of each. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.ts';
import { useTell } from './tell.tsx';

export type BulkAction<Row> = {
  key: string;
  label: string;
  danger?: boolean;
  /** Asked before it begins. */
  confirm?: string;
  /** Name of a row in the list of outcomes. */
  nameOf: (row: Row) => string;
  /** Does it for one row; throws ApiProblem. */
  run: (row: Row) => Promise<unknown>;
};

type BulkBarProps<Row> = {
  actions: readonly BulkAction<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onDone: () => void;
};

export function BulkBar<Row>({ actions, rows, rowKey, onDone }: BulkBarProps<Row>): ReactElement {
  const { t } = useTranslation();
  const { modal } = useTell();
  const [progress, setProgress] = useState<number | null>(null);
  const go = async (action: BulkAction<Row>) => {
    const outcomes: { key: string; name: string; failure: string | null }[] = [];
    setProgress(0);
    for (const row of rows) {
      const failure = await action.run(row).then(
        () => null,
        (error: unknown) =>
          isProblem(error) ? [error.title, error.detail].filter((text) => text !== '').join(' ') : String(error),
      );
      outcomes.push({ key: rowKey(row), name: action.nameOf(row), failure });
      setProgress(outcomes.length);
    }
    setProgress(null);
    const failed = outcomes.filter(({ failure }) => failure !== null);
    void modal[failed.length === 0 ? 'success' : 'warning']({
      title: t('common.bulkDone', { done: outcomes.length - failed.length, failed: failed.length }),
      width: 560,
      okText: t('common.close'),
      content: (
        <ul className="qc-plain qc-stack" style={{ gap: 6, maxHeight: '50vh', overflow: 'auto' }}>
          {outcomes.map(({ key, name, failure }) => (
            <li key={key}>
              <strong>{name}</strong> {failure ?? t('common.done')}
            </li>
          ))}
        </ul>
      ),
    });
    onDone();
  };
  const ask = (action: BulkAction<Row>) => {
    if (action.confirm === undefined) return void go(action);
    void modal.confirm({
      title: action.label,
      content: action.confirm,
      okText: action.label,
      cancelText: t('common.cancel'),
      okButtonProps: { danger: action.danger === true },
      onOk: () => void go(action),
    });
  };
  return (
    <section className="qc-bulk" aria-label={t('common.selection')}>
      <span className="qc-grow" aria-live="polite">
        {progress === null
          ? t('common.selected', { count: rows.length })
          : t('common.progress', { done: progress, count: rows.length })}
      </span>
      {actions.map((action) => (
        <Button
          key={action.key}
          danger={action.danger === true}
          disabled={progress !== null}
          onClick={() => ask(action)}
        >
          {action.label}
        </Button>
      ))}
      <Button type="text" onClick={onDone} disabled={progress !== null}>
        {t('common.unselect')}
      </Button>
    </section>
  );
}
