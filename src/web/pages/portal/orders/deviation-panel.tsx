/** Where the order deviates from the agreement: all of it together, to agree to or not, one by one, before the deadline. */
import { Button, Input, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { useCan } from '../../../session.tsx';
import { isZero } from '../../../ui/is-zero.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Deadline } from '../../../ui/values.tsx';
import { Effect, Subject, Term } from '../../orders/sections/discrepancy-facts.tsx';
import type { Order } from './order-page.tsx';

type Typed = Record<string, { agrees?: boolean; note?: string }>;

export function DeviationPanel({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const can = useCan();
  const answer = useApiAction('orderAnswerDiscrepancies');
  const [typed, setTyped] = useState<Typed>({});
  const open = order.discrepancies.filter(({ state }) => state === 'open');
  if (order.state !== 'terms_review' || open.length === 0) return null;
  const asked = open.filter(({ partnerAnswer }) => partnerAnswer === null);
  const mine = can('order.answer_discrepancy');
  const answers = asked.flatMap(({ id }) => {
    const { agrees, note = '' } = typed[id] ?? {};
    return agrees === undefined ? [] : [{ discrepancyId: id, agrees, ...(note.trim() === '' ? {} : { note }) }];
  });
  const change = (id: string, patch: Typed[string]) => setTyped({ ...typed, [id]: { ...typed[id], ...patch } });
  return (
    <section className="qp-ask" aria-label={t('portal.deviation.title')}>
      <div className="qc-row" style={{ justifyContent: 'space-between' }}>
        <h2>{t('portal.deviation.title')}</h2>
        {asked[0] !== undefined && (
          <span>
            <span className="qc-muted">{t('common.until')}</span> <Deadline value={asked[0].replyDueAt} />
          </span>
        )}
      </div>
      <p className="qc-muted">{t(asked.length === 0 ? 'portal.deviation.answered' : 'portal.deviation.hint')}</p>
      <ProblemAlert problem={answer.problem} onClose={answer.clear} />
      {open.map((found) => (
        <fieldset key={found.id} style={{ border: 0, padding: 0, margin: 0 }}>
          <legend style={{ fontWeight: 600, marginBottom: 6 }}>
            <Subject found={found} />
          </legend>
          <p>
            {t('portal.deviation.byAgreement')}{' '}
            <Term kind={found.kind} value={found.agreed} currency={order.currency} /> → {t('portal.deviation.ordered')}{' '}
            <Term kind={found.kind} value={found.ordered} currency={order.currency} />{' '}
            <span className="qc-muted">
              {!isZero(found.effectAmount) && t('portal.deviation.effect')}{' '}
              <Effect found={found} currency={order.currency} />
            </span>
          </p>
          {found.partnerAnswer !== null ? (
            <p className="qc-muted">
              {t(found.partnerAnswer === 'agreed' ? 'portal.deviation.agreed' : 'portal.deviation.refused')}
            </p>
          ) : (
            mine && (
              <>
                <Radio.Group
                  value={typed[found.id]?.agrees ?? null}
                  onChange={(event) => change(found.id, { agrees: event.target.value === true })}
                  options={[
                    { value: true, label: t('portal.deviation.agree') },
                    { value: false, label: t('portal.deviation.refuse') },
                  ]}
                />
                <Input
                  style={{ marginTop: 8 }}
                  maxLength={2000}
                  aria-label={t('portal.deviation.note')}
                  placeholder={t('portal.deviation.note')}
                  value={typed[found.id]?.note ?? ''}
                  onChange={(event) => change(found.id, { note: event.target.value })}
                />
              </>
            )
          )}
        </fieldset>
      ))}
      {mine && asked.length > 0 && (
        <div>
          <Button
            type="primary"
            disabled={answers.length < asked.length}
            loading={answer.pending}
            onClick={() =>
              void answer.attempt({ params: { orderId: order.id }, ifMatch: order.version, body: { answers } })
            }
          >
            {t('portal.deviation.send')}
          </Button>
        </div>
      )}
    </section>
  );
}
