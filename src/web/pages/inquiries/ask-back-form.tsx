/** Ask the partner for what is missing, in one's own words beside the list of gaps. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { InquiryForm, type InquiryFormProps } from './inquiry-form.tsx';

export function AskBackForm({ inquiry, onClose }: InquiryFormProps): ReactElement {
  const { t } = useTranslation();
  const askBack = useApiAction('inquiryAskBack');
  const gaps = inquiry.lines.filter((line) => line.gaps.length > 0);
  return (
    <InquiryForm
      inquiry={inquiry}
      name="askBack"
      title={t('states.action.inquiry.askBack')}
      initialValues={{ note: '' }}
      onClose={onClose}
      send={({ note }, version) =>
        askBack.run({
          params: { inquiryId: inquiry.id },
          body: note.trim() === '' ? {} : { note },
          ifMatch: version,
        })
      }
    >
      {gaps.length > 0 && (
        <ul className="qo-quote" style={{ marginBottom: 16, listStyle: 'none' }}>
          {gaps.map((line) => (
            <li key={line.lineNo}>
              {t('common.lineNo', { no: line.lineNo })} {line.wanted}:{' '}
              {line.gaps.map((gap) => t(`states.gap.${gap}`)).join(t('common.listSeparator'))}
            </li>
          ))}
        </ul>
      )}
      <Form.Item
        name="note"
        label={t('inquiries.question')}
        rules={gaps.length > 0 ? [] : [{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={4} maxLength={2000} showCount />
      </Form.Item>
    </InquiryForm>
  );
}
