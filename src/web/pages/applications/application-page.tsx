/** One application: what was typed, who may be the same company, and the decision of sales. */
import { useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts, Loaded, Page, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { DateTime, Deadline } from '../../ui/values.tsx';
import { type Secret, ShownOnce } from '../admin/shown-once.tsx';
import { useNames } from '../orders/names.ts';
import { PossibleDuplicates } from '../partners/possible-duplicates.tsx';
import { AcceptForm } from './accept-form.tsx';
import { WordsForm } from './words-form.tsx';
import { PersonName } from '../../ui/person-names.tsx';

export type Application = Answer<'applicationGet'>;

export default function ApplicationPage(): ReactElement {
  const { applicationId } = useParams({ from: '/inside/workbench/applications/$applicationId' });
  const application = useApiQuery('applicationGet', { params: { applicationId } });
  return <Loaded query={application}>{(data) => <Shown application={data} />}</Loaded>;
}

function Shown({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation();
  const [form, open] = useState<'accept' | 'askBack' | 'refuse' | null>(null);
  const [secret, setSecret] = useState<Secret | null>(null);
  const reopen = useApiAction('applicationReopen');
  const close = () => open(null);
  const params = { applicationId: application.id };
  return (
    <Page
      title={application.name ?? application.no}
      crumbs={[{ title: t('common.menu.applications'), to: '/applications' }]}
      extra={
        <>
          <span className="qc-muted qc-num">{application.no}</span>
          <StateTag of="application" state={application.state} />
        </>
      }
      actions={
        <ActionBar
          document="application"
          actions={application.allowedActions}
          run={{
            accept: () => open('accept'),
            askBack: () => open('askBack'),
            refuse: { run: () => open('refuse'), danger: true },
            reopen: () => reopen.run({ params, ifMatch: application.version }),
          }}
        />
      }
    >
      <ProblemAlert problem={reopen.problem} onClose={reopen.clear} />
      <PossibleDuplicates of={application.possibleDuplicates} />
      <Course application={application} />
      <Typed application={application} />
      {form === 'accept' && <AcceptForm application={application} onClose={close} onSecret={setSecret} />}
      {(form === 'askBack' || form === 'refuse') && (
        <WordsForm application={application} action={form} onClose={close} />
      )}
      {secret !== null && <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}

/** Where it stands: since when, until when, what was asked or decided, and what became of it. */
function Course({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const { partner } = application;
  return (
    <Section title={t('applications.course')}>
      <Facts
        items={[
          [t('applications.submittedAt'), <DateTime key="s" value={application.submittedAt} />],
          [t('orders.due'), application.dueAt !== null && <Deadline key="d" value={application.dueAt} />],
          ...(application.question === null ? [] : [[t('applications.question'), application.question] as const]),
          ...(application.reason === null ? [] : [[t('applications.reason'), application.reason] as const]),
          ...(application.decidedBy === null
            ? []
            : [
                [
                  t('applications.decidedBy'),
                  <PersonName key="decidedBy" name={application.decidedBy.name} />,
                ] as const,
              ]),
          ...(partner === null
            ? []
            : [
                [
                  t('applications.becamePartner'),
                  <PathLink key="p" to={`/partners/${partner.id}`}>
                    {partner.no} {names.partner(partner)}
                  </PathLink>,
                ] as const,
              ]),
        ]}
      />
    </Section>
  );
}

function Typed({ application }: { application: Application }): ReactElement {
  const { t } = useTranslation();
  const { content } = application;
  if (content === null) return <Alert type="info" showIcon title={t('applications.erasedHint')} />;
  const code = (value: string | null | undefined) => <span className="qc-num">{value ?? '–'}</span>;
  return (
    <>
      <Section title={t('applications.company')}>
        <Facts
          items={[
            [t('applications.name'), content.name],
            [t('partners.nameEn'), content.nameEn],
            [t('partners.uscc'), code(content.uscc)],
            ...((content.usccOverrideReason ?? null) === null
              ? []
              : [[t('partners.usccOverrideReason'), content.usccOverrideReason] as const]),
            [t('partners.country'), content.country],
            [t('partners.region'), application.regionText],
            [t('applications.address'), application.addressText],
            [t('applications.message'), content.message],
          ]}
        />
      </Section>
      <Section title={t('applications.contact')}>
        <Facts
          items={[
            [t('partners.contactName'), content.contact.name],
            [t('partners.phone'), code(content.contact.phone)],
            [t('partners.email'), content.contact.email],
          ]}
        />
      </Section>
      <Section title={t('partners.invoicing')}>
        <Facts
          items={[
            [t('partners.invoiceTitle'), content.invoiceTitle],
            [t('partners.taxNo'), code(content.taxNo)],
            [t('partners.bankName'), content.bankName],
            [t('partners.bankAccount'), code(content.bankAccount)],
            [t('partners.invoiceAddress'), content.invoiceAddress],
            [t('partners.invoicePhone'), code(content.invoicePhone)],
          ]}
        />
      </Section>
    </>
  );
}
