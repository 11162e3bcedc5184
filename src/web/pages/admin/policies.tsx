/** Policy parameters 政策參數: deadlines and switches, each with the article that it serves, its history and its exceptions. */
import { Button, Tag } from 'antd';
import i18next from 'i18next';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { PersonName } from '../../ui/person-names.tsx';
import { DateTime } from '../../ui/values.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { PolicyForm } from './policy-form.tsx';
import { PolicyHistory, TargetName } from './policy-history.tsx';
import { type Policy, type PolicyEntry, usePolicyStart, usePolicyValue, useReminderText } from './policy-value.ts';

type Opened = { code: string; what: 'form' | 'history'; like?: PolicyEntry };

export default function Policies(): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('policy.manage');
  const list = useApiQuery('policyList', {});
  const [opened, open] = useState<Opened | null>(null);
  const shown = list.data?.items.find(({ code }) => code === opened?.code);
  return (
    <Page title={t('common.menu.policies')}>
      <p className="qc-muted">{t('admin.policiesHint')}</p>
      <Section title={t('admin.policiesInForce')}>
        <Loaded query={list}>
          {({ items }) => (
            <PlainTable
              rows={items}
              rowKey={({ code }) => code}
              columns={[
                { key: 'name', title: t('admin.policy'), render: (policy) => <Meaning policy={policy} /> },
                { key: 'article', title: t('admin.article'), render: ({ article }) => article },
                { key: 'value', title: t('admin.value'), render: (policy) => <Value policy={policy} /> },
                { key: 'others', title: t('admin.exceptions'), render: (policy) => <Others policy={policy} /> },
                {
                  key: 'edit',
                  title: t('common.actions'),
                  render: ({ code, entries }) => (
                    <span className="qc-row">
                      {may && (
                        <Button size="small" onClick={() => open({ code, what: 'form' })}>
                          {t('admin.change')}
                        </Button>
                      )}
                      {entries.length > 0 && (
                        <Button size="small" type="text" onClick={() => open({ code, what: 'history' })}>
                          {t('admin.history')}
                        </Button>
                      )}
                    </span>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
      {shown !== undefined && opened?.what === 'form' && (
        <PolicyForm
          policy={shown}
          {...(opened.like === undefined ? {} : { like: opened.like })}
          onClose={() => open(null)}
        />
      )}
      {shown !== undefined && opened?.what === 'history' && (
        <PolicyHistory
          policy={shown}
          onAgain={(like) => open({ code: shown.code, what: 'form', like })}
          onClose={() => open(null)}
        />
      )}
    </Page>
  );
}

function Meaning({ policy: { code, starts } }: { policy: Policy }): ReactElement {
  const { t } = useTranslation();
  const start = usePolicyStart()(starts);
  const help = `states.policyHelp.${code}`;
  return (
    <div style={{ maxWidth: 380, whiteSpace: 'normal' }}>
      {t(`states.policy.${code}`)} <code className="qc-muted">{code}</code>
      {(i18next.exists(help) || start !== null) && (
        <div className="qc-muted">
          {i18next.exists(help) && t(help)} {start}
        </div>
      )}
    </div>
  );
}

function Value({ policy }: { policy: Policy }): ReactElement {
  const { t } = useTranslation();
  const told = usePolicyValue();
  const reminders = useReminderText();
  const { value, unit, defaultValue, defaultUnit, validFrom, setBy, note } = policy;
  const changed = value !== defaultValue || unit !== defaultUnit;
  return (
    <div style={{ maxWidth: 220, whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
      <strong>{told(value, unit)}</strong>{' '}
      {changed && <Tag color="processing">{t('admin.notDefault', { value: told(defaultValue, defaultUnit) })}</Tag>}
      {validFrom !== null && (
        <div className="qc-muted">
          <DateTime value={validFrom} /> {setBy !== null && <PersonName name={setBy} />} {note}
        </div>
      )}
      {policy.reminders !== null && <div className="qc-muted">{reminders(policy.reminders)}</div>}
    </div>
  );
}

/** What holds for some only, and what will hold later. */
function Others({ policy: { entries } }: { policy: Policy }): ReactElement {
  const { t } = useTranslation();
  const told = usePolicyValue();
  const others = entries.filter(
    ({ state, level, agreement, value }) =>
      state === 'future' || (state === 'in_force' && (level !== null || agreement !== null) && value !== null),
  );
  return (
    <ul className="qc-plain" style={{ maxWidth: 240, whiteSpace: 'normal' }}>
      {others.map((entry) => (
        <li key={entry.id}>
          <TargetName entry={entry} />: {told(entry.value, entry.unit)}{' '}
          {entry.state === 'future' && (
            <span className="qc-muted">
              {t('admin.validFrom')} <DateTime value={entry.validFrom} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
