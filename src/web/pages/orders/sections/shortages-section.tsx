/** A shortage and what could be done about it, line by line. */
import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../ui/page.tsx';
import { BizDate, Money, Price, Qty } from '../../../ui/values.tsx';
import { useCan } from '../../../session.tsx';
import { useNames } from '../names.ts';
import { useOrderForms } from '../order-forms.tsx';
import type { Order } from '../order-page.tsx';

type Option = Order['shortages'][number];

export function ShortagesSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const names = useNames();
  if (order.state !== 'shortage' && order.shortages.length === 0) return null;
  const questions = order.productionQuestions;
  const lineNos = [...new Set([...order.shortages, ...questions].map(({ lineNo }) => lineNo))].sort((a, b) => a - b);
  return (
    <Section title={t('orders.availability')}>
      <Alert type="warning" showIcon title={t('orders.shortageTold')} style={{ marginBottom: 12 }} />
      <div className="qo-scroll">
        <table className="qo-table">
          <thead>
            <tr>
              <th scope="col">{t('orders.line')}</th>
              <th scope="col">{t('orders.options')}</th>
            </tr>
          </thead>
          <tbody>
            {lineNos.map((lineNo) => {
              const line = order.lines.find((row) => row.lineNo === lineNo);
              return (
                <tr key={lineNo}>
                  <td>
                    {t('common.lineNo', { no: lineNo })}
                    {line !== undefined && (
                      <div className="qc-muted">
                        {line.sku} {names.product(line)} × <Qty value={line.qty} unit={line.unit} />
                      </div>
                    )}
                  </td>
                  <td>
                    <ul className="qc-plain qc-stack" style={{ gap: 4 }}>
                      {order.shortages
                        .filter((option) => option.lineNo === lineNo)
                        .map((option) => (
                          <li key={optionKey(option)}>
                            <ShortageWords option={option} unit={line?.unit ?? ''} currency={order.currency} />
                          </li>
                        ))}
                    </ul>
                    {questions
                      .filter((asked) => asked.lineNo === lineNo)
                      .map((asked) => (
                        <ProductionWords key={asked.askedAt} asked={asked} unit={line?.unit ?? ''} />
                      ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

/** What tells one option of a line from the others: several substitutes are of one kind. */
export const optionKey = ({ kind, substitute }: Option): string =>
  substitute === null ? kind : `${kind} ${substitute.productId}`;
/** The choice that a key stands for, as the API takes it. */
export const choiceOf = (options: readonly Option[], lineNo: number, key: string | undefined) => {
  const option = options.find((offered) => offered.lineNo === lineNo && optionKey(offered) === key);
  return option === undefined
    ? []
    : [
        {
          lineNo,
          choice: option.kind,
          ...(option.substitute === null ? {} : { productId: option.substitute.productId }),
        },
      ];
};

/** One option in words: what is there, from when the rest is, which product instead and at which price. */
export function ShortageWords({
  option,
  unit,
  currency,
}: {
  option: Option;
  unit: string;
  currency: string;
}): ReactElement {
  const { t } = useTranslation();
  const names = useNames();
  const { substitute } = option;
  return (
    <>
      <strong>{t(`states.shortageOption.${option.kind}`)}</strong>{' '}
      {(option.kind === 'split' || option.kind === 'reduce') && (
        <span>
          {t('orders.available')} <Qty value={option.availableQty} unit={unit} />
        </span>
      )}{' '}
      {option.warehouse != null && <span>{option.warehouse.name} </span>}
      {option.on !== null && (
        <span>
          {t(option.kind === 'split' ? 'orders.restOn' : 'orders.availableOn')} <BizDate value={option.on} />
        </span>
      )}
      {substitute !== null && (
        <span>
          {' · '}
          {substitute.sku} {names.product(substitute)}
          {substitute.unitPrice !== null && (
            <>
              {' · '}
              <Price value={substitute.unitPrice} currency={currency} />
            </>
          )}
          {substitute.priceDifference !== null && (
            <>
              {' · '}
              <span className="qc-muted">{t('orders.priceDifference')}</span>{' '}
              <Money value={substitute.priceDifference} currency={currency} />
            </>
          )}
        </span>
      )}
    </>
  );
}

/** What production was asked, and what it answered. */
function ProductionWords({ asked, unit }: { asked: Order['productionQuestions'][number]; unit: string }): ReactElement {
  const { t } = useTranslation();
  const open = useOrderForms();
  const can = useCan();
  return (
    <div className="qo-quote">
      {t('orders.production.asked')} <Qty value={asked.qty} unit={unit} />
      {asked.answer === null ? (
        <>
          {' '}
          <span className="qc-muted">{t('orders.production.waiting')}</span>{' '}
          {can('order.answer_production') && (
            <Button size="small" type="primary" onClick={() => open({ form: 'production', lineNo: asked.lineNo })}>
              {t('states.action.order.answerProduction')}
            </Button>
          )}
        </>
      ) : (
        <div>
          {asked.on === null ? (
            <strong>{t('orders.production.cannot')}</strong>
          ) : (
            <strong>
              {t('orders.production.can')} <BizDate value={asked.on} />
            </strong>
          )}{' '}
          {asked.reason} <span className="qc-muted">{asked.answeredBy}</span>
        </div>
      )}
    </div>
  );
}
