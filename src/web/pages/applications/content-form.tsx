/** What a company tells of itself when it applies: for the first time, or to complete it. */
import { Alert, Button, Checkbox, Form, Input } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Body } from '../../api/client.ts';
import { type ApiProblem, isProblem } from '../../api/problem.ts';
import { useDraft } from '../../lib/draft.ts';
import { markFields } from '../../ui/form-drawer.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RegionField } from '../../ui/region-field.tsx';
import { orNull } from '../partners/form-values.ts';

export type Content = Body<'applicationSubmit'>['content'];
type Text = string | undefined;
const TEXTS = [
  'nameEn',
  'uscc',
  'usccOverrideReason',
  'invoiceTitle',
  'taxNo',
  'bankName',
  'bankAccount',
  'invoiceAddress',
  'invoicePhone',
  'message',
] as const;
type Values = {
  content: { [K in (typeof TEXTS)[number]]?: Text } & {
    name: string;
    country: string;
    contact: { name: string; phone: string; email: string };
    address: { regionCode?: Text; regionText?: Text; detail: string };
  };
  privacyAgreed: boolean;
};

const EMPTY: Values = {
  content: {
    name: '',
    country: 'CN',
    contact: { name: '', phone: '', email: '' },
    address: { detail: '' },
  },
  privacyAgreed: false,
};

function valuesOf(content: Content | null): Values {
  if (content === null) return EMPTY;
  const texts: { [K in (typeof TEXTS)[number]]?: Text } = {};
  for (const name of TEXTS) texts[name] = content[name] ?? undefined;
  const { regionCode, regionText, detail } = content.address;
  return {
    content: {
      ...texts,
      name: content.name,
      country: content.country ?? 'CN',
      contact: content.contact,
      address: { regionCode: regionCode ?? undefined, regionText: regionText ?? undefined, detail },
    },
    privacyAgreed: true,
  };
}

function bodyOf({ content }: Values): Content {
  const texts: { [K in (typeof TEXTS)[number]]?: string | null } = {};
  for (const name of TEXTS) texts[name] = orNull(content[name]);
  const { contact, address } = content;
  const regionCode = orNull(address.regionCode);
  return {
    ...texts,
    name: content.name.trim(),
    country: content.country.trim().toUpperCase(),
    regionCode,
    contact: { name: contact.name.trim(), phone: contact.phone.trim(), email: contact.email.trim() },
    address: {
      regionCode,
      regionText: regionCode === null ? orNull(address.regionText) : null,
      detail: address.detail.trim(),
    },
  };
}

