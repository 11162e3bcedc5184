/** Contacts and delivery addresses of a partner. */
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { Contact } from './contact-form.tsx';
import type { PartSectionProps } from './partner-page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { useTell } from '../../ui/tell.tsx';

export function PartnerPeople(parts: PartSectionProps): ReactElement {
  return (
    <>
      <Contacts {...parts} />
      <Addresses {...parts} />
    </>
  );
}

function NotInUse({ isActive }: { isActive: boolean }): ReactElement | null {
  const { t } = useTranslation();
  return isActive ? null : <Tag>{t('partners.notInUse')}</Tag>;
}

function Contacts({ partner, open }: PartSectionProps): ReactElement {
  const { t } = useTranslation();
  const { modal } = useTell();
  const may = useCan()('partner.write');
  const erase = useApiAction('partnerContactErase');
  const askErase = ({ id, name }: Contact) =>
    void modal.confirm({
      title: t('partners.eraseSure', { name }),
      content: t('partners.eraseHint'),
      okText: t('partners.eraseContact'),
      cancelText: t('common.cancel'),
      okButtonProps: { danger: true },
      onOk: () => erase.attempt({ params: { partnerId: partner.id, contactId: id }, ifMatch: partner.version }),
    });
  return (
    <Section
      title={t('partners.contacts')}
      extra={may && <Button onClick={() => open({ form: 'contact', id: null })}>{t('partners.addContact')}</Button>}
    >
      <ProblemAlert problem={erase.problem} onClose={erase.clear} />
      <PlainTable
        rows={partner.contacts}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('partners.contactName'),
            render: ({ name, isActive }) => (
              <>
                {name} <NotInUse isActive={isActive} />
              </>
            ),
          },
          {
            key: 'duties',
            title: t('partners.duties'),
            render: ({ duties }) =>
              duties.map((duty) => t(`states.contactDuty.${duty}`)).join(t('common.listSeparator')),
          },
          { key: 'phone', title: t('partners.phone'), render: ({ phone }) => <span className="qc-num">{phone}</span> },
          { key: 'email', title: t('partners.email'), render: ({ email }) => email },
          {
            key: 'locale',
            title: t('partners.mailLanguage'),
            render: ({ locale }) => locale !== null && t(`states.locale.${locale}`),
          },
          ...(may
            ? [
                {
                  key: 'edit',
                  title: t('common.actions'),
                  render: (contact: Contact) =>
                    contact.erasedAt === null && (
                      <div className="qc-row">
                        <Button size="small" onClick={() => open({ form: 'contact', id: contact.id })}>
                          {t('partners.change')}
                        </Button>
                        <Button size="small" danger onClick={() => askErase(contact)}>
                          {t('partners.eraseContact')}
                        </Button>
                      </div>
                    ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Addresses({ partner, open }: PartSectionProps): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('partner.maintain');
  return (
    <Section
      title={t('partners.addresses')}
      extra={may && <Button onClick={() => open({ form: 'address', id: null })}>{t('partners.addAddress')}</Button>}
    >
      <PlainTable
        rows={partner.addresses}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'label',
            title: t('partners.addressLabel'),
            render: ({ label, isDefault, isActive }) => (
              <>
                {label} {isDefault && <Tag color="processing">{t('partners.isDefault')}</Tag>}{' '}
                <NotInUse isActive={isActive} />
              </>
            ),
          },
          {
            key: 'address',
            title: t('partners.addressDetail'),
            render: ({ regionText, detail }) => [regionText, detail].filter(Boolean).join(' '),
          },
          { key: 'receiver', title: t('partners.receiver'), render: ({ receiver }) => receiver },
          { key: 'phone', title: t('partners.phone'), render: ({ phone }) => <span className="qc-num">{phone}</span> },
          ...(may
            ? [
                {
                  key: 'edit',
                  title: t('common.actions'),
                  render: ({ id }: (typeof partner.addresses)[number]) => (
                    <Button size="small" onClick={() => open({ form: 'address', id })}>
                      {t('partners.change')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}
