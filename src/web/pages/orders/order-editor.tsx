/** The order as it is typed: partner, delivery, terms, lines as in a spreadsheet. Used for new orders, drafts and revisions. */
import { memo, type ReactElement, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import { LineEditor } from '../../ui/line-editor.tsx';
import type { EditorLine } from '../../ui/line-editor-model.ts';
import { PromotionGains } from '../../ui/price-why.tsx';
import { Later } from '../../ui/later.tsx';
import { Section } from '../../ui/page.tsx';
import { Money } from '../../ui/values.tsx';
import { DeliveryFields } from './editor/delivery-fields.tsx';
import { HeaderFields } from './editor/header-fields.tsx';
import { SpecialConditions } from './editor/special-conditions.tsx';
import { TermFields } from './editor/term-fields.tsx';
import { findProducts } from './lookups.ts';
import { type OrderTyped, problemsByRow } from './order-editor-model.ts';
import type { OrderQuote } from './use-order-quote.ts';
import './orders.css';

const NONE: ApiProblem['errors'] = [];
const NO_LINES: readonly EditorLine[] = [];

export type EditorProps = {
  typed: OrderTyped;
  change: (patch: Partial<OrderTyped>) => void;
  quote: OrderQuote;
  /** The partner of an order that exists cannot be changed. */
  isNew: boolean;
  problem: ApiProblem | null;
};

/** Saving shows its progress outside: what is typed is not drawn anew for it. */
export const OrderEditor = memo(function OrderEditor({
  typed,
  change,
  quote,
  isNew,
  problem,
}: EditorProps): ReactElement {
  const { t } = useTranslation();
  const partnerId = typed.partner?.value;
  const setLines = useCallback((lines: readonly EditorLine[]) => change({ lines }), [change]);
  const search = useCallback((text: string, signal: AbortSignal) => findProducts(text, partnerId, signal), [partnerId]);
  const refusals = problem?.errors ?? NONE;
  const asked = refusals.length === 0 ? NO_LINES : typed.lines;
  const problems = useMemo(() => problemsByRow(asked, refusals), [asked, refusals]);
  const totals = useMemo(() => <Totals totals={quote.totals} />, [quote.totals]);
  return (
    <>
      <Section title={t('orders.head')}>
        <HeaderFields typed={typed} change={change} isNew={isNew} />
        <DeliveryFields typed={typed} change={change} />
      </Section>
      <Section title={t('orders.lines')}>
        <LineEditor
          lines={typed.lines}
          onChange={setLines}
          searchProducts={search}
          quote={quote.quote}
          quoteKey={quote.quoteKey}
          {...(quote.totals === null ? {} : { currency: quote.totals.currency })}
          totals={totals}
          problemsAt={problems}
        />
        <PromotionGains gains={quote.totals} />
      </Section>
      <Later>
        <Section title={t('orders.termsAndNote')}>
          <TermFields typed={typed} change={change} />
        </Section>
        <SpecialConditions typed={typed} change={change} />
      </Later>
    </>
  );
});

function Totals({ totals }: Pick<OrderQuote, 'totals'>): ReactElement | null {
  const { t } = useTranslation();
  if (totals === null) return null;
  const parts = [
    [t('orders.net'), totals.netAmount],
    [t('orders.tax'), totals.taxAmount],
  ] as const;
  return (
    <span className="qc-row" style={{ gap: 16 }} aria-live="polite">
      {parts.map(([label, value]) => (
        <span key={label}>
          <span className="qc-muted">{label}</span> <Money value={value} currency={totals.currency} />
        </span>
      ))}
      <strong>
        {t('orders.total')} <Money value={totals.grossAmount} currency={totals.currency} />
      </strong>
    </span>
  );
}