export function ContentForm({
  content,
  draftKey,
  submitText,
  send,
}: {
  /** null: the first time. */
  content: Content | null;
  draftKey: string;
  submitText: string;
  send: (content: Content) => Promise<unknown>;
}): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const draft = useDraft<Values>(draftKey, valuesOf(content));
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const [badCode, setBadCode] = useState((content?.usccOverrideReason ?? null) !== null);
  const submit = async (values: Values) => {
    setBusy(true);
    setProblem(null);
    try {
      await send(bodyOf(values));
      draft.clear();
    } catch (error) {
      if (!isProblem(error)) throw error;
      if (error.errors.some(({ code }) => code === 'partner.uscc_invalid')) setBadCode(true);
      setProblem(error);
      markFields(form, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className="qc-stack"
      initialValues={draft.value}
      onValuesChange={(_, all: Values) => draft.set(all)}
      onFinish={(values) => void submit(values)}
      disabled={busy}
    >
      {draft.restored && <Alert type="info" showIcon title={t('common.draftRestored')} />}
      <ProblemAlert problem={problem} />
      <Company badCode={badCode} />
      <People />
      <Invoicing />
      {content === null && (
        <Form.Item
          name="privacyAgreed"
          valuePropName="checked"
          rules={[
            {
              validator: (_, value: unknown) =>
                value === true ? Promise.resolve() : Promise.reject(new Error(t('applications.privacyMissing'))),
            },
          ]}
        >
          <Checkbox>{t('applications.privacy')}</Checkbox>
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {submitText}
      </Button>
    </Form>
  );
}

function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }): ReactElement {
  return (
    <section className="qc-card" aria-label={title}>
      <h2 style={{ fontSize: 16, marginBottom: 12 }}>{title}</h2>
      {hint !== undefined && (
        <p className="qc-muted" style={{ marginBottom: 12 }}>
          {hint}
        </p>
      )}
      {children}
    </section>
  );
}

function useMust() {
  const { t } = useTranslation();
  return [{ required: true, whitespace: true, message: t('common.required') }];
}

function Company({ badCode }: { badCode: boolean }): ReactElement {
  const { t } = useTranslation();
  const must = useMust();
  const country: unknown = Form.useWatch(['content', 'country']);
  const chinese = country === undefined || country === 'CN';
  return (
    <Group title={t('applications.company')}>
      <Form.Item name={['content', 'name']} label={t('applications.name')} rules={must}>
        <Input maxLength={200} autoComplete="organization" />
      </Form.Item>
      <Form.Item name={['content', 'nameEn']} label={t('partners.nameEn')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name={['content', 'country']}
        label={t('partners.country')}
        extra={t('partners.countryHint')}
        rules={must}
      >
        <Input maxLength={2} autoComplete="country" />
      </Form.Item>
      <Form.Item
        name={['content', 'uscc']}
        label={chinese ? t('partners.uscc') : t('applications.registrationNo')}
        rules={chinese ? must : []}
      >
        <Input maxLength={18} autoComplete="off" spellCheck={false} />
      </Form.Item>
      {badCode && (
        <Form.Item
          name={['content', 'usccOverrideReason']}
          label={t('partners.usccOverrideReason')}
          extra={t('partners.usccOverrideHint')}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      )}
      {chinese ? (
        <Form.Item name={['content', 'address', 'regionCode']} label={t('partners.region')} rules={must}>
          <RegionField />
        </Form.Item>
      ) : (
        <Form.Item name={['content', 'address', 'regionText']} label={t('partners.regionText')}>
          <Input maxLength={120} />
        </Form.Item>
      )}
      <Form.Item
        name={['content', 'address', 'detail']}
        label={t('applications.address')}
        extra={t('applications.addressHint')}
        rules={must}
      >
        <Input maxLength={300} autoComplete="street-address" />
      </Form.Item>
    </Group>
  );
}

function People(): ReactElement {
  const { t } = useTranslation();
  const must = useMust();
  return (
    <Group title={t('applications.contact')} hint={t('applications.contactHint')}>
      <Form.Item name={['content', 'contact', 'name']} label={t('partners.contactName')} rules={must}>
        <Input maxLength={100} autoComplete="name" />
      </Form.Item>
      <Form.Item name={['content', 'contact', 'phone']} label={t('partners.phone')} rules={must}>
        <Input maxLength={40} inputMode="tel" autoComplete="tel" />
      </Form.Item>
      <Form.Item name={['content', 'contact', 'email']} label={t('partners.email')} rules={must}>
        <Input maxLength={254} inputMode="email" autoComplete="email" autoCapitalize="none" />
      </Form.Item>
      <Form.Item name={['content', 'message']} label={t('applications.message')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </Group>
  );
}

function Invoicing(): ReactElement {
  const { t } = useTranslation();
  const field = (name: (typeof TEXTS)[number], label: string, maxLength: number) => (
    <Form.Item name={['content', name]} label={label}>
      <Input maxLength={maxLength} autoComplete="off" />
    </Form.Item>
  );
  return (
    <Group title={t('partners.invoicing')} hint={t('applications.invoicingHint')}>
      {field('invoiceTitle', t('partners.invoiceTitle'), 200)}
      {field('taxNo', t('partners.taxNo'), 30)}
      {field('bankName', t('partners.bankName'), 200)}
      {field('bankAccount', t('partners.bankAccount'), 60)}
      {field('invoiceAddress', t('partners.invoiceAddress'), 300)}
      {field('invoicePhone', t('partners.invoicePhone'), 60)}
    </Group>
  );
}
