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
import { BizDate, DateTime, Deadline } from '../../ui/values.tsx';

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
  const task = notice.params['task'];
  const unread = notice.readAt === null;
  const open = () => {
    if (unread) void markRead.attempt({ body: { ids: [notice.id] } });
    if (path !== null) go(path);
    onOpen?.();
  };
  return (
    <button type="button" className="qc-notice" onClick={open}>
      <Badge
        status={unread ? 'processing' : 'default'}
        text={<span className="qc-visually-hidden">{t(unread ? 'tasks.unread' : 'tasks.read')}</span>}
      />
      <span className="qc-grow">
        <span style={{ fontWeight: unread ? 600 : 400 }}>{t(`states.notice.${notice.kind}`)}</span>{' '}
        <span className="qc-num">{[notice.documentNo, notice.poNo].filter(Boolean).join(' · ')}</span>
        <Told params={notice.params} />
        {typeof task === 'string' && (
          <span className="qc-block">
            {t(notice.params['yours'] === true ? 'tasks.doNow' : 'tasks.next', { task: t(`states.task.${task}`) })}
            {notice.dueAt !== null && (
              <>
                {' · '}
                <span className="qc-muted">{t('tasks.due')}</span>{' '}
                <Deadline value={notice.dueAt} provisional={notice.params['provisional'] === true} />
              </>
            )}
          </span>
        )}
        <span className="qc-block qc-muted">
          <DateTime value={notice.at} />
        </span>
      </span>
    </button>
  );
}

/** Values of the event that say more than its name. */
const SHOWN = ['orderNo', 'waybillNo', 'expectedOn', 'promisedOn'] as const;

function Told({ params }: { params: Notice['params'] }): ReactElement | null {
  const { t } = useTranslation();
  const told = SHOWN.flatMap((name) => {
    const value = params[name];
    return typeof value === 'string' ? [{ name, value }] : [];
  });
  if (told.length === 0) return null;
  return (
    <span className="qc-block">
      {told.map(({ name, value }, index) => (
        <span key={name}>
          {index > 0 && ' · '}
          <span className="qc-muted">{t(`states.param.${name}`)}</span>{' '}
          {name.endsWith('On') ? <BizDate value={value} /> : <span className="qc-num">{value}</span>}
        </span>
      ))}
    </span>
  );
}
