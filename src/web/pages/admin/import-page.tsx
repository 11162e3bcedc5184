/** One import and the fate of its rows. */
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { DateTime } from '../../ui/values.tsx';
import { ImportProgress, useImport } from './import-progress.tsx';
import { ImportRows } from './import-rows.tsx';

export default function ImportPage(): ReactElement {
  const { t } = useTranslation();
  const { importId } = useParams({ from: '/inside/workbench/imports/$importId' });
  const result = useImport(importId);
  return (
    <Loaded query={result}>
      {(data) => (
        <Page title={data.fileName} crumbs={[{ title: t('common.menu.imports'), to: '/imports' }]}>
          <Section title={t('admin.data')}>
            <Facts
              items={[
                [t('admin.importKind'), t(`states.importKind.${data.kind}`)],
                [t('admin.importMode'), t(`states.importMode.${data.mode}`)],
                [t('admin.importExisting'), t(`states.importExisting.${data.existing}`)],
                [t('admin.written'), data.committed ? t('admin.yes') : t('admin.notSo')],
                [t('admin.runBy'), data.runBy],
                [t('admin.at'), <DateTime key="at" value={data.at} />],
              ]}
            />
          </Section>
          {data.state === 'done' ? <ImportRows result={data} /> : <ImportProgress result={data} />}
        </Page>
      )}
    </Loaded>
  );
}
