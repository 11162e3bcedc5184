/** What exactly is accepted: number and moment of the round, sum, deadline, and every deviation from the agreement. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Deadline, DateTime, Money } from '../../../ui/values.tsx';
import type { Order } from './order-page.tsx';

export function ConfirmPanel({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const round = order.rounds.at(-1);
  if (order.state !== 'awaiting_partner' || round === undefined) return null;
  const settled = order.discrepancies.filter(({ state }) => state !== 'taken_back');
  const answered = order.rounds.at(-2)?.reasons ?? [];
  return (
    <section className="qp-ask" aria-label={t('portal.confirm.title')}>
      <div className="qc-row" style={{ justifyContent: 'space-between' }}>
        <h2>{t('portal.confirm.title')}</h2>
        <span>
          <span className="qc-muted">{t('common.until')}</span> <Deadline value={round.dueAt} />
        </span>
      </div>
      <p>
        {t('portal.confirm.what', { round: round.round })}{' '}
        <span className="qp-big">
          <Money value={order.grossAmount} currency={order.currency} />
        </span>{' '}
        <span className="qc-muted">
          {t('portal.confirm.sentAt')} <DateTime value={round.sentAt} />
        </span>
      </p>
      <p className="qc-muted">
        {t('portal.confirm.hint')} {t(round.silenceAccepts ? 'portal.confirm.silence' : 'portal.confirm.noSilence')}
      </p>
      {settled.length > 0 && (
        <ul className="qp-notes">
          {settled.map((item) => (
            <li key={item.id} className="is-odd">
              {item.lineNo !== null && `${t('common.lineNo', { no: item.lineNo })} · `}
              {t('portal.confirm.deviation', {
                kind: t(`states.discrepancyKind.${item.kind}`),
                agreed: item.agreed ?? '–',
                ordered: item.ordered ?? '–',
              })}
            </li>
          ))}
        </ul>
      )}
      {answered.some(({ answer }) => answer !== null) && (
        <ul className="qp-notes">
          {answered.map((item) => (
            <li key={`${item.lineNo ?? ''} ${item.reason}`}>
              <span className="qc-muted">
                {item.lineNo !== null && `${t('common.lineNo', { no: item.lineNo })} · `}
                {item.reason}
              </span>{' '}
              → {item.answer}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
