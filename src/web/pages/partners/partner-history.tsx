/** Every change of a partner file: who, when, what stood there before and after. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime } from '../../ui/values.tsx';
import type { Partner } from './partner-file-values.ts';

type Row = Item<'partnerHistory'>;
type Change = Row['changes'][number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

export function PartnerHistory({ partner }: { partner: Partner }): ReactElement {
  const { t, i18n } = useTranslation();
  const fieldName = (field: string) => (i18n.exists(`states.field.${field}`) ? t(`states.field.${field}`) : field);
  const told = (change: Change) => {
    const label = t('common.labelled', { label: fieldName(change.field) });
    // Links to other records have no words of their own here.
    const isLink = UUID.test(change.after ?? '') || UUID.test(change.before ?? '');
    if (change.hidden || isLink) return `${label}${t('partners.changedHidden')}`;
    const after = change.after ?? t('partners.emptied');
    return `${label}${change.before === null ? after : `${change.before} → ${after}`}`;
  };
  return (
    <QueryTable
      operation="partnerHistory"
      id="partner-history"
      params={{ partnerId: partner.id }}
      rowKey={({ version }) => String(version)}
      columns={[
        { key: 'version', title: t('partners.version'), align: 'right', render: ({ version }) => version },
        { key: 'at', title: t('partners.changedAt'), render: ({ at }) => <DateTime value={at} /> },
        { key: 'actor', title: t('partners.changedBy'), render: ({ actor }) => actor ?? t('common.system') },
        {
          key: 'type',
          title: t('partners.event'),
          render: ({ type }) => (i18n.exists(`states.event.${type}`) ? t(`states.event.${type}`) : type),
        },
        {
          key: 'changes',
          title: t('partners.changes'),
          render: ({ changes }) => (
            <ul className="qc-plain" style={{ whiteSpace: 'normal', maxWidth: 560 }}>
              {changes.map((change) => (
                <li key={change.field}>{told(change)}</li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
