/** What a signed link opens: a round that waits for a reply, or how the goods of an order travel. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useLocaleState } from '../../i18n/index.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Door } from '../auth/door.tsx';
import { ReplyLink } from './reply-link.tsx';
import { StatusLink } from './status-link.tsx';

export default function LinkPage(): ReactElement {
  const { t } = useTranslation();
  const { locale } = useLocaleState();
  const [token] = useState(() => decodeURIComponent(window.location.hash.replace(/^#/, '')));
  const opened = useQuery({
    queryKey: ['linkOpen', locale],
    queryFn: () => api('linkOpen', { body: { token } }),
    enabled: token !== '',
    retry: false,
  });
  if (token === '' || (opened.error !== null && opened.data === undefined))
    return (
      <Door title={t('links.title')}>
        <div className="qc-stack">
          {token === '' ? <p>{t('links.noToken')}</p> : <ProblemAlert problem={opened.error} />}
          <Link to="/sign-in">{t('auth.toSignIn')}</Link>
        </div>
      </Door>
    );
  if (opened.data === undefined) return <Waiting />;
  return opened.data.kind === 'reply' ? (
    <ReplyLink view={opened.data} token={token} onAnswered={() => void opened.refetch()} />
  ) : (
    <StatusLink view={opened.data} />
  );
}
