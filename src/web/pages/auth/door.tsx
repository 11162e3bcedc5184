/** The frame of pages for people who are not signed in. */
import { type ReactElement, type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageMenu, ThemeMenu } from '../../shell/choices.tsx';
import logo from '../../theme/logo.svg';

export function Door({
  title,
  lead,
  beside,
  children,
  wide = false,
}: {
  title: string;
  lead?: string;
  beside?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('common.product')}`;
  }, [title, t]);
  return (
    <div className={beside === undefined ? 'qc-door is-single' : 'qc-door'}>
      <main className="qc-door-form" style={wide ? { maxWidth: 720 } : {}}>
        <div className="qc-row" style={{ justifyContent: 'space-between' }}>
          <span className="qc-brand">
            <img src={logo} alt="" style={{ width: 34, height: 34 }} />
            {t('common.product')}
          </span>
          <span className="qc-row">
            <LanguageMenu />
            <ThemeMenu />
          </span>
        </div>
        <h1>
          <Unbroken text={title} />
        </h1>
        {lead !== undefined && (
          <p className="qc-muted" style={{ marginBottom: 20 }}>
            {lead}
          </p>
        )}
        {children}
      </main>
      {beside}
    </div>
  );
}

/** A text whose document numbers stay on one line: a window breaks lines at hyphens. */
function Unbroken({ text }: { text: string }): ReactElement {
  const parts = text.split(/([A-Z]+-\d[\d-]*)/);
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          <span key={part} className="qc-num">
            {part}
          </span>
        ),
      )}
    </>
  );
}
