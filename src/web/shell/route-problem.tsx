import { Link, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem.ts';
import { ProblemAlert } from '../ui/problem-alert.tsx';

/** A page that could not be shown: what happened, and the way on. */
export function RouteProblem({ error, reset }: { error: unknown; reset?: () => void }): ReactElement {
  const { t } = useTranslation();
  const router = useRouter();
  // After an update of the product the old chunks are gone: a fresh load is the way out.
  const outdated =
    error instanceof Error && /dynamically imported module|Importing a module script/i.test(error.message);
  const again = () => {
    if (outdated) window.location.reload();
    else {
      reset?.();
      void router.invalidate();
    }
  };
  return (
    <div className="qc-stack" style={{ maxWidth: 720, margin: '32px auto', padding: 16 }}>
      {isProblem(error) ? (
        <ProblemAlert problem={error} />
      ) : (
        <Outcome
          title={outdated ? t('errors.outdated.title') : t('errors.unexpected.title')}
          detail={outdated ? t('errors.outdated.detail') : t('errors.unexpected.detail')}
        />
      )}
      <div className="qc-row" style={{ justifyContent: 'center' }}>
        <Button type="primary" onClick={again}>
          {t('common.tryAgain')}
        </Button>
        <Link to="/">{t('common.toStart')}</Link>
      </div>
    </div>
  );
}

export function NotFound(): ReactElement {
  const { t } = useTranslation();
  return (
    <Outcome title={t('errors.noPage.title')} detail={t('errors.noPage.detail')}>
      <Link to="/">{t('common.toStart')}</Link>
    </Outcome>
  );
}

/** Instead of a page: what is the matter. It stands in the first file that is loaded, for when the others cannot be. */
function Outcome({ title, detail, children }: { title: string; detail: string; children?: ReactNode }): ReactElement {
  return (
    <div className="qc-outcome">
      <h1>{title}</h1>
      <p className="qc-muted">{detail}</p>
      {children}
    </div>
  );
}
