/** Home of the workbench: my tasks, by deadline. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { TASK_KINDS } from '../../../contract/tasks.ts';
import { documentPath } from '../../lib/documents.ts';
import { useSession } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime, Deadline } from '../../ui/values.tsx';

type Task = Item<'taskList'>;

export function TaskLink({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const side = useSession().actor.kind === 'partner' ? 'partner' : 'staff';
  const path = documentPath(side, task.documentType, task.documentId);
  const text = t(`states.task.${task.kind}`);
  return path === null ? <span>{text}</span> : <PathLink to={path}>{text}</PathLink>;
}

export default function Tasks(): ReactElement {
  const { t } = useTranslation();
  const kinds = Object.keys(TASK_KINDS).map((value) => ({ value, label: t(`states.task.${value}`) }));
  return (
    <Page title={t('tasks.title')}>
      <QueryTable
        operation="taskList"
        id="tasks"
        rowKey={({ id }) => id}
        columns={[
          { key: 'task', title: t('tasks.task'), always: true, render: (task) => <TaskLink task={task} /> },
          {
            key: 'document',
            title: t('tasks.document'),
            render: (task) => (
              <span className="qc-num">
                {task.documentNo}
                {task.poNo !== null && <div className="qc-muted">{task.poNo}</div>}
              </span>
            ),
          },
          { key: 'partner', title: t('tasks.partner'), render: (task) => task.partnerName ?? '' },
          {
            key: 'due',
            title: t('tasks.due'),
            render: (task) => <Deadline value={task.dueAt} provisional={task.provisional} />,
          },
          {
            key: 'holder',
            title: t('tasks.holder'),
            render: (task) =>
              task.userName ?? (
                <span className="qc-muted">{t('tasks.queue', { role: t(`states.role.${task.role}`) })}</span>
              ),
          },
          { key: 'opened', title: t('tasks.opened'), render: (task) => <DateTime value={task.openedAt} /> },
          { key: 'article', title: t('tasks.article'), hiddenAtFirst: true, render: (task) => task.article ?? '' },
        ]}
        filters={[
          { key: 'kind', kind: 'select', label: t('tasks.kind'), options: kinds, width: 200 },
          { key: 'all', kind: 'select', label: t('tasks.mine'), options: [{ value: 'true', label: t('tasks.ofAll') }] },
        ]}
        empty={<Empty text={t('tasks.none')} />}
        card={(task) => (
          <div className="qc-card">
            <div className="qc-row">
              <strong className="qc-grow">
                <TaskLink task={task} />
              </strong>
              <Deadline value={task.dueAt} provisional={task.provisional} />
            </div>
            <div className="qc-muted">{[task.documentNo, task.poNo, task.partnerName].filter(Boolean).join(' ')}</div>
          </div>
        )}
      />
    </Page>
  );
}
