/** Applying to become a partner, for whoever comes by. The link to follow the application is shown when it has been sent. */
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { Door } from '../auth/door.tsx';
import { ContentForm } from './content-form.tsx';

export default function Apply(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const apply = useApiAction('applicationSubmit');
  return (
    <Door title={t('applications.apply')} lead={t('applications.applyLead')} wide>
      <ContentForm
        content={null}
        draftKey="application.new"
        submitText={t('applications.send')}
        send={async (content) => {
          const { token } = await apply.run({ body: { content, privacyAgreed: true } });
          await navigate({ to: '/application', hash: token });
        }}
      />
      <p style={{ marginTop: 16 }}>
        <Link to="/sign-in">{t('auth.toSignIn')}</Link>
      </p>
    </Door>
  );
}
