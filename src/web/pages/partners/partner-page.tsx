/** A partner file 渠道檔案: data, completeness, contacts, addresses, agreements, credit, own item codes, changes, conversation. */
import { useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Loaded, Page } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNames } from '../orders/names.ts';
import { Conversation } from '../tasks/conversation.tsx';
import { AddressForm } from './address-form.tsx';
import { AgreementEndForm } from './agreement-end-form.tsx';
import { AgreementForm } from './agreement-form.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import { ContactForm } from './contact-form.tsx';
import { CreditForm } from './credit-form.tsx';
import { ItemCodeForm } from './item-code-form.tsx';
import { MergeForm } from './merge-form.tsx';
import { PartnerAgreements } from './partner-agreements.tsx';
import { PendingChanges } from './partner-changes.tsx';
import { PartnerCredit } from './partner-credit.tsx';
import { PartnerData } from './partner-data.tsx';
import { PartnerFigures } from './partner-figures.tsx';
import { PartnerDocuments } from './partner-documents.tsx';
import { PartnerFileForm } from './partner-file-form.tsx';
import type { Partner } from './partner-file-values.ts';
import { PartnerHistory } from './partner-history.tsx';
import { PartnerItems } from './partner-items.tsx';
import { PartnerTerms } from './partner-terms.tsx';
import { PartnerPeople } from './partner-people.tsx';
import { PartnerRange } from './partner-range.tsx';
import { PartnerReasonForm } from './partner-reason-form.tsx';
import { PartnerWarehouses } from './partner-warehouses.tsx';
import { SearchTabs } from './search-tabs.tsx';

/** Which form is open. */
export type PartnerStep =
  | { form: 'file' | 'agreement' | 'credit' | 'item' | 'suspend' | 'terminate' | 'merge' | 'confirm' }
  | { form: 'contact' | 'address'; id: string | null }
  | { form: 'agreementEnd'; id: string };
export type PartSectionProps = { partner: Partner; open: (step: PartnerStep) => void };

export default function PartnerPage(): ReactElement {
  const { partnerId } = useParams({ from: '/inside/workbench/partners/$partnerId' });
  const partner = useApiQuery('partnerGet', { params: { partnerId } });
  return <Loaded query={partner}>{(data) => <PartnerDocument partner={data} />}</Loaded>;
}

function PartnerDocument({ partner }: { partner: Partner }): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const names = useNames();
  const [step, open] = useState<PartnerStep | null>(null);
  const activate = useApiAction('partnerActivate');
  const params = { partnerId: partner.id };
  const parts = { partner, open };
  return (
    <Page
      title={names.partner(partner)}
      crumbs={[{ title: t('common.menu.partners'), to: '/partners' }]}
      extra={
        <>
          <span className="qc-muted qc-num">{partner.no}</span>
          <StateTag of="partner" state={partner.state} />
        </>
      }
      actions={
        <ActionBar
          document="partner"
          actions={partner.allowedActions}
          run={{
            activate: () => activate.run({ params, ifMatch: partner.version }),
            suspend: { run: () => open({ form: 'suspend' }), danger: true },
            terminate: { run: () => open({ form: 'terminate' }), danger: true },
            merge: { run: () => open({ form: 'merge' }), danger: true },
          }}
        >
          {can('partner.write') && partner.mergedInto === null && (
            <Button onClick={() => open({ form: 'file' })}>{t('partners.edit')}</Button>
          )}
          {can('order.read') && <PathLink to={`/orders?partnerId=${partner.id}`}>{t('partners.orders')}</PathLink>}
          {can('payment.read') && <PathLink to={`/receivables/${partner.id}`}>{t('common.menu.receivables')}</PathLink>}
        </ActionBar>
      }
    >
      <ProblemAlert problem={activate.problem} onClose={activate.clear} />
      {partner.mergedInto !== null && (
        <Alert
          type="info"
          showIcon
          title={t('partners.mergedInto')}
          description={
            <PathLink to={`/partners/${partner.mergedInto.id}`}>
              {partner.mergedInto.no} {names.partner(partner.mergedInto)}
            </PathLink>
          }
        />
      )}
      <PendingChanges partner={partner} />
      <SearchTabs
        tabs={[
          {
            key: 'file',
            label: t('partners.file'),
            children: (
              <div className="qc-stack">
                <PartnerData {...parts} />
                <PartnerCredit {...parts} />
                <PartnerAgreements {...parts} />
                <PartnerDocuments partner={partner} />
                <PartnerRange partner={partner} />
                <PartnerPeople {...parts} />
                {can('stock.read') && <PartnerWarehouses partner={partner} />}
              </div>
            ),
          },
          { key: 'items', label: t('partners.itemCodes'), children: <PartnerItems {...parts} /> },
          ...(can('inquiry.handle')
            ? [{ key: 'terms', label: t('partners.terms'), children: <PartnerTerms partner={partner} /> }]
            : []),
          ...(can('order.read')
            ? [{ key: 'figures', label: t('partners.figures'), children: <PartnerFigures partner={partner} /> }]
            : []),
          { key: 'history', label: t('partners.history'), children: <PartnerHistory partner={partner} /> },
          ...(can('order.message')
            ? [
                {
                  key: 'conversation',
                  label: t('partners.conversation'),
                  children: <Conversation documentType="partner" documentId={partner.id} />,
                },
              ]
            : []),
        ]}
      />
      {step !== null && <StepForm partner={partner} step={step} onClose={() => open(null)} />}
    </Page>
  );
}

function StepForm(props: { partner: Partner; step: PartnerStep; onClose: () => void }): ReactElement {
  const { partner, step, onClose } = props;
  const base = { partner, onClose };
  switch (step.form) {
    case 'file':
      return <PartnerFileForm {...base} />;
    case 'agreement':
      return <AgreementForm {...base} />;
    case 'merge':
      return <MergeForm {...base} />;
    case 'confirm':
      return <ConfirmForm {...base} />;
    case 'credit':
      return <CreditForm {...base} />;
    case 'item':
      return <ItemCodeForm {...base} />;
    case 'suspend':
    case 'terminate':
      return <PartnerReasonForm {...base} action={step.form} />;
    case 'contact':
      return <ContactForm {...base} contact={partner.contacts.find(({ id }) => id === step.id) ?? null} />;
    case 'address':
      return <AddressForm {...base} address={partner.addresses.find(({ id }) => id === step.id) ?? null} />;
    case 'agreementEnd':
      return <AgreementEndForm {...base} agreementId={step.id} />;
  }
}
