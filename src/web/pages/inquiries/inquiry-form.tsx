/** The form of a step of an inquiry. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentForm } from '../orders/document-form.tsx';
import type { Inquiry } from './inquiry-page.tsx';

export type InquiryFormProps = { inquiry: Inquiry; onClose: () => void };

export function InquiryForm<V extends object>({
  inquiry,
  name,
  ...rest
}: {
  inquiry: Inquiry;
  name: string;
  title: string;
  initialValues: V;
  send: (values: V, version: number) => Promise<Inquiry>;
  onClose: () => void;
  danger?: boolean;
  width?: number;
  labelOf?: (field: string) => string | null;
  children: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <DocumentForm<V, Inquiry>
      {...rest}
      draftKey={`inquiry.${inquiry.id}.${name}`}
      no={inquiry.no}
      version={inquiry.version}
      stateNow={t(`states.inquiry.${inquiry.state}`)}
      doneText={({ state }) => t('inquiries.nowIn', { state: t(`states.inquiry.${state}`) })}
    />
  );
}
