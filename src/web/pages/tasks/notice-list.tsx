/** Notices in words: which document, what changed, until when. Opening one marks it as read. */
import { Badge } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { documentPath } from '../../lib/documents.ts';
import { useSession } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { DateTime, Deadline } from '../../ui/values.tsx';

type Notice = Item<'noticeList'>;

export function NoticeList({ items, onOpen }: { items: readonly Notice[]; onOpen?: () => void }): ReactElement {
  const { t } = useTranslation();
  if (items.length === 0) return <Empty text={t('tasks.noNotices')} />;
  return (
    <ul className="qc-plain qc-stack" style={{ gap: 4 }}>
      {items.map((notice) => (
        <li key={notice.id}>
          <OneNotice notice={notice} {...(onOpen === undefined ? {} : { onOpen })} />
        </li>
      ))}
    </ul>
  );
}

function OneNotice({ notice, onOpen }: { notice: Notice; onOpen?: () => void }): ReactElement {
  const { t } = useTranslation();
  const side = useSession().actor.kind === 'partner' ? 'partner' : 'staff';
  const go = useGo();
  const markRead = useApiAction('noticeRead');
  const path = documentPath(side, notice.documentType, notice.documentId);
  const open = () => {
    if (notice.readAt === null) void markRead.attempt({ body: { ids: [notice.id] } });
    if (path !== null) go(path);
    onOpen?.();
  };
  return (
    <button
      type="button"
      className="qc-identity"
      style={{ border: 0, alignItems: 'flex-start', padding: '8px 6px' }}
      onClick={open}
    >
      <Badge
        status={notice.readAt === null ? 'processing' : 'default'}
        text={<span className="qc-visually-hidden">{t(notice.readAt === null ? 'tasks.unread' : 'tasks.read')}</span>}
      />
      <span className="qc-grow">
        <span style={{ fontWeight: notice.readAt === null ? 600 : 400 }}>
          {t(`states.notice.${notice.kind}`, { ...notice.params, no: notice.documentNo ?? '' })}
        </span>{' '}
        <span className="qc-num">{notice.documentNo}</span>
        <br />
        <span className="qc-muted">
          <DateTime value={notice.at} />
          {notice.dueAt !== null && (
            <>
              {' · '}
              {t('tasks.due')} <Deadline value={notice.dueAt} />
            </>
          )}
        </span>
      </span>
    </button>
  );
}
