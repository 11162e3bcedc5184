/** Files of companies that may be the same one, before somebody opens a second file. */
import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PathLink } from '../../ui/path-link.tsx';
import { useNames } from '../orders/names.ts';
import type { Partner } from './partner-file-values.ts';

export function PossibleDuplicates({ of }: { of: Partner['possibleDuplicates'] }): ReactElement | null {
  const { t } = useTranslation();
  const names = useNames();
  if (of.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('partners.possibleDuplicates')}
      description={
        <ul style={{ paddingInlineStart: 18 }}>
          {of.map((other) => (
            <li key={other.id}>
              <PathLink to={`/partners/${other.id}`}>
                {other.no} {names.partner(other)}
              </PathLink>{' '}
              <span className="qc-muted">{t(`states.duplicateWhy.${other.why}`)}</span>
            </li>
          ))}
        </ul>
      }
    />
  );
}
