/** The partner's own file: what is on record, what waits for a review, and saying that it is right. */
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../../api/hooks.ts';
import { useCan, useSession } from '../../../session.tsx';
import { Facts, Loaded, Page, Section } from '../../../ui/page.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { BizDate } from '../../../ui/values.tsx';
import { useTermText } from '../../orders/term-text.ts';
import { AddressForm } from '../../partners/address-form.tsx';
import { PendingChanges } from '../../partners/partner-changes.tsx';
import { PartnerDocuments } from '../../partners/partner-documents.tsx';
import type { Partner } from '../../partners/partner-file-values.ts';
import { ContactProposal } from './contact-proposal.tsx';
import { FileProposal } from './file-proposal.tsx';
import { useTell } from '../../../ui/tell.tsx';

export default function CompanyPage(): ReactElement {
  const { actor } = useSession();
  const partner = useApiQuery('partnerGet', { params: { partnerId: actor.partnerId ?? '' } });
  return <Loaded query={partner}>{(data) => <Company partner={data} />}</Loaded>;
}

type Open = { form: 'company' | 'invoicing' } | { form: 'contact' | 'address'; id: string | null };

function Company({ partner }: { partner: Partner }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Page title={t('common.menu.myCompany')} extra={<span className="qc-muted qc-num">{partner.no}</span>}>
      <Confirmation partner={partner} />
      <PendingChanges partner={partner} />
      <CompanyFacts partner={partner} onEdit={() => setOpen({ form: 'company' })} />
      <InvoicingFacts partner={partner} onEdit={() => setOpen({ form: 'invoicing' })} />
      <Contacts partner={partner} onEdit={(id) => setOpen({ form: 'contact', id })} />
      <Addresses partner={partner} onEdit={(id) => setOpen({ form: 'address', id })} />
      <PartnerDocuments partner={partner} />
      <Agreements partner={partner} />
      {(open?.form === 'company' || open?.form === 'invoicing') && (
        <FileProposal partner={partner} part={open.form} onClose={close} />
      )}
      {open?.form === 'contact' && (
        <ContactProposal
          partner={partner}
          contact={partner.contacts.find(({ id }) => id === open.id) ?? null}
          onClose={close}
        />
      )}
      {open?.form === 'address' && (
        <AddressForm
          partner={partner}
          address={partner.addresses.find(({ id }) => id === open.id) ?? null}
          onClose={close}
        />
      )}
    </Page>
  );
}

/** Once in a policy interval the partner looks through its file and says that it is right. */
function Confirmation({ partner }: { partner: Partner }): ReactElement | null {
  const { t } = useTranslation();
  const { modal } = useTell();
  const may = useCan()('partner.confirm');
  const confirm = useApiAction('partnerConfirm');
  const ask = () =>
    void modal.confirm({
      title: t('portal.companyConfirm'),
      content: t('portal.companyConfirmSure'),
      okText: t('portal.companyConfirm'),
      cancelText: t('common.cancel'),
      onOk: () => confirm.attempt({ params: { partnerId: partner.id }, body: {}, ifMatch: partner.version }),
    });
  return (
    <>
      <ProblemAlert problem={confirm.problem} onClose={confirm.clear} />
      <Alert
        type="info"
        showIcon
        title={
          partner.confirmedOn === null ? (
            t('portal.companyNotConfirmed')
          ) : (
            <>
              {t('portal.companyConfirmed')} <BizDate value={partner.confirmedOn} />
            </>
          )
        }
        description={
          <>
            {t('partners.confirmAgain')} <BizDate value={partner.confirmDueOn} />
          </>
        }
        action={
          may && (
            <Button type="primary" loading={confirm.pending} onClick={ask}>
              {t('portal.companyConfirm')}
            </Button>
          )
        }
      />
    </>
  );
}

function EditButton({ onClick }: { onClick: () => void }): ReactElement | null {
  const { t } = useTranslation();
  return useCan()('partner.propose') ? <Button onClick={onClick}>{t('portal.companyPropose')}</Button> : null;
}

type PartProps = { partner: Partner; onEdit: () => void };

