/** What became of the rows of a file: those with errors first, each with the reason. */
import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SHOWN_IMPORT_ROWS } from '../../../contract/imports.ts';
import { fileUrl } from '../../api/client.ts';
import { Section } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import type { ImportResult } from './imports.tsx';

type Row = ImportResult['rows'][number];

const DOES_COLOURS = { add: { color: 'success' }, change: { color: 'processing' }, nothing: {} } as const;

export function ImportRows({ result }: { result: ImportResult }): ReactElement {
  const { t } = useTranslation();
  const { rowCount, okCount, errorCount, replayedCount, changedCount } = result;
  const counts = t('admin.importCounts', { rows: rowCount, ok: okCount, bad: errorCount });
  const outcome =
    result.mode === 'check'
      ? errorCount === 0
        ? t('admin.checkedGood')
        : t('admin.checkedBad')
      : result.committed
        ? t('admin.importedDone')
        : t('admin.importedNothing');
  const state = (row: Row) => {
    if (!row.ok) return <Tag color="error">{t('admin.rowBad')}</Tag>;
    const does = row.does ?? 'add';
    return <Tag {...DOES_COLOURS[does]}>{t(`states.importDoes.${does}`)}</Tag>;
  };
  const changesColumn = {
    key: 'changes',
    title: t('admin.rowChanges'),
    render: ({ changes }: Row) => (
      <ul className="qc-plain" style={{ whiteSpace: 'normal' }}>
        {changes.map(({ column, title, before, after }) => (
          <li key={column}>
            {t('common.labelled', { label: title })}
            <del className="qc-muted">{before ?? t('admin.noValue')}</del> → <ins>{after ?? t('admin.noValue')}</ins>
          </li>
        ))}
      </ul>
    ),
  };
  const more = [
    ...(changedCount === 0 ? [] : [t('admin.changedRows', { count: changedCount })]),
    ...(replayedCount === 0 ? [] : [t('admin.replayedRows', { count: replayedCount })]),
  ];
  return (
    <Section
      title={t('admin.importResult')}
      extra={
        <Button
          icon={<DownloadOutlined />}
          href={fileUrl('importResultFile', { params: { importId: result.id } })}
          download
        >
          {t('admin.resultFile')}
        </Button>
      }
    >
      <Alert
        type={errorCount === 0 ? 'success' : 'warning'}
        showIcon
        role="status"
        style={{ marginBottom: 12 }}
        title={outcome}
        description={[counts, ...more].join(' ')}
      />
      <div style={{ maxHeight: 480, overflow: 'auto' }}>
        <PlainTable
          rows={result.rows}
          rowKey={({ row }) => String(row)}
          columns={[
            { key: 'row', title: t('admin.rowNo'), align: 'right', render: ({ row }) => row },
            { key: 'state', title: t('admin.state'), render: state },
            ...(result.rows.some(({ changes }) => changes.length > 0) ? [changesColumn] : []),
            {
              key: 'errors',
              title: t('admin.reasons'),
              render: ({ errors }) => (
                <ul className="qc-plain" style={{ whiteSpace: 'normal', maxWidth: 'min(560px, 46vw)' }}>
                  {errors.map(({ column, columnTitle, cell, code, title, detail }) => (
                    <li key={`${cell ?? ''} ${column ?? ''} ${code}`}>
                      {cell !== null && <code>{cell}</code>}{' '}
                      {columnTitle !== null && <strong>{t('common.labelled', { label: columnTitle })}</strong>}
                      {title} <span className="qc-muted">{detail}</span>
                    </li>
                  ))}
                </ul>
              ),
            },
            { key: 'no', title: t('admin.documentNo'), render: ({ no }) => <span className="qc-num">{no}</span> },
          ]}
        />
      </div>
      {rowCount > SHOWN_IMPORT_ROWS && <p className="qc-muted">{t('admin.moreRows', { count: SHOWN_IMPORT_ROWS })}</p>}
    </Section>
  );
}
