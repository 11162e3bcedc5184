/** What a partner file says, how complete it is, and who may be the same company. */
import { Button, Progress, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../session.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { BizDate, DateTime } from '../../ui/values.tsx';
import { PossibleDuplicates } from './possible-duplicates.tsx';
import { useTermText } from '../orders/term-text.ts';
import type { Partner } from './partner-file-values.ts';
import type { PartnerStep, PartSectionProps } from './partner-page.tsx';
import { PersonName } from '../../ui/person-names.tsx';

type Missing = PartSectionProps['partner']['completeness']['missing'][number];

export function PartnerData({ partner, open }: PartSectionProps): ReactElement {
  const { t } = useTranslation();
  const termText = useTermText();
  const code = (value: string | null) => value !== null && <span className="qc-num">{value}</span>;
  return (
    <>
      <PossibleDuplicates of={partner.possibleDuplicates} />
      <Completeness partner={partner} open={open} />
      <Section title={t('partners.basics')}>
        <Facts
          items={[
            [t('partners.name'), partner.name],
            [t('partners.nameEn'), partner.nameEn],
            [t('partners.shortName'), partner.shortName],
            [t('partners.uscc'), code(partner.uscc)],
            ...(partner.usccOverrideReason === null
              ? []
              : [[t('partners.usccOverrideReason'), partner.usccOverrideReason] as const]),
            [t('partners.region'), [partner.regionText, partner.territory].filter(Boolean).join(' · ')],
            [t('partners.country'), partner.country],
            [t('partners.mailLanguage'), partner.locale !== null && t(`states.locale.${partner.locale}`)],
            [t('partners.level'), partner.level],
            [t('partners.salesOwner'), <PersonName key="owner" name={partner.salesOwner?.name} />],
            [t('partners.deputyOwner'), partner.deputyOwner?.name],
            [t('partners.sourceRef'), partner.sourceRef],
            [
              t('partners.obtainedOn'),
              partner.obtainedOn !== null && (
                <span key="on">
                  <BizDate value={partner.obtainedOn} />{' '}
                  {partner.enteredLate && <Tag color="warning">{t('partners.enteredLate')}</Tag>}
                </span>
              ),
            ],
            [
              t('partners.confirmedOn'),
              <Confirmed key="confirmed" partner={partner} onConfirm={() => open({ form: 'confirm' })} />,
            ],
            [t('partners.updatedAt'), <DateTime key="at" value={partner.updatedAt} />],
          ]}
        />
      </Section>
      <Section title={t('partners.trade')}>
        <Facts
          items={[
            [t('partners.currency'), partner.currency],
            [
              t('partners.priceList'),
              partner.priceList !== null && (
                <PathLink to={`/price-lists/${partner.priceList.id}`}>{partner.priceList.name}</PathLink>
              ),
            ],
            [t('partners.paymentMethod'), t(`states.paymentMethod.${partner.paymentMethod}`)],
            [t('partners.paymentTerm'), termText(partner.paymentTerm)],
            [
              t('partners.replyDays'),
              partner.replyDays === null
                ? t('partners.byPolicy')
                : t('partners.workDays', { count: partner.replyDays }),
            ],
          ]}
        />
      </Section>
      <Section title={t('partners.invoicing')}>
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
    </>
  );
}

/** When the partner last said that the file is right, and when it has to say so again. */
function Confirmed({ partner, onConfirm }: { partner: Partner; onConfirm: () => void }): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('partner.confirm') && partner.state !== 'merged' && partner.state !== 'terminated';
  return (
    <span className="qc-row">
      {partner.confirmedOn === null ? t('partners.neverConfirmed') : <BizDate value={partner.confirmedOn} />}
      <span className="qc-muted">
        {t('partners.confirmAgain')} <BizDate value={partner.confirmDueOn} />
      </span>
      {may && (
        <Button size="small" onClick={onConfirm}>
          {t('partners.confirmFile')}
        </Button>
      )}
    </span>
  );
}

/** The form in which a missing part is filled in. */
function stepFor(missing: Missing): PartnerStep {
  switch (missing) {
    case 'contact':
    case 'contactBuyer':
    case 'contactFinance':
      return { form: 'contact', id: null };
    case 'address':
      return { form: 'address', id: null };
    case 'agreement':
      return { form: 'agreement' };
    case 'creditLimit':
      return { form: 'credit' };
    default:
      return { form: 'file' };
  }
}

function Completeness({ partner, open }: PartSectionProps): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const { score, missing } = partner.completeness;
  const may = (field: Missing) => can(field === 'creditLimit' ? 'partner.credit' : 'partner.write');
  return (
    <Section title={t('partners.completeness')}>
      <Progress percent={score} aria-label={t('partners.completeness')} />
      {missing.length > 0 && (
        <div className="qc-row" style={{ marginTop: 8 }}>
          <span className="qc-muted">{t('partners.missing')}</span>
          {missing.map((field) =>
            may(field) ? (
              <Button key={field} size="small" onClick={() => open(stepFor(field))}>
                {t(`states.completeness.${field}`)}
              </Button>
            ) : (
              <span key={field}>{t(`states.completeness.${field}`)}</span>
            ),
          )}
        </div>
      )}
    </Section>
  );
}
