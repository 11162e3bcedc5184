/** Accepting an application: who looks after the partner, its level, and the login of its first user. */
import { Alert, Checkbox, Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { isProblem } from '../../api/problem.ts';
import { useSession } from '../../session.tsx';
import { RemoteSelect } from '../../ui/fields.tsx';
import { resetLink, type Secret } from '../admin/shown-once.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { findSales } from '../orders/lookups.ts';
import { orNull } from '../partners/form-values.ts';
import type { Application } from './application-page.tsx';
import { useNameOf } from '../../i18n/use-name.ts';

type Values = {
  salesOwnerId?: string | undefined;
  level?: string | undefined;
  login: string;
  confirmDuplicate?: boolean | undefined;
};

export function AcceptForm({
  application,
  onClose,
  onSecret,
}: {
  application: Application;
  onClose: () => void;
  onSecret: (secret: Secret) => void;
}): ReactElement {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { actor } = useSession();
  const accept = useApiAction('applicationAccept', {
    onDone: ({ token, expiresAt }) =>
      onSecret({
        title: t('applications.invited'),
        text: token === null ? null : resetLink(token),
        hint: t('applications.invitedHint'),
        expiresAt,
      }),
  });
  const [twin, setTwin] = useState(false);
  return (
    <DocumentForm<Values, Application>
      draftKey={`application.${application.id}.accept`}
      no={application.no}
      version={application.version}
      stateNow={t(`states.application.${application.state}`)}
      title={t('states.action.application.accept')}
      initialValues={{ salesOwnerId: actor.userId, login: application.content?.contact.email ?? '' }}
      send={async ({ salesOwnerId, level, login, confirmDuplicate }, version) => {
        try {
          const done = await accept.run({
            params: { applicationId: application.id },
            body: {
              ...(salesOwnerId === undefined ? {} : { salesOwnerId }),
              level: orNull(level),
              login: login.trim(),
              ...(confirmDuplicate === true ? { confirmDuplicate } : {}),
            },
            ifMatch: version,
          });
          return done.application;
        } catch (error) {
          if (isProblem(error) && error.code === 'partner.duplicate') setTwin(true);
          throw error;
        }
      }}
      doneText={({ partner }) => t('applications.acceptedAs', { no: partner?.no ?? '' })}
      onClose={onClose}
    >
      <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('applications.acceptHint')} />
      <Form.Item name="salesOwnerId" label={t('partners.salesOwner')}>
        <RemoteSelect search={findSales} initial={{ value: actor.userId, label: nameOf(actor) }} />
      </Form.Item>
      <Form.Item name="level" label={t('partners.level')}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item
        name="login"
        label={t('applications.login')}
        extra={t('applications.loginHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input maxLength={200} autoCapitalize="none" autoComplete="off" />
      </Form.Item>
      {twin && (
        <Form.Item name="confirmDuplicate" valuePropName="checked">
          <Checkbox>{t('partners.confirmDuplicate')}</Checkbox>
        </Form.Item>
      )}
    </DocumentForm>
  );
}
