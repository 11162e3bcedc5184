/** What happened, newest first: who, when, what. */
import { Timeline as AntdTimeline } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { documentPath } from '../lib/documents.ts';
import { useMaybeSession } from '../session.tsx';
import { Empty } from './empty.tsx';
import { PathLink } from './path-link.tsx';
import { DateTime } from './values.tsx';
import { usePersonName } from './person-names.tsx';

export type TimelineItem = {
  id: string;
  at: string;
  /** Event type: the words are `states.event.<type>`, filled from the payload. */
  type: string;
  actorName: string | null;
  documentType?: string;
  documentId?: string;
  documentNo?: string | null;
  payload?: Record<string, unknown>;
  detail?: ReactNode;
};

export function Timeline({
  items,
  here,
}: {
  items: readonly TimelineItem[] /** The document of this page: it needs no link to itself. */;
  here?: string;
}): ReactElement {
  const { t } = useTranslation();
  const personName = usePersonName();
  const side = useMaybeSession()?.actor.kind === 'partner' ? 'partner' : 'staff';
  if (items.length === 0) return <Empty />;
  return (
    <AntdTimeline
      items={items.map((item) => {
        const path =
          item.documentType !== undefined && item.documentId !== undefined && item.documentId !== here
            ? documentPath(side, item.documentType, item.documentId)
            : null;
        return {
          key: item.id,
          content: (
            <div>
              <div>
                {t(`states.event.${item.type}`, item.payload ?? {})}{' '}
                {path !== null && <PathLink to={path}>{item.documentNo ?? t('common.open')}</PathLink>}
              </div>
              <div className="qc-muted">
                <DateTime value={item.at} /> ·{' '}
                {item.actorName == null ? t('common.system') : personName(item.actorName)}
              </div>
              {item.detail}
            </div>
          ),
        };
      })}
    />
  );
}
