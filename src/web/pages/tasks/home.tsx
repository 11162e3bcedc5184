/** Home of the workbench: my tasks by deadline, each solvable from here; then the figures of my role. */
import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { useApiQuery } from '../../api/hooks.ts';
import { documentPath } from '../../lib/documents.ts';
import { useSession } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { DateTime, Deadline } from '../../ui/values.tsx';
import { Dashboard } from './dashboard.tsx';
import { isPlainTask, TaskStep } from './task-step.tsx';
import './home.css';
import { useNameOf } from '../../i18n/use-name.ts';
import { Sideways } from '../../ui/sideways.tsx';

type Task = Item<'taskList'>;
const SHOWN = 15;
const LIVE_MS = 20_000;

export default function Home(): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const nameOf = useNameOf();
  const tasks = useApiQuery('taskList', { query: { limit: SHOWN } }, { refetchInterval: LIVE_MS });
  const overdue = tasks.data?.items.filter((task) => task.overdue).length ?? 0;
  return (
    <Page title={t('tasks.greeting', { name: nameOf(actor) })}>
      <Section
        title={t('tasks.title')}
        extra={
          <span className="qc-row">
            {overdue > 0 && <Tag color="error">{t('tasks.overdueCount', { count: overdue })}</Tag>}
            <Link to="/tasks">{t('tasks.allTasks')}</Link>
          </span>
        }
      >
        <Loaded query={tasks}>
          {({ items }) => (items.length === 0 ? <Empty text={t('tasks.nothingToDo')} /> : <TaskTable tasks={items} />)}
        </Loaded>
      </Section>
      <Dashboard />
    </Page>
  );
}

function TaskTable({ tasks }: { tasks: readonly Task[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Sideways>
      <table className="qh-tasks">
        <thead>
          <tr>
            <th scope="col">{t('tasks.due')}</th>
            <th scope="col">{t('tasks.task')}</th>
            <th scope="col">{t('tasks.document')}</th>
            <th scope="col">{t('tasks.partner')}</th>
            <th scope="col">{t('tasks.opened')}</th>
            <th scope="col">
              <span className="qc-visually-hidden">{t('common.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}

function TaskRow({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const path = documentPath('staff', task.documentType, task.documentId);
  const kind = t(`states.task.${task.kind}`);
  return (
    <tr className={task.overdue ? 'is-overdue' : undefined}>
      <td>
        <Deadline value={task.dueAt} provisional={task.provisional} />
      </td>
      <td>{path === null ? kind : <PathLink to={path}>{kind}</PathLink>}</td>
      <td>
        <span className="qc-muted">{t(`states.document.${task.documentType}`)}</span>{' '}
        <span className="qc-num">{task.documentNo}</span>
        {task.poNo !== null && <div className="qc-muted qc-num">{task.poNo}</div>}
      </td>
      <td>{task.partnerName}</td>
      <td>
        <span style={{ whiteSpace: 'nowrap' }}>
          <DateTime value={task.openedAt} />
        </span>
      </td>
      <td className="is-action">{isPlainTask(task) && <TaskStep task={task} />}</td>
    </tr>
  );
}
