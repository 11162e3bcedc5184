/** What the applicant is asked, or why the application is refused: the applicant reads these words. */
import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { DocumentForm } from '../orders/document-form.tsx';
import type { Application } from './application-page.tsx';

export function WordsForm({
  application,
  action,
  onClose,
}: {
  application: Application;
  action: 'askBack' | 'refuse';
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const askBack = useApiAction('applicationAskBack');
  const refuse = useApiAction('applicationRefuse');
  const params = { applicationId: application.id };
  return (
    <DocumentForm<{ words: string }, Application>
      draftKey={`application.${application.id}.${action}`}
      no={application.no}
      version={application.version}
      stateNow={t(`states.application.${application.state}`)}
      title={t(`states.action.application.${action}`)}
      danger={action === 'refuse'}
      initialValues={{ words: '' }}
      send={({ words }, version) =>
        action === 'askBack'
          ? askBack.run({ params, body: { question: words }, ifMatch: version })
          : refuse.run({ params, body: { reason: words }, ifMatch: version })
      }
      doneText={({ no }) => t('partners.saved', { no })}
      onClose={onClose}
    >
      <Form.Item
        name="words"
        label={action === 'askBack' ? t('applications.question') : t('applications.reason')}
        extra={t('applications.wordsHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input.TextArea autoFocus rows={5} maxLength={2000} showCount />
      </Form.Item>
    </DocumentForm>
  );
}
