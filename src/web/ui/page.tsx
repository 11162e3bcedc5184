/** The frame of a page: title, way back, actions; title of the window. */
import { type ReactElement, type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.ts';
import { Waiting } from '../shell/waiting.tsx';
import { PathLink } from './path-link.tsx';
import { ProblemAlert } from './problem-alert.tsx';

export type Crumb = { title: string; to: string };
export type PageProps = {
  title: string;
  /** Beside the title: state tags, numbers. */
  extra?: ReactNode;
  crumbs?: readonly Crumb[];
  /** At the right of the title. */
  actions?: ReactNode;
  /** Stays at the bottom of the window: save, submit. */
  footer?: ReactNode;
  children: ReactNode;
};

export function Page({ title, extra, crumbs, actions, footer, children }: PageProps): ReactElement {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('common.product')}`;
  }, [title, t]);
  return (
    <>
      <header className="qc-page-head">
        <div>
          {crumbs !== undefined && crumbs.length > 0 && (
            <nav className="qc-crumbs" aria-label={t('common.breadcrumbs')}>
              <ol>
                {crumbs.map((crumb) => (
                  <li key={crumb.to}>
                    <PathLink to={crumb.to}>{crumb.title}</PathLink>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <div className="qc-page-title">
            <h1>{title}</h1>
            {extra}
          </div>
        </div>
        {actions}
      </header>
      <div className="qc-stack">{children}</div>
      {footer !== undefined && (
        <section className="qc-page-actions" aria-label={t('common.actions')}>
          {footer}
        </section>
      )}
    </>
  );
}

/** A part of a page under its own heading. */
export function Section({
  title,
  extra,
  children,
}: {
  title: string;
  extra?: ReactNode;
  children: ReactNode;
}): ReactElement {
  return (
    <section className="qc-card" aria-label={title}>
      <div className="qc-row" style={{ justifyContent: 'space-between', marginBottom: 12 }}>
        <h2 style={{ fontSize: 16, fontWeight: 600 }}>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}

/** Names and values: `<Facts items={[[t('orders.poNo'), order.poNo], …]} />` */
export function Facts({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }): ReactElement {
  return (
    <dl className="qc-facts">
      {items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value === null || value === undefined || value === false || value === '' ? (
              <span className="qc-muted">–</span>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Waits for a query, shows its problem, or hands its data on: `<Loaded query={order}>{(order) => …}</Loaded>` */
export function Loaded<T>({
  query,
  children,
}: {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  children: (data: T) => ReactNode;
}): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null)
    return (
      <ProblemAlert
        problem={query.error}
        {...(isProblem(query.error) && query.error.retryable ? { onRetry: () => void query.refetch() } : {})}
      />
    );
  return <Waiting />;
}
