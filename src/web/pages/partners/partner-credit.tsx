/** Credit of a partner: limit, what is owed, what orders hold, what is left. */
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../session.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Money } from '../../ui/values.tsx';
import type { PartSectionProps } from './partner-page.tsx';

export function PartnerCredit({ partner, open }: PartSectionProps): ReactElement {
  const { t } = useTranslation();
  const can = useCan();
  const { credit } = partner;
  const money = (value: string) => <Money value={value} currency={credit.currency} />;
  const below = credit.availableAmount?.startsWith('-') === true;
  return (
    <Section
      title={t('partners.credit')}
      extra={
        can('partner.credit') && <Button onClick={() => open({ form: 'credit' })}>{t('partners.setCredit')}</Button>
      }
    >
      <Facts
        items={[
          [t('partners.creditLimit'), credit.limitAmount === null ? t('partners.noLimit') : money(credit.limitAmount)],
          [t('partners.balance'), money(credit.balanceAmount)],
          [t('partners.held'), money(credit.heldAmount)],
          [t('partners.exposure'), money(credit.exposureAmount)],
          [
            t('partners.available'),
            credit.availableAmount === null ? (
              t('partners.noLimit')
            ) : (
              <span className={below ? 'qc-overdue' : ''}>{money(credit.availableAmount)}</span>
            ),
          ],
        ]}
      />
      <p className="qc-muted" style={{ marginTop: 8 }}>
        {t('partners.creditExplained')}
      </p>
    </Section>
  );
}
