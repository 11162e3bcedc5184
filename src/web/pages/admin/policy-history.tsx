/** Every value a policy parameter ever had, and the ways back: a coming one is withdrawn, a former one is set anew. */
import { Button, Drawer, Popconfirm, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { PersonName } from '../../ui/person-names.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DateTime } from '../../ui/values.tsx';
import { type Policy, type PolicyEntry, usePolicyValue, useReminderText } from './policy-value.ts';
import { useFocusBack } from '../../ui/form-drawer.tsx';

const COLOURS = { in_force: 'success', future: 'processing', past: 'default', withdrawn: 'default' } as const;

/** For whom a value is. */
export function TargetName({ entry: { level, agreement } }: { entry: PolicyEntry }): ReactElement {
  const { t } = useTranslation();
  if (level !== null) return <>{t('admin.forLevel', { level })}</>;
  return <>{agreement === null ? t('admin.forCompany') : `${agreement.partnerName} ${agreement.no}`}</>;
}

export function PolicyHistory({
  policy,
  onAgain,
  onClose,
}: {
  policy: Policy;
  onAgain: (entry: PolicyEntry) => void;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  useFocusBack(true);
  const may = useCan()('policy.manage');
  const told = usePolicyValue();
  const reminders = useReminderText();
  const withdraw = useApiAction('policyWithdraw');
  return (
    <Drawer open title={`${t('admin.history')} · ${t(`states.policy.${policy.code}`)}`} size={560} onClose={onClose}>
      <ProblemAlert problem={withdraw.problem} onClose={withdraw.clear} />
      <ol className="qc-plain qc-stack" style={{ gap: 16 }}>
        {policy.entries.map((entry) => (
          <li key={entry.id}>
            <div className="qc-row">
              <strong>{told(entry.value, entry.unit)}</strong>
              <span>
                <TargetName entry={entry} />
              </span>
              <Tag color={COLOURS[entry.state]}>{t(`states.policyEntry.${entry.state}`)}</Tag>
              <span className="qc-grow" />
              {may && entry.state === 'future' && (
                <Popconfirm
                  title={t('admin.withdrawAsk')}
                  okText={t('admin.withdraw')}
                  cancelText={t('common.cancel')}
                  onConfirm={() => withdraw.attempt({ params: { policyCode: policy.code, entryId: entry.id } })}
                >
                  <Button size="small">{t('admin.withdraw')}</Button>
                </Popconfirm>
              )}
              {may && (entry.state === 'past' || entry.state === 'withdrawn') && (
                <Button size="small" onClick={() => onAgain(entry)}>
                  {t('admin.setAgain')}
                </Button>
              )}
              {may && entry.state === 'in_force' && (
                <Button size="small" onClick={() => onAgain(entry)}>
                  {t('admin.change')}
                </Button>
              )}
            </div>
            <div className="qc-muted">
              {t('admin.validFrom')} <DateTime value={entry.validFrom} /> <PersonName name={entry.setBy} /> {entry.note}
              {entry.reminders !== null && <div>{reminders(entry.reminders)}</div>}
            </div>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
