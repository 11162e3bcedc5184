/** Files in: choose a kind, take its template, check a file, then import it. Below, what was imported before. */
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Radio, Select, Tag, Upload } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CSV_TYPE,
  IMPORT_EXISTING,
  IMPORT_KINDS,
  type ImportKindName,
  UPDATING_KINDS,
  XLSX_TYPE,
} from '../../../contract/imports.ts';
import { type Answer, fileUrl } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { Empty } from '../../ui/empty.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime } from '../../ui/values.tsx';
import { IMPORT_COLOURS, FollowedImport } from './import-progress.tsx';
import { ImportRows } from './import-rows.tsx';

export type ImportResult = Answer<'importGet'>;
type Way = 'all_or_nothing' | 'valid_rows';
type Existing = (typeof IMPORT_EXISTING)[number];

/** What the file is, by its name: browsers on some systems do not know. */
const typeOf = (name: string) => (name.toLowerCase().endsWith('.csv') ? CSV_TYPE : XLSX_TYPE);

export default function Imports(): ReactElement {
  const { t } = useTranslation();
  return (
    <Page title={t('common.menu.imports')}>
      <RunImport />
      <Section title={t('admin.importsBefore')}>
        <QueryTable
          operation="importList"
          id="imports"
          empty={<Empty text={t('admin.importsNone')} />}
          rowKey={({ id }) => id}
          columns={[
            { key: 'at', title: t('admin.at'), render: ({ at }) => <DateTime value={at} /> },
            {
              key: 'file',
              title: t('admin.file'),
              always: true,
              render: ({ id, fileName }) => <PathLink to={`/imports/${id}`}>{fileName}</PathLink>,
            },
            { key: 'kind', title: t('admin.importKind'), render: ({ kind }) => t(`states.importKind.${kind}`) },
            { key: 'mode', title: t('admin.importMode'), render: ({ mode }) => t(`states.importMode.${mode}`) },
            {
              key: 'state',
              title: t('admin.importState'),
              render: ({ state }) => (
                <Tag {...(state === 'done' ? {} : { color: IMPORT_COLOURS[state] })}>
                  {t(`states.importState.${state}`)}
                </Tag>
              ),
            },
            { key: 'rows', title: t('admin.rows'), align: 'right', render: ({ rowCount }) => rowCount },
            {
              key: 'changed',
              title: t('admin.rowsChanged'),
              align: 'right',
              render: ({ changedCount }) => changedCount,
            },
            { key: 'ok', title: t('admin.rowsOk'), align: 'right', render: ({ okCount }) => okCount },
            {
              key: 'errors',
              title: t('admin.rowsBad'),
              align: 'right',
              render: ({ errorCount }) => (errorCount === 0 ? 0 : <Tag color="error">{errorCount}</Tag>),
            },
            {
              key: 'committed',
              title: t('admin.written'),
              render: ({ committed }) =>
                committed ? <Tag color="success">{t('admin.yes')}</Tag> : <Tag>{t('admin.notSo')}</Tag>,
            },
            { key: 'by', title: t('admin.runBy'), render: ({ runBy }) => runBy },
          ]}
          filters={[
            {
              key: 'kind',
              kind: 'select',
              label: t('admin.importKind'),
              options: IMPORT_KINDS.map((value) => ({ value, label: t(`states.importKind.${value}`) })),
            },
          ]}
        />
      </Section>
    </Page>
  );
}

function RunImport(): ReactElement {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ImportKindName>('partners');
  const [file, setFile] = useState<File | null>(null);
  const [way, setWay] = useState<Way>('all_or_nothing');
  const [existing, setExisting] = useState<Existing>('keep');
  const [result, setResult] = useState<ImportResult | null>(null);
  const run = useApiAction('importRun', { onDone: setResult });
  const start = (mode: 'check' | Way) => {
    if (file === null) return;
    const body = new Blob([file], { type: typeOf(file.name) });
    void run.attempt({ query: { kind, mode, existing, fileName: file.name }, body });
  };
  const forget = () => {
    setResult(null);
    run.clear();
  };
  const checked = result !== null && result.mode === 'check';
  const importable = checked && (way === 'valid_rows' ? result.okCount > 0 : result.errorCount === 0);
  return (
    <>
      <Section title={t('admin.newImport')}>
        <div className="qc-stack">
          <div className="qc-row">
            <strong>1.</strong>
            <Select
              aria-label={t('admin.importKind')}
              style={{ width: 200 }}
              value={kind}
              options={IMPORT_KINDS.map((value) => ({ value, label: t(`states.importKind.${value}`) }))}
              onChange={(next: ImportKindName) => {
                setKind(next);
                if (!UPDATING_KINDS.includes(next)) setExisting('keep');
                forget();
              }}
            />
            <Button icon={<DownloadOutlined />} href={fileUrl('importTemplate', { params: { kind } })} download>
              {t('admin.template')}
            </Button>
            <Radio.Group
              aria-label={t('admin.importExisting')}
              value={existing}
              disabled={!UPDATING_KINDS.includes(kind)}
              options={IMPORT_EXISTING.map((value) => ({ value, label: t(`states.importExisting.${value}`) }))}
              onChange={({ target }: { target: { value?: Existing } }) => {
                setExisting(target.value ?? 'keep');
                forget();
              }}
            />
          </div>
          {existing === 'update' && <p className="qc-muted">{t('admin.importUpdateHint')}</p>}
          <div className="qc-row">
            <strong>2.</strong>
            <Upload
              accept=".csv,.xlsx"
              maxCount={1}
              showUploadList={false}
              beforeUpload={(chosen) => {
                setFile(chosen);
                forget();
                return false;
              }}
            >
              <Button>{t('admin.chooseFile')}</Button>
            </Upload>
            <span className={file === null ? 'qc-muted' : ''}>{file?.name ?? t('admin.noFile')}</span>
            <Button
              type={checked ? 'default' : 'primary'}
              disabled={file === null}
              loading={run.pending}
              onClick={() => start('check')}
            >
              {t('admin.check')}
            </Button>
          </div>
          <div className="qc-row">
            <strong>3.</strong>
            <Radio.Group
              value={way}
              options={(['all_or_nothing', 'valid_rows'] as const).map((value) => ({
                value,
                label: t(`states.importMode.${value}`),
              }))}
              onChange={({ target }: { target: { value?: Way } }) => setWay(target.value ?? 'all_or_nothing')}
            />
            <Button
              type={checked ? 'primary' : 'default'}
              disabled={!importable}
              loading={run.pending}
              onClick={() => start(way)}
            >
              {t('admin.runImport')}
            </Button>
          </div>
          <p className="qc-muted">{t('admin.importHint')}</p>
          <ProblemAlert problem={run.problem} onClose={run.clear} />
        </div>
      </Section>
      {result !== null &&
        (result.state === 'done' ? <ImportRows result={result} /> : <FollowedImport importId={result.id} />)}
    </>
  );
}
