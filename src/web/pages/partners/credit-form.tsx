/** Sets the credit limit; left empty, there is none. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DecimalField } from '../../ui/fields.tsx';
import { orNull } from './form-values.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';

type Values = { limitAmount?: string | undefined; reason?: string | undefined };

export function CreditForm({ partner, onClose }: PartnerFormProps): ReactElement {
  const { t } = useTranslation();
  const set = useApiAction('partnerCreditSet');
  return (
    <PartnerForm<Values>
      partner={partner}
      name="credit"
      title={t('partners.setCredit')}
      submitText={t('common.save')}
      initialValues={{ limitAmount: partner.credit.limitAmount ?? undefined }}
      onClose={onClose}
      send={({ limitAmount, reason }, version) => {
        const told = orNull(reason);
        return set.run({
          params: { partnerId: partner.id },
          body: { limitAmount: orNull(limitAmount), ...(told === null ? {} : { reason: told }) },
          ifMatch: version,
        });
      }}
    >
      <Form.Item name="limitAmount" label={t('partners.creditLimit')} extra={t('partners.creditHint')}>
        <DecimalField suffix={partner.credit.currency} />
      </Form.Item>
      <Form.Item name="reason" label={t('partners.reason')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </PartnerForm>
  );
}
