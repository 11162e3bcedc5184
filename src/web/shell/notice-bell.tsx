/** Notices: how many are unread, the latest of them. */
import { BellOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../api/hooks.ts';
import { useCan } from '../session.tsx';
import { Waiting } from './waiting.tsx';

const LatestNotices = lazy(() => import('./latest-notices.tsx'));
const EVERY_MS = 30_000;

export function NoticeBell(): ReactElement | null {
  const { t } = useTranslation();
  const allowed = useCan()('notice.read');
  const [open, setOpen] = useState(false);
  const unread = useApiQuery('noticeUnreadCount', {}, { enabled: allowed, refetchInterval: EVERY_MS });
  if (!allowed) return null;
  const count = unread.data?.count ?? 0;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <Suspense fallback={<Waiting />}>
          <LatestNotices onLeave={() => setOpen(false)} />
        </Suspense>
      }
    >
      <Button
        type="text"
        className="qc-bell"
        icon={<BellOutlined />}
        aria-label={t('common.noticesUnread', { count })}
        {...(count === 0 ? {} : { 'data-count': count > 99 ? '99+' : count })}
      />
    </Popover>
  );
}
