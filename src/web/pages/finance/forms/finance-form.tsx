/** The form of a step of a receipt or an invoice. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentForm } from '../../orders/document-form.tsx';

type Shown = { id: string; no: string; version: number; state: string };

export function FinanceForm<V extends object>({
  kind,
  on,
  name,
  ...rest
}: {
  kind: 'payment' | 'invoice';
  on: Shown;
  /** Name of the step, for the draft of what is typed. */
  name: string;
  title: string;
  initialValues: V;
  send: (values: V, version: number) => Promise<{ state: string }>;
  onClose: () => void;
  danger?: boolean;
  width?: number;
  labelOf?: (field: string) => string | null;
  children: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <DocumentForm<V, { state: string }>
      {...rest}
      draftKey={`${kind}.${on.id}.${name}`}
      no={on.no}
      version={on.version}
      stateNow={t(`states.${kind}.${on.state}`)}
      doneText={({ state }) => t('finance.nowIn', { state: t(`states.${kind}.${state}`) })}
    />
  );
}
