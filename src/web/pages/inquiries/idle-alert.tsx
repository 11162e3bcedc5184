/** What both sides are told of an inquiry on which nothing happens: when it closes by itself, or that it has. */
import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { DateTime } from '../../ui/values.tsx';

type Known = Pick<Answer<'inquiryGet'>, 'state' | 'closesAt'>;

export function IdleAlert({ inquiry: { state, closesAt } }: { inquiry: Known }): ReactElement | null {
  const { t } = useTranslation();
  if (state === 'lapsed')
    return <Alert type="warning" showIcon title={t('inquiries.lapsed')} description={t('inquiries.lapsedHint')} />;
  if (closesAt === null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {t('inquiries.closesAt')} <DateTime value={closesAt} />
        </>
      }
      description={t('inquiries.closesHint')}
    />
  );
}
