/** The form of a step of a picking or a shipment. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentForm } from '../../orders/document-form.tsx';

export type ExecutionDocument = { id: string; no: string; version: number; state: string };
type Done = { no: string; state: string; also: readonly { no: string }[] };

export function ExecutionForm<V extends object>({
  kind,
  on,
  name,
  ...rest
}: {
  kind: 'picking' | 'shipment';
  on: ExecutionDocument;
  /** Name of the step, for the draft of what is typed. */
  name: string;
  title: string;
  initialValues: V;
  send: (values: V, version: number) => Promise<Done>;
  onClose: () => void;
  danger?: boolean;
  width?: number;
  labelOf?: (field: string) => string | null;
  children: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <DocumentForm<V, Done>
      {...rest}
      draftKey={`${kind}.${on.id}.${name}`}
      no={on.no}
      version={on.version}
      stateNow={t(`states.${kind}.${on.state}`)}
      doneText={({ state, also }) =>
        also.length === 0
          ? t('shipping.nowIn', { state: t(`states.${kind}.${state}`) })
          : t('shipping.nowInWithRest', {
              state: t(`states.${kind}.${state}`),
              rest: also.map(({ no }) => no).join(t('common.listSeparator')),
            })
      }
    />
  );
}
