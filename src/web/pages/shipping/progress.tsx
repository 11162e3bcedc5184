/** Where a document of execution is, who has the next step, and until when. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { StageBar } from '../../ui/stage-bar.tsx';
import { usePersonName } from '../../ui/person-names.tsx';

type Holder = Answer<'pickingGet'>['holder'];

export function ExecutionProgress({
  kind,
  stages,
  state,
  holder,
  trouble = false,
}: {
  kind: 'picking' | 'shipment';
  stages: readonly string[];
  state: string;
  holder: Holder;
  trouble?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const personName = usePersonName();
  return (
    <StageBar
      stages={stages.map((key) => ({ key, label: t(`states.${kind}.${key}`) }))}
      current={stages.includes(state) ? state : 'cancelled'}
      trouble={trouble}
      waiting={
        holder === null
          ? null
          : {
              holder: holder.user == null ? t(`states.role.${holder.role}`) : personName(holder.user.name),
              task: t(`states.task.${holder.kind}`),
              dueAt: holder.dueAt,
            }
      }
    />
  );
}
