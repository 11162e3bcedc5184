import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../api/hooks.ts';
import { NoticeList } from '../pages/tasks/notice-list.tsx';
import { Loaded } from '../ui/page.tsx';

/** The latest notices, as they open under the bell. */
export default function LatestNotices({ onLeave }: { onLeave: () => void }): ReactElement {
  const { t } = useTranslation();
  const latest = useApiQuery('noticeList', { query: { limit: 8 } });
  const markRead = useApiAction('noticeRead');
  return (
    <div style={{ width: 'min(400px, 86vw)' }}>
      <div className="qc-row" style={{ justifyContent: 'space-between', marginBottom: 8 }}>
        <strong>{t('common.menu.notices')}</strong>
        <Button size="small" type="link" loading={markRead.pending} onClick={() => void markRead.attempt({ body: {} })}>
          {t('tasks.markAllRead')}
        </Button>
      </div>
      <div style={{ maxHeight: '56vh', overflow: 'auto' }}>
        <Loaded query={latest}>{({ items }) => <NoticeList items={items} onOpen={onLeave} />}</Loaded>
      </div>
      <div style={{ textAlign: 'center', paddingTop: 8 }}>
        <Link to="/notices" onClick={onLeave}>
          {t('tasks.allNotices')}
        </Link>
      </div>
    </div>
  );
}
