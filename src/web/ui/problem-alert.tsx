/** A refusal as people need it: which field, which rule, and the way out. */
import { Alert, Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiProblem, isProblem } from '../api/problem.ts';

export type ProblemAlertProps = {
  problem: ApiProblem | Error | null | undefined;
  /** Name of a field for people: `lines.0.qty` → "Line 1, quantity". Without it only forms' own labels are known. */
  labelOf?: (field: string) => string | null;
  onClose?: () => void;
  onRetry?: () => void;
  action?: ReactNode;
};

export function ProblemAlert({ problem, labelOf, onClose, onRetry, action }: ProblemAlertProps): ReactElement | null {
  const { t, i18n } = useTranslation();
  if (problem === null || problem === undefined) return null;
  if (!isProblem(problem))
    return <Alert type="error" showIcon title={t('errors.unexpected.title')} description={problem.message} />;
  const [first] = problem.errors;
  // The headline already is the only refusal: it is said once, with its field.
  const single = problem.errors.length === 1 && first?.title === problem.title;
  const items = single ? [] : problem.errors;
  const label = (field: string | undefined): string => {
    if (field === undefined) return '';
    const known = `states.field.${field.split('.').at(-1) ?? ''}`;
    const name = i18n.exists(known) ? t(known) : null;
    const no = lineNo(field);
    const line =
      no === null ? name : name === null ? t('common.lineNo', { no }) : t('common.lineField', { no, field: name });
    const told = labelOf?.(field) ?? line;
    return told === null ? '' : t('common.labelled', { label: told });
  };
  return (
    <Alert
      type={problem.retryable ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={`${single ? label(first?.field) : ''}${problem.title}`}
      description={
        <div className="qc-stack" style={{ gap: 8 }}>
          {problem.detail !== '' && <div>{problem.detail}</div>}
          {items.length > 0 && (
            <ul style={{ paddingInlineStart: 18 }}>
              {items.map((item) => (
                <li key={`${item.field ?? ''} ${item.code}`}>
                  <strong>{label(item.field)}</strong>
                  {item.title}
                  {item.detail !== undefined && item.detail !== '' && <span className="qc-muted"> {item.detail}</span>}
                </li>
              ))}
            </ul>
          )}
          {problem.retryAfter !== null && <div>{t('errors.retryAfter', { count: problem.retryAfter })}</div>}
          {problem.status >= 500 && problem.requestId !== null && (
            <div className="qc-muted">
              {t('errors.reference')} <code>{problem.requestId}</code>
            </div>
          )}
        </div>
      }
      action={
        action ??
        (onRetry === undefined ? undefined : (
          <Button size="small" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        ))
      }
      {...(onClose === undefined ? {} : { closable: { onClose, 'aria-label': t('common.close') } })}
    />
  );
}

/** `lines.3.qty` → 4: people count from one. */
function lineNo(field: string): number | null {
  const line = /^lines\.(\d+)(?:\.|$)/.exec(field)?.[1];
  return line === undefined ? null : Number.parseInt(line, 10) + 1;
}
