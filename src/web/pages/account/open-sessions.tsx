/** Where somebody is signed in; each place can be signed out from here. */
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { Loaded } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DateTime } from '../../ui/values.tsx';

/** "Chrome · Windows" from what the browser says of itself; the full text stays in the title. */
export function deviceName(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const browser = /Edg\//.test(userAgent)
    ? 'Edge'
    : /MicroMessenger/.test(userAgent)
      ? 'WeChat'
      : /Firefox\//.test(userAgent)
        ? 'Firefox'
        : /Chrome\//.test(userAgent)
          ? 'Chrome'
          : /Safari\//.test(userAgent)
            ? 'Safari'
            : null;
  const system = /iPhone|iPad/.test(userAgent)
    ? 'iOS'
    : /Android/.test(userAgent)
      ? 'Android'
      : /Windows/.test(userAgent)
        ? 'Windows'
        : /Mac OS X/.test(userAgent)
          ? 'macOS'
          : /Linux/.test(userAgent)
            ? 'Linux'
            : null;
  const known = [browser, system].filter((part) => part !== null);
  return known.length === 0 ? userAgent.slice(0, 60) : known.join(' · ');
}

export function OpenSessions(): ReactElement {
  const { t } = useTranslation();
  const sessions = useApiQuery('sessionsList', {});
  const revoke = useApiAction('sessionRevoke');
  return (
    <div className="qc-stack">
      <ProblemAlert problem={revoke.problem} />
      <Loaded query={sessions}>
        {({ items }) => (
          <ul className="qc-plain qc-stack" style={{ gap: 10 }}>
            {items.map((session) => (
              <li key={session.id} className="qc-row">
                <span className="qc-grow">
                  <strong title={session.userAgent ?? undefined}>
                    {deviceName(session.userAgent) ?? t('auth.account.unknownDevice')}
                  </strong>{' '}
                  {session.current && <Tag color="success">{t('auth.account.here')}</Tag>}
                  <br />
                  <span className="qc-muted">
                    {session.ip} · {t('auth.account.lastSeen')} <DateTime value={session.lastSeenAt} />
                  </span>
                </span>
                {!session.current && (
                  <Button
                    disabled={revoke.pending}
                    onClick={() => void revoke.attempt({ params: { sessionId: session.id } })}
                  >
                    {t('common.signOut')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
