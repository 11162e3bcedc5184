/** A cooperation agreement: its period, payment term, reply period and whether silence accepts. */
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useClearable } from '../../ui/clearable.tsx';
import { useApiAction } from '../../api/hooks.ts';
import { useSession } from '../../session.tsx';
import { DateField, RemoteSelect } from '../../ui/fields.tsx';
import { FileField, type Uploaded } from './file-field.tsx';
import { orNull } from './form-values.ts';
import { findPriceLists } from './lookups.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';
import { PaymentTermFields, type TermValues, termOf } from './payment-term-fields.tsx';

type Values = {
  no?: string | undefined;
  validFrom?: string | undefined;
  validTo?: string | undefined;
  silenceAccepts: boolean;
  paymentTerm: TermValues;
  replyDays?: number | null | undefined;
  note?: string | undefined;
  ourParty?: string | undefined;
  theirParty?: string | undefined;
  signedOn?: string | undefined;
  priceListId?: string | undefined;
  paper?: Uploaded | undefined;
  replacesId?: string | undefined;
};

export function AgreementForm({ partner, onClose }: PartnerFormProps): ReactElement {
  const { t } = useTranslation();
  const clearable = useClearable();
  const create = useApiAction('agreementCreate');
  const { company } = useSession();
  // The one in force is what a new version mostly takes the place of.
  const current = partner.agreements.find(({ inForce }) => inForce);
  const list = current?.priceList ?? partner.priceList;
  const must = [{ required: true, message: t('common.required') }];
  return (
    <PartnerForm<Values>
      partner={partner}
      name="agreement"
      title={t('partners.addAgreement')}
      submitText={t('common.save')}
      initialValues={{
        silenceAccepts: current?.silenceAccepts ?? false,
        paymentTerm: current?.paymentTerm ?? partner.paymentTerm,
        replyDays: current?.replyDays ?? partner.replyDays,
        theirParty: current?.theirParty ?? partner.name,
        ourParty: current?.ourParty ?? company.name,
        priceListId: current?.priceList?.id ?? partner.priceList?.id,
        replacesId: current?.id,
      }}
      onClose={onClose}
      send={(values, version) => {
        const no = orNull(values.no);
        const note = orNull(values.note);
        return create.run({
          params: { partnerId: partner.id },
          body: {
            ...(no === null ? {} : { no }),
            validFrom: values.validFrom ?? '',
            validTo: values.validTo ?? '',
            silenceAccepts: values.silenceAccepts,
            paymentTerm: termOf(values.paymentTerm),
            replyDays: values.replyDays ?? null,
            note,
            ourParty: orNull(values.ourParty),
            theirParty: orNull(values.theirParty),
            signedOn: orNull(values.signedOn),
            priceListId: orNull(values.priceListId),
            attachmentId: values.paper?.id ?? null,
            ...(orNull(values.replacesId) === null ? {} : { replacesId: values.replacesId }),
          },
          ifMatch: version,
        });
      }}
    >
      <Form.Item name="no" label={t('partners.agreementNo')} extra={t('partners.noHint')}>
        <Input maxLength={40} />
      </Form.Item>
      {partner.agreements.length > 0 && (
        <Form.Item
          name="replacesId"
          label={t('partners.agreementReplaces')}
          extra={t('partners.agreementReplacesHint')}
        >
          <Select
            allowClear={clearable}
            options={partner.agreements.map(({ id, no, validFrom, validTo }) => ({
              value: id,
              label: `${no} (${validFrom} – ${validTo})`,
            }))}
          />
        </Form.Item>
      )}
      <Form.Item name="ourParty" label={t('partners.ourParty')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="theirParty" label={t('partners.theirParty')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="signedOn" label={t('partners.signedOn')}>
        <DateField />
      </Form.Item>
      <Form.Item name="paper" label={t('partners.signedPaper')} extra={t('partners.documentFileHint')}>
        <FileField partnerId={partner.id} />
      </Form.Item>
      <Form.Item name="priceListId" label={t('partners.priceList')} extra={t('partners.agreementPriceHint')}>
        <RemoteSelect
          search={findPriceLists}
          {...(list === null ? {} : { initial: { value: list.id, label: list.name } })}
        />
      </Form.Item>
      <Form.Item name="validFrom" label={t('partners.validFrom')} rules={must}>
        <DateField />
      </Form.Item>
      <Form.Item name="validTo" label={t('partners.validTo')} rules={must}>
        <DateField />
      </Form.Item>
      <PaymentTermFields />
      <Form.Item name="replyDays" label={t('partners.replyDays')} extra={t('partners.replyDaysHint')}>
        <InputNumber min={1} max={60} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="silenceAccepts"
        label={t('partners.silenceAccepts')}
        extra={t('partners.silenceHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item name="note" label={t('partners.note')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </PartnerForm>
  );
}
