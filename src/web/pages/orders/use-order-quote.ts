/** Price, tax and promise of what is typed, asked from the server; the totals are the server's too. */
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import type { EditorLine, EditorProduct } from '../../ui/line-editor-model.ts';
import type { LineQuote, Quotes } from '../../ui/line-quotes.ts';
import { partnerItems } from './lookups.ts';
import { discountInput, isQuotable, lineInput, type OrderTyped } from './order-editor-model.ts';

export type Quote = Answer<'quoteCreate'>;
type QuotedLine = Quote['lines'][number];

export type OrderQuote = {
  quote: (lines: readonly EditorLine[], signal: AbortSignal) => Promise<Quotes>;
  totals: Quote | null;
  /** Everything besides the lines that prices depend on. */
  quoteKey: string;
};

/** `saving`: the save under way, true once it is saved. Nothing is asked beside it, and nothing more of what is saved. */
export function useOrderQuote(
  typed: OrderTyped,
  promiseWords: (line: QuotedLine) => LineQuote['stock'],
  saving?: RefObject<Promise<boolean> | null>,
): OrderQuote {
  const [totals, setTotals] = useState<Quote | null>(null);
  const latest = useRef({ typed, promiseWords });
  useEffect(() => {
    latest.current = { typed, promiseWords };
  });
  const quote = useCallback(
    async (lines: readonly EditorLine[], signal: AbortSignal): Promise<Quotes> => {
      if ((await saving?.current) === true) throw new DOMException('saved', 'AbortError');
      signal.throwIfAborted();
      const now = latest.current.typed;
      const partnerId = now.partner?.value;
      const asked = lines.filter(isQuotable);
      if (partnerId === undefined || asked.length === 0) {
        setTotals(null);
        return new Map();
      }
      const found = await resolveOwnCodes(asked, partnerId);
      const answer = await api(
        'quoteCreate',
        {
          body: {
            partnerId,
            ...(now.requestedOn === '' ? {} : { requestedOn: now.requestedOn }),
            ...discountInput(now),
            lines: asked.map((line) => {
              const product = found.get(line.key);
              const known = line.product ?? product ?? null;
              return lineInput({ ...line, product: known }, now.special[line.key]);
            }),
          },
        },
        { signal },
      );
      setTotals(answer);
      return new Map(
        answer.lines.flatMap((line) => {
          const at = asked[line.index];
          return at === undefined ? [] : [[at.key, shown(line, latest.current.promiseWords(line))] as const];
        }),
      );
    },
    [saving],
  );
  const { partner, requestedOn, special } = typed;
  const quoteKey = JSON.stringify([partner?.value, requestedOn, discountInput(typed), special]);
  return useMemo(() => ({ quote, totals, quoteKey }), [quote, totals, quoteKey]);
}

function shown(line: QuotedLine, stock: LineQuote['stock']): LineQuote {
  const product =
    line.productId === null
      ? null
      : { id: line.productId, sku: line.sku ?? '', name: line.name ?? '', unit: line.unit ?? '', units: line.units };
  return {
    product,
    unitPrice: line.unitPrice,
    why: line.why,
    grossAmount: line.grossAmount,
    promisedOn: line.promisedOn,
    stock,
    problems: line.problems,
  };
}

/** Pasted texts that are the partner's own codes. Only exact codes count; nothing is guessed. */
async function resolveOwnCodes(
  lines: readonly EditorLine[],
  partnerId: string,
): Promise<ReadonlyMap<string, EditorProduct>> {
  const unknown = lines.filter(({ product }) => product === null);
  if (unknown.length === 0) return new Map();
  const items = await partnerItems(partnerId);
  return new Map(
    unknown.flatMap((line) => {
      const product = items.get(line.text.trim());
      return product === undefined ? [] : [[line.key, product] as const];
    }),
  );
}
