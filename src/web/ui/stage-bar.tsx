/** Where a document is: the stages of the regulation, and below them whom it waits for and until when. */
import type { ReactElement, ReactNode } from 'react';
import { useIsPhone } from '../lib/use-media.ts';
import { useTranslation } from 'react-i18next';
import { Glyph } from './glyph.tsx';
import { usePersonName } from './person-names.tsx';
import { Deadline } from './values.tsx';

export type Stage = { key: string; label: string };
export type StageBarProps = {
  stages: readonly Stage[];
  /** Key of the stage it is in; a key that is not in the list (cancelled) stops the bar. */
  current: string;
  /** Something is wrong in this stage (shortage, objection). */
  trouble?: boolean;
  waiting?: { holder: ReactNode; task?: ReactNode; dueAt: string | null; provisional?: boolean } | null;
};

export function StageBar({ stages, current, trouble = false, waiting }: StageBarProps): ReactElement {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const personName = usePersonName();
  const at = stages.findIndex(({ key }) => key === current);
  const stage = stages[at];
  // On a telephone each begins a line, where a dot would stand alone.
  const between = phone ? '' : '· ';
  return (
    <section className="qc-card" aria-label={t('common.stage')}>
      {phone ? (
        <div>
          <strong>{stage?.label ?? t(`states.stage.${current}`)}</strong>{' '}
          <span className="qc-muted">{at >= 0 && t('common.stageOf', { at: at + 1, count: stages.length })}</span>
        </div>
      ) : (
        <ol className="qc-stages">
          {stages.map(({ key, label }, i) => {
            const done = i < at || at === stages.length - 1;
            const here = i === at && !done;
            return (
              <li
                key={key}
                className={done ? 'is-done' : here ? (trouble ? 'is-wrong' : 'is-here') : undefined}
                {...(i === at ? { 'aria-current': 'step' as const } : {})}
              >
                <span className="qc-stage-sign" aria-hidden>
                  {done ? <Glyph of="done" /> : here && trouble ? <Glyph of="wrong" /> : i + 1}
                </span>
                {label}
              </li>
            );
          })}
        </ol>
      )}
      {waiting !== null && waiting !== undefined && (
        <p className="qc-row" style={{ marginTop: 12 }}>
          <span className="qc-muted">{t('common.waitsFor')}</span>
          <strong>{typeof waiting.holder === 'string' ? personName(waiting.holder) : waiting.holder}</strong>
          {waiting.task !== undefined && (
            <span>
              {between}
              {waiting.task}
            </span>
          )}
          {waiting.dueAt !== null && (
            <span>
              {between}
              <span className="qc-muted">{t('common.until')}</span>{' '}
              <Deadline value={waiting.dueAt} provisional={waiting.provisional === true} />
            </span>
          )}
        </p>
      )}
    </section>
  );
}
