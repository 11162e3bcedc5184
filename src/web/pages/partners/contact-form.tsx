/** A contact of a partner: who it is and what for. */
import { Form, Input, Select, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CONTACT_DUTIES } from '../../../contract/partner-fields.ts';
import type { Body } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { orNull } from './form-values.ts';
import { LanguageField } from './language-field.tsx';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';
import type { Partner } from './partner-file-values.ts';

export type Contact = Partner['contacts'][number];
export type ContactValues = {
  name: string;
  duties: Contact['duties'];
  phone?: string | undefined;
  email?: string | undefined;
  locale?: Contact['locale'] | undefined;
  isActive: boolean;
};

export const contactValues = (contact: Contact | null): ContactValues => ({
  name: contact?.name ?? '',
  duties: contact?.duties ?? ['buyer'],
  phone: contact?.phone ?? undefined,
  email: contact?.email ?? undefined,
  locale: contact?.locale ?? undefined,
  isActive: contact?.isActive ?? true,
});

export const contactBody = (
  contact: Contact | null,
  { name, duties, phone, email, locale, isActive }: ContactValues,
): Body<'partnerContactSave'> => ({
  ...(contact === null ? {} : { id: contact.id }),
  name: name.trim(),
  duties,
  phone: orNull(phone),
  email: orNull(email),
  locale: locale ?? null,
  isActive,
});

export function ContactForm({
  partner,
  contact,
  onClose,
}: PartnerFormProps & { contact: Contact | null }): ReactElement {
  const { t } = useTranslation();
  const save = useApiAction('partnerContactSave');
  return (
    <PartnerForm<ContactValues>
      partner={partner}
      name={`contact.${contact?.id ?? 'new'}`}
      title={contact === null ? t('partners.addContact') : t('partners.editContact')}
      submitText={t('common.save')}
      initialValues={contactValues(contact)}
      onClose={onClose}
      send={(values, version) =>
        save.run({ params: { partnerId: partner.id }, body: contactBody(contact, values), ifMatch: version })
      }
    >
      <ContactFields />
    </PartnerForm>
  );
}

export function ContactFields(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="name"
        label={t('partners.contactName')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="duties" label={t('partners.duties')}>
        <Select
          mode="multiple"
          options={CONTACT_DUTIES.map((value) => ({ value, label: t(`states.contactDuty.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="phone" label={t('partners.phone')}>
        <Input maxLength={40} inputMode="tel" />
      </Form.Item>
      <Form.Item name="email" label={t('partners.email')}>
        <Input maxLength={254} inputMode="email" />
      </Form.Item>
      <LanguageField label={t('partners.mailLanguage')} hint={t('partners.mailLanguageHint')} />
      <Form.Item name="isActive" label={t('partners.inUse')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}
