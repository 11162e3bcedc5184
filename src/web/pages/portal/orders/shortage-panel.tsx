/** Not everything can be promised: what is possible, line by line, to choose. */
import { Button, Radio } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { productName } from '../../../ui/line-server.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { BizDate, Price, Qty } from '../../../ui/values.tsx';
import { choiceOf, optionKey } from '../../orders/shortage-option.tsx';
import type { Order } from './order-page.tsx';

type Option = Order['shortages'][number];

export function ShortagePanel({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const settle = useApiAction('orderSettleShortage');
  const [chosen, setChosen] = useState<Record<number, string>>({});
  if (order.state !== 'shortage' || order.shortages.length === 0) return null;
  const mine = order.allowedActions.some(
    ({ action, refusals }) => action === 'settleShortage' && refusals.length === 0,
  );
  const lines = order.lines.filter(({ lineNo }) => order.shortages.some((option) => option.lineNo === lineNo));
  const answers = lines.flatMap(({ lineNo }) => choiceOf(order.shortages, lineNo, chosen[lineNo]));
  return (
    <section className="qp-ask" aria-label={t('portal.shortage.title')}>
      <h2>{t('portal.shortage.title')}</h2>
      <p className="qc-muted">{t('portal.shortage.hint')}</p>
      <ProblemAlert problem={settle.problem} onClose={settle.clear} />
      {lines.map((line) => (
        <fieldset key={line.lineNo} style={{ border: 0, padding: 0, margin: 0 }}>
          <legend style={{ fontWeight: 600, marginBottom: 6 }}>
            {line.lineNo}. {productName(line)} <Qty value={line.qty} unit={line.unit} />
          </legend>
          <Radio.Group
            disabled={!mine}
            value={chosen[line.lineNo] ?? null}
            onChange={(event) => setChosen({ ...chosen, [line.lineNo]: String(event.target.value) })}
            vertical
          >
            {order.shortages
              .filter(({ lineNo }) => lineNo === line.lineNo)
              .map((option) => (
                <Radio key={optionKey(option)} value={optionKey(option)}>
                  <OptionText option={option} unit={line.unit} currency={order.currency} />
                </Radio>
              ))}
          </Radio.Group>
        </fieldset>
      ))}
      {mine && (
        <div>
          <Button
            type="primary"
            disabled={answers.length < lines.length}
            loading={settle.pending}
            onClick={() =>
              void settle.attempt({ params: { orderId: order.id }, ifMatch: order.version, body: { lines: answers } })
            }
          >
            {t('states.action.order.settleShortage')}
          </Button>
        </div>
      )}
    </section>
  );
}

function OptionText({ option, unit, currency }: { option: Option; unit: string; currency: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <span>
      {t(`states.shortageOption.${option.kind}`)}{' '}
      <span className="qc-muted">
        {(option.kind === 'split' || option.kind === 'reduce') && (
          <>
            {t('portal.shortage.available')} <Qty value={option.availableQty} unit={unit} />{' '}
          </>
        )}
        {option.on !== null && (
          <>
            {t('portal.shortage.on')} <BizDate value={option.on} />{' '}
          </>
        )}
      </span>
      {option.substitute !== null && (
        <span>
          {option.substitute.sku} {productName(option.substitute)}{' '}
          {option.substitute.unitPrice !== null && <Price value={option.substitute.unitPrice} currency={currency} />}{' '}
          {option.substitute.priceDifference !== null && (
            <span className="qc-muted">
              {t('portal.shortage.difference')} <Price value={option.substitute.priceDifference} currency={currency} />
            </span>
          )}
        </span>
      )}
    </span>
  );
}
