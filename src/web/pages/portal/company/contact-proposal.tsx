/** Asking for a new contact, or a change of one; it counts once sales have looked at it. */
import { Alert } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import {
  type Contact,
  ContactFields,
  type ContactValues,
  contactBody,
  contactValues,
} from '../../partners/contact-form.tsx';
import { PartnerForm, type PartnerFormProps } from '../../partners/partner-form.tsx';

export function ContactProposal({
  partner,
  contact,
  onClose,
}: PartnerFormProps & { contact: Contact | null }): ReactElement {
  const { t } = useTranslation();
  const propose = useApiAction('partnerChangePropose');
  return (
    <PartnerForm<ContactValues>
      partner={partner}
      name={`propose.contact.${contact?.id ?? 'new'}`}
      title={contact === null ? t('partners.addContact') : t('partners.editContact')}
      submitText={t('portal.companyPropose')}
      initialValues={contactValues(contact)}
      onClose={onClose}
      send={(values, version) =>
        propose.run({
          params: { partnerId: partner.id },
          body: { contacts: [contactBody(contact, values)] },
          ifMatch: version,
        })
      }
    >
      <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('portal.companyReviewedBySales')} />
      <ContactFields />
    </PartnerForm>
  );
}
