/** An import that is not over: how far it is, and the ways to stop it and to go on. What is in already is shown below. */
import { Alert, Button, Progress } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { Loaded, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ImportRows } from './import-rows.tsx';
import type { ImportResult } from './imports.tsx';

export const IMPORT_COLOURS = {
  running: 'processing',
  done: 'default',
  cancelled: 'warning',
  failed: 'error',
  interrupted: 'warning',
} as const;

const LOOK_EVERY_MS = 1000;

/** An import, looked at again and again while it runs. */
export function useImport(importId: string) {
  return useApiQuery(
    'importGet',
    { params: { importId } },
    { refetchInterval: ({ state }) => (state === 'running' ? LOOK_EVERY_MS : false) },
  );
}

/** The import that has just been begun on this page. */
export function FollowedImport({ importId }: { importId: string }): ReactElement {
  const result = useImport(importId);
  return (
    <Loaded query={result}>
      {(data) => (data.state === 'done' ? <ImportRows result={data} /> : <ImportProgress result={data} />)}
    </Loaded>
  );
}

export function ImportProgress({ result }: { result: ImportResult }): ReactElement {
  const { t } = useTranslation();
  const params = { importId: result.id };
  const cancel = useApiAction('importCancel');
  const goOn = useApiAction('importContinue');
  const done = result.okCount + result.errorCount;
  const percent = result.rowCount === 0 ? 0 : Math.floor((done * 100) / result.rowCount);
  const runs = result.state === 'running';
  return (
    <>
      <Section title={t('admin.importState')}>
        <div className="qc-stack">
          <Progress percent={percent} status={runs ? 'active' : result.state === 'failed' ? 'exception' : 'normal'} />
          <Alert
            type={runs ? 'info' : 'warning'}
            showIcon
            role="status"
            title={runs ? t('admin.importRunning') : t(`states.importState.${result.state}`)}
            description={
              <>
                {t('admin.importProgress', { done, rows: result.rowCount })}{' '}
                {t('admin.importCounts', { rows: done, ok: result.okCount, bad: result.errorCount })}{' '}
                {result.stoppedBy !== null && t('admin.importStoppedBy', { reason: result.stoppedBy })}
              </>
            }
          />
          <div className="qc-row">
            {runs ? (
              <>
                <Button danger loading={cancel.pending} onClick={() => void cancel.attempt({ params })}>
                  {t('admin.importCancel')}
                </Button>
                <span className="qc-muted">{t('admin.importCancelHint')}</span>
              </>
            ) : (
              <Button type="primary" loading={goOn.pending} onClick={() => void goOn.attempt({ params })}>
                {t('admin.importContinue')}
              </Button>
            )}
          </div>
          <ProblemAlert problem={cancel.problem ?? goOn.problem} onClose={() => (cancel.clear(), goOn.clear())} />
        </div>
      </Section>
      {!runs && done > 0 && <ImportRows result={result} />}
    </>
  );
}
