/** A shortage and what could be done about it, line by line. */
import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../ui/page.tsx';
import { BizDate, Qty } from '../../../ui/values.tsx';
import { useCan } from '../../../session.tsx';
import { useNames } from '../names.ts';
import { useOrderForms } from '../order-forms.tsx';
import type { Order } from '../order-page.tsx';
import { optionKey, ShortageWords } from '../shortage-option.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';

export function ShortagesSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  const names = useNames();
  if (order.state !== 'shortage' && order.shortages.length === 0) return null;
  const questions = order.productionQuestions;
  const lineNos = [...new Set([...order.shortages, ...questions].map(({ lineNo }) => lineNo))].sort((a, b) => a - b);
  return (
    <Section title={t('orders.availability')}>
      <Alert type="warning" showIcon title={t('orders.shortageTold')} style={{ marginBottom: 12 }} />
      <PlainTable
        rows={lineNos.map((lineNo) => ({ lineNo, line: order.lines.find((row) => row.lineNo === lineNo) }))}
        rowKey={({ lineNo }) => String(lineNo)}
        columns={[
          {
            key: 'line',
            title: t('orders.line'),
            render: ({ lineNo, line }) => (
              <>
                {t('common.lineNo', { no: lineNo })}
                {line !== undefined && (
                  <div className="qc-muted">
                    {line.sku} {names.product(line)} × <Qty value={line.qty} unit={line.unit} />
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'options',
            title: t('orders.options'),
            render: ({ lineNo, line }) => (
              <>
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
              </>
            ),
          },
        ]}
      />
    </Section>
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
