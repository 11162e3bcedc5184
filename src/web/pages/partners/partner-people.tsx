/** Contacts and delivery addresses of a partner. */
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../session.tsx';
import { Section } from '../../ui/page.tsx';
import type { PartSectionProps } from './partner-page.tsx';
import { PlainTable } from './plain-table.tsx';

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
  const may = useCan()('partner.write');
  return (
    <Section
      title={t('partners.contacts')}
      extra={may && <Button onClick={() => open({ form: 'contact', id: null })}>{t('partners.addContact')}</Button>}
    >
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
          ...(may
            ? [
                {
                  key: 'edit',
                  title: t('common.actions'),
                  render: ({ id }: (typeof partner.contacts)[number]) => (
                    <Button size="small" onClick={() => open({ form: 'contact', id })}>
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
