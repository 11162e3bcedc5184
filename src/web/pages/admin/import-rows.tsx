/** What became of the rows of a file: those with errors first, each with the reason. */
import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SHOWN_IMPORT_ROWS } from '../../../contract/imports.ts';
import { fileUrl } from '../../api/client.ts';
import { Section } from '../../ui/page.tsx';
import { PlainTable } from '../partners/plain-table.tsx';
import type { ImportResult } from './imports.tsx';

type Row = ImportResult['rows'][number];

export function ImportRows({ result }: { result: ImportResult }): ReactElement {
  const { t } = useTranslation();
  const { rowCount, okCount, errorCount, replayedCount } = result;
  const counts = t('admin.importCounts', { rows: rowCount, ok: okCount, bad: errorCount });
  const outcome =
    result.mode === 'check'
      ? errorCount === 0
        ? t('admin.checkedGood')
        : t('admin.checkedBad')
      : result.committed
        ? t('admin.importedDone')
        : t('admin.importedNothing');
  const state = (row: Row) =>
    row.ok ? (
      <>
        <Tag color="success">{t('admin.rowOk')}</Tag> {row.replayed === true && <Tag>{t('admin.rowBefore')}</Tag>}
      </>
    ) : (
      <Tag color="error">{t('admin.rowBad')}</Tag>
    );
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
        description={replayedCount === 0 ? counts : `${counts} ${t('admin.replayedRows', { count: replayedCount })}`}
      />
      <div style={{ maxHeight: 480, overflow: 'auto' }}>
        <PlainTable
          rows={result.rows}
          rowKey={({ row }) => String(row)}
          columns={[
            { key: 'row', title: t('admin.rowNo'), align: 'right', render: ({ row }) => row },
            { key: 'state', title: t('admin.state'), render: state },
            { key: 'no', title: t('admin.documentNo'), render: ({ no }) => <span className="qc-num">{no}</span> },
            {
              key: 'errors',
              title: t('admin.reasons'),
              render: ({ errors }) => (
                <ul className="qc-plain" style={{ whiteSpace: 'normal' }}>
                  {errors.map(({ column, cell, code, title, detail }) => (
                    <li key={`${cell ?? ''} ${column ?? ''} ${code}`}>
                      {cell !== null && <code>{cell}</code>}{' '}
                      {column !== null && <strong>{t('common.labelled', { label: column })}</strong>}
                      {title} <span className="qc-muted">{detail}</span>
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      </div>
      {rowCount > SHOWN_IMPORT_ROWS && <p className="qc-muted">{t('admin.moreRows', { count: SHOWN_IMPORT_ROWS })}</p>}
    </Section>
  );
}
