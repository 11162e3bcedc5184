/** Policy parameters 政策參數: deadlines and switches, each with the article that it serves. */
import { Button, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { DateTime } from '../../ui/values.tsx';
import { PlainTable } from '../partners/plain-table.tsx';
import { PolicyForm } from './policy-form.tsx';
import { type Policy, usePolicyValue } from './policy-value.ts';

export default function Policies(): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('policy.manage');
  const told = usePolicyValue();
  const list = useApiQuery('policyList', {});
  const [editing, edit] = useState<Policy | null>(null);
  return (
    <Page title={t('admin.policies')}>
      <Section title={t('admin.policiesInForce')}>
        <Loaded query={list}>
          {({ items }) => (
            <PlainTable
              rows={items}
              rowKey={({ code }) => code}
              columns={[
                {
                  key: 'name',
                  title: t('admin.policy'),
                  render: ({ code }) => (
                    <>
                      {t(`states.policy.${code}`)}
                      <div className="qc-muted">
                        <code>{code}</code>
                      </div>
                    </>
                  ),
                },
                { key: 'article', title: t('admin.article'), render: ({ article }) => article },
                {
                  key: 'value',
                  title: t('admin.value'),
                  render: ({ value, unit, defaultValue }) => (
                    <>
                      <strong>{told(value, unit)}</strong>{' '}
                      {value !== defaultValue && (
                        <Tag color="processing">{t('admin.notDefault', { value: told(defaultValue, unit) })}</Tag>
                      )}
                    </>
                  ),
                },
                {
                  key: 'from',
                  title: t('admin.validFrom'),
                  render: ({ validFrom }) =>
                    validFrom === null ? (
                      <span className="qc-muted">{t('admin.default')}</span>
                    ) : (
                      <DateTime value={validFrom} />
                    ),
                },
                { key: 'by', title: t('admin.setBy'), render: ({ setBy }) => setBy },
                { key: 'note', title: t('admin.note'), render: ({ note }) => note },
                {
                  key: 'upcoming',
                  title: t('admin.upcoming'),
                  render: ({ upcoming, unit }) =>
                    upcoming.map(({ value, validFrom }) => (
                      <div key={validFrom}>
                        {told(value, unit)} · <DateTime value={validFrom} />
                      </div>
                    )),
                },
                ...(may
                  ? [
                      {
                        key: 'edit',
                        title: t('common.actions'),
                        render: (policy: Policy) => (
                          <Button size="small" onClick={() => edit(policy)}>
                            {t('admin.change')}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Loaded>
      </Section>
      {editing !== null && <PolicyForm policy={editing} onClose={() => edit(null)} />}
    </Page>
  );
}
