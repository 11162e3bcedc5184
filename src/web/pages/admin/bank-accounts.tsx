/** Accounts that partners pay into. */
import { Form, Input, Switch } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { DocumentForm } from '../orders/document-form.tsx';
import { CompanyList } from './company-list.tsx';

type BankAccount = Answer<'bankAccountList'>['items'][number];

export function BankAccounts({ currency }: { currency: string }): ReactElement {
  const { t } = useTranslation();
  const query = useApiQuery('bankAccountList', { query: {} });
  return (
    <CompanyList<BankAccount>
      title={t('admin.bankAccounts')}
      hint={t('admin.bankAccountsHint')}
      addText={t('admin.addBankAccount')}
      query={query}
      columns={[
        { key: 'bankName', title: t('admin.bankName'), render: ({ bankName }) => bankName },
        {
          key: 'accountNo',
          title: t('admin.bankAccount'),
          render: ({ accountNo }) => <span className="qc-num">{accountNo}</span>,
        },
        { key: 'currency', title: t('admin.accountCurrency'), render: ({ currency: of }) => of },
      ]}
      form={(account, onClose) => <BankAccountForm account={account} currency={currency} onClose={onClose} />}
    />
  );
}

type Values = { bankName: string; accountNo: string; currency: string; isActive: boolean };
type BankAccountFormProps = { account: BankAccount | null; currency: string; onClose: () => void };

function BankAccountForm({ account, currency, onClose }: BankAccountFormProps): ReactElement {
  const { t } = useTranslation();
  const create = useApiAction('bankAccountCreate');
  const update = useApiAction('bankAccountUpdate');
  const must = [{ required: true, whitespace: true, message: t('common.required') }];
  const send = (values: Values, version: number): Promise<BankAccount> => {
    const body = {
      bankName: values.bankName.trim(),
      accountNo: values.accountNo.trim(),
      currency: values.currency.trim().toUpperCase(),
      isActive: values.isActive,
    };
    return account === null
      ? create.run({ body })
      : update.run({ params: { bankAccountId: account.id }, body, ifMatch: version });
  };
  return (
    <DocumentForm<Values, BankAccount>
      draftKey={`bank-account.${account?.id ?? 'new'}`}
      no={account?.accountNo ?? ''}
      version={account?.version ?? 0}
      stateNow={account?.isActive === false ? t('admin.notInUse') : t('admin.inUse')}
      title={account === null ? t('admin.addBankAccount') : t('admin.editBankAccount')}
      submitText={t('common.save')}
      initialValues={{
        bankName: account?.bankName ?? '',
        accountNo: account?.accountNo ?? '',
        currency: account?.currency ?? currency,
        isActive: account?.isActive ?? true,
      }}
      send={send}
      doneText={() => t('admin.saved')}
      onClose={onClose}
    >
      <Form.Item name="bankName" label={t('admin.bankName')} rules={must}>
        <Input maxLength={200} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="accountNo" label={t('admin.bankAccount')} rules={must}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="currency" label={t('admin.accountCurrency')} rules={must}>
        <Input maxLength={3} />
      </Form.Item>
      <Form.Item name="isActive" label={t('admin.inUse')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </DocumentForm>
  );
}
