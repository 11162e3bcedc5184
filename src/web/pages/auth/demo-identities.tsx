/** The people of the demo company and its partners, one press away. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useLocaleState } from '../../i18n/index.ts';

type Identity = Answer<'sessionDemoIdentities'>['items'][number];

export function DemoIdentities({
  identities,
  busy,
  onChoose,
}: {
  identities: readonly Identity[];
  busy: string | null;
  onChoose: (userId: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const { locale } = useLocaleState();
  const english = locale === 'en';
  const nameOf = (one: Identity) => (english ? (one.nameEn ?? one.name) : one.name);
  const groupOf = (one: Identity) =>
    one.kind === 'staff'
      ? t('auth.demo.company')
      : ((english ? one.partnerNameEn : null) ?? one.partnerName ?? t('auth.demo.partners'));
  const groups = [...new Set(identities.map(groupOf))];
  return (
    <aside className="qc-door-demo" aria-label={t('auth.demo.title')}>
      <h2 style={{ fontSize: 18 }}>{t('auth.demo.title')}</h2>
      <p className="qc-muted" style={{ marginBottom: 20 }}>
        {t('auth.demo.lead')}
      </p>
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 style={{ fontSize: 15 }}>{group}</h3>
          <ul className="qc-identities qc-plain">
            {identities
              .filter((one) => groupOf(one) === group)
              .map((one) => (
                <li key={one.userId}>
                  <button
                    type="button"
                    className="qc-identity"
                    disabled={busy !== null}
                    aria-busy={busy === one.userId}
                    onClick={() => onChoose(one.userId)}
                  >
                    <span className="qc-avatar" aria-hidden>
                      {[...nameOf(one)][0]}
                    </span>
                    <span>
                      <strong>{nameOf(one)}</strong>
                      <br />
                      <span className="qc-muted">
                        {busy === one.userId
                          ? t('auth.demo.entering')
                          : one.roles.map((role) => t(`states.role.${role}`)).join(t('common.listSeparator'))}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </aside>
  );
}
