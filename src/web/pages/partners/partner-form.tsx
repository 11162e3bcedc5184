/** The form of a step on a partner file. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentForm } from '../orders/document-form.tsx';
import type { Partner } from './partner-file-values.ts';

export type PartnerFormProps = { partner: Partner; onClose: () => void };

export function PartnerForm<V extends object>({
  partner,
  name,
  ...rest
}: {
  partner: Partner;
  /** Name of the step, for the draft of what is typed. */
  name: string;
  title: string;
  submitText?: string;
  initialValues: V;
  send: (values: V, version: number) => Promise<Partner>;
  onClose: () => void;
  danger?: boolean;
  width?: number;
  children: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <DocumentForm<V, Partner>
      {...rest}
      draftKey={`partner.${partner.id}.${name}`}
      no={partner.no}
      version={partner.version}
      stateNow={t(`states.partner.${partner.state}`)}
      doneText={({ no }) => t('partners.saved', { no })}
    />
  );
}
