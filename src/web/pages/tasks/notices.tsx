/** All my notices. */
import { Button, Segmented } from 'antd';
import type { ReactElement } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { asOne } from '../../lib/search-params.ts';
import { Loaded, Page } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { NoticeList } from './notice-list.tsx';

export default function Notices(): ReactElement {
  const { t } = useTranslation();
  const search = useSearch({ from: '/inside/notices' });
  const navigate = useNavigate();
  const unread = asOne(search['unread']) === 'true';
  const cursor = asOne(search['cursor']);
  const notices = useApiQuery(
    'noticeList',
    { query: { ...(unread ? { unread: 'true' as const } : {}), ...(cursor === undefined ? {} : { cursor }) } },
    { keepPrevious: true },
  );
  const markRead = useApiAction('noticeRead');
  return (
    <Page
      title={t('common.menu.notices')}
      actions={
        <Button loading={markRead.pending} onClick={() => void markRead.attempt({ body: {} })}>
          {t('tasks.markAllRead')}
        </Button>
      }
    >
      <ProblemAlert problem={markRead.problem} />
      <Segmented
        value={unread ? 'unread' : 'all'}
        options={[
          { value: 'all', label: t('tasks.noticesAll') },
          { value: 'unread', label: t('tasks.noticesUnread') },
        ]}
        onChange={(value) => void navigate({ to: '/notices', search: value === 'unread' ? { unread: 'true' } : {} })}
      />
      <div className="qc-card">
        <Loaded query={notices}>
          {(page) => (
            <>
              <NoticeList items={page.items} />
              {page.nextCursor !== null && (
                <Button
                  style={{ marginTop: 12 }}
                  onClick={() =>
                    void navigate({ to: '/notices', search: { ...search, cursor: page.nextCursor ?? undefined } })
                  }
                >
                  {t('common.nextPage')}
                </Button>
              )}
            </>
          )}
        </Loaded>
      </div>
    </Page>
  );
}
