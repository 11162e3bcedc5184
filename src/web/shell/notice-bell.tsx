/** Notices: how many are unread, the latest of them. */
import { BellOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Badge, Button, Popover } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../api/hooks.ts';
import { NoticeList } from '../pages/tasks/notice-list.tsx';
import { useCan } from '../session.tsx';
import { Loaded } from '../ui/page.tsx';

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
      content={<Latest onLeave={() => setOpen(false)} />}
    >
      <Badge count={count} size="small" overflowCount={99} offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t('common.noticesUnread', { count })} />
      </Badge>
    </Popover>
  );
}

function Latest({ onLeave }: { onLeave: () => void }): ReactElement {
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
