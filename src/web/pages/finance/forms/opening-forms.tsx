/** Post an opening balance, and take one back. */
import { Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../../api/client.ts';
import { useApiAction } from '../../../api/hooks.ts';
import { DateField, DecimalField, RemoteSelect } from '../../../ui/fields.tsx';
import { FormDrawer } from '../../../ui/form-drawer.tsx';
import { parseDecimal } from '../../../ui/line-editor-model.ts';
import { findPartners } from '../../orders/lookups.ts';
import { useCompanyDay } from '../../shipping/company-time.ts';
import { ReasonField } from './reason-field.tsx';
import { useTell } from '../../../ui/tell.tsx';

type Values = { partnerId?: string; side: 'owes' | 'advance'; amount?: string; postedOn?: string; reference?: string };

export function PostOpeningForm({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const { message } = useTell();
  const day = useCompanyDay();
  const post = useApiAction('openingBalancePost', {
    onDone: ({ no }) => void message.success(t('finance.openingPosted', { no })),
  });
  const must = [{ required: true, message: t('common.required') }];
  return (
    <FormDrawer<Values>
      open
      title={t('finance.postOpening')}
      draftKey="openingBalance.new"
      initialValues={{ side: 'owes', postedOn: day() }}
      onClose={onClose}
      submitText={t('finance.postOpening')}
      onSubmit={({ partnerId, side, amount = '', postedOn, reference }) => {
        const text = parseDecimal(amount) ?? amount;
        return post.run({
          body: {
            partnerId: partnerId ?? '',
            amount: side === 'advance' ? `-${text}` : text,
            postedOn: postedOn ?? '',
            reference: (reference ?? '').trim(),
          },
        });
      }}
    >
      <Form.Item name="partnerId" label={t('finance.partner')} rules={must}>
        <RemoteSelect search={findPartners} />
      </Form.Item>
      <Form.Item name="side" label={t('finance.side')}>
        <Radio.Group
          options={[
            { value: 'owes', label: t('finance.owes') },
            { value: 'advance', label: t('finance.paidInAdvance') },
          ]}
        />
      </Form.Item>
      <Form.Item name="amount" label={t('finance.amount')} rules={must}>
        <DecimalField />
      </Form.Item>
      <Form.Item name="postedOn" label={t('finance.postedOn')} rules={must}>
        <DateField />
      </Form.Item>
      <Form.Item name="reference" label={t('finance.reference')} extra={t('finance.referenceHint')} rules={must}>
        <Input maxLength={60} />
      </Form.Item>
    </FormDrawer>
  );
}

export function ReverseOpeningForm({
  balance,
  onClose,
}: {
  balance: Item<'openingBalanceList'>;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const reverse = useApiAction('openingBalanceReverse');
  return (
    <FormDrawer
      open
      title={`${t('finance.reverseOpening')} · ${balance.no}`}
      draftKey={`openingBalance.${balance.id}.reverse`}
      initialValues={{ reason: '' }}
      danger
      onClose={onClose}
      submitText={t('finance.reverseOpening')}
      onSubmit={({ reason }) =>
        reverse.run({
          params: { openingBalanceId: balance.id },
          body: { reason },
          ifMatch: balance.version,
        })
      }
    >
      <ReasonField hint={t('finance.reverseOpeningHint')} />
    </FormDrawer>
  );
}