function CompanyFacts({ partner, onEdit }: PartProps): ReactElement {
  const { t } = useTranslation();
  const termText = useTermText();
  return (
    <Section title={t('partners.basics')} extra={<EditButton onClick={onEdit} />}>
      <Facts
        items={[
          [t('partners.name'), partner.name],
          [t('partners.nameEn'), partner.nameEn],
          [t('partners.shortName'), partner.shortName],
          [
            t('partners.uscc'),
            <span key="u" className="qc-num">
              {partner.uscc}
            </span>,
          ],
          [t('partners.region'), partner.regionText],
          [t('partners.salesOwner'), partner.salesOwner?.name],
          [t('partners.paymentTerm'), termText(partner.paymentTerm)],
        ]}
      />
    </Section>
  );
}

function InvoicingFacts({ partner, onEdit }: PartProps): ReactElement {
  const { t } = useTranslation();
  const code = (value: string | null) => value !== null && <span className="qc-num">{value}</span>;
  return (
    <Section title={t('partners.invoicing')} extra={<EditButton onClick={onEdit} />}>
      <Facts
        items={[
          [t('partners.invoiceKind'), t(`states.invoiceKind.${partner.invoiceKind}`)],
          [t('partners.invoiceTitle'), partner.invoiceTitle],
          [t('partners.taxNo'), code(partner.taxNo)],
          [t('partners.bankName'), partner.bankName],
          [t('partners.bankAccount'), code(partner.bankAccount)],
          [t('partners.invoiceAddress'), partner.invoiceAddress],
          [t('partners.invoicePhone'), code(partner.invoicePhone)],
        ]}
      />
    </Section>
  );
}

type ListProps = { partner: Partner; onEdit: (id: string | null) => void };

function Contacts({ partner, onEdit }: ListProps): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('partner.propose');
  return (
    <Section
      title={t('partners.contacts')}
      extra={may && <Button onClick={() => onEdit(null)}>{t('partners.addContact')}</Button>}
    >
      <div className="qc-stack">
        {partner.contacts
          .filter(({ isActive }) => isActive)
          .map(({ id, name, duties, phone, email }) => (
            <div key={id} className="qc-row">
              <span className="qc-grow">
                <strong>{name}</strong>{' '}
                <span className="qc-muted">
                  {duties.map((duty) => t(`states.contactDuty.${duty}`)).join(t('common.listSeparator'))}
                </span>
                <br />
                <span className="qc-num">{phone}</span> {email}
              </span>
              {may && (
                <Button size="small" onClick={() => onEdit(id)}>
                  {t('partners.change')}
                </Button>
              )}
            </div>
          ))}
      </div>
    </Section>
  );
}

function Addresses({ partner, onEdit }: ListProps): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('partner.maintain');
  return (
    <Section
      title={t('partners.addresses')}
      extra={may && <Button onClick={() => onEdit(null)}>{t('partners.addAddress')}</Button>}
    >
      <div className="qc-stack">
        {partner.addresses
          .filter(({ isActive }) => isActive)
          .map(({ id, label, regionText, detail, receiver, phone }) => (
            <div key={id} className="qc-row">
              <span className="qc-grow">
                <strong>{label}</strong>
                <br />
                {[regionText, detail].filter(Boolean).join(' ')}
                <br />
                <span className="qc-muted">
                  {receiver} {phone}
                </span>
              </span>
              {may && (
                <Button size="small" onClick={() => onEdit(id)}>
                  {t('partners.change')}
                </Button>
              )}
            </div>
          ))}
      </div>
    </Section>
  );
}

function Agreements({ partner }: { partner: Partner }): ReactElement | null {
  const { t } = useTranslation();
  const termText = useTermText();
  if (partner.agreements.length === 0) return null;
  return (
    <Section title={t('partners.agreements')}>
      <div className="qc-stack">
        {partner.agreements.map(({ id, no, validFrom, validTo, paymentTerm, silenceAccepts }) => (
          <div key={id}>
            <strong className="qc-num">{no}</strong> <BizDate value={validFrom} /> – <BizDate value={validTo} />
            <br />
            <span className="qc-muted">
              {termText(paymentTerm)}
              {silenceAccepts && t('common.listSeparator') + t('partners.silenceAccepts')}
            </span>
          </div>
        ))}
      </div>
    </Section>
  );
}
