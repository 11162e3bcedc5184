/** Home of the portal: what waits for the partner's answer, by deadline. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiQuery } from '../../api/hooks.ts';
import { useSession } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { Deadline } from '../../ui/values.tsx';
import { TaskLink } from '../tasks/tasks.tsx';

export default function PortalHome(): ReactElement {
  const { t } = useTranslation();
  const { actor } = useSession();
  const tasks = useApiQuery('taskList', { query: { limit: 20 } });
  return (
    <Page title={t('portal.greeting', { name: actor.name })}>
      <Section title={t('portal.waiting')}>
        <Loaded query={tasks}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty text={t('portal.nothingWaits')} />
            ) : (
              <ul className="qc-plain qc-stack" style={{ gap: 12 }}>
                {items.map((task) => (
                  <li key={task.id} className="qc-row">
                    <span className="qc-grow">
                      <TaskLink task={task} /> <span className="qc-muted qc-num">{task.documentNo}</span>
                    </span>
                    <Deadline value={task.dueAt} provisional={task.provisional} />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
    </Page>
  );
}
