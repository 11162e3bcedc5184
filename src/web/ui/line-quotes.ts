/** What is known of the lines in the editor: price, stock and promise, asked when typing pauses. */
import { replaceEqualDeep } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useLatest } from '../lib/use-latest.ts';
import { type EditorAction, type EditorLine, type EditorProduct, isBlank } from './line-editor-model.ts';
import type { PriceStep } from './price-why.tsx';

/** What is known of a line: nothing of it is computed here. */
export type LineQuote = {
  product?: EditorProduct | null;
  unitPrice?: string | null;
  /** Why the agreed price is what it is. */
  why?: readonly PriceStep[];
  grossAmount?: string | null;
  promisedOn?: string | null;
  /** Stock, split promises: in the caller's words. */
  stock?: ReactNode;
  problems?: readonly { code: string; title: string }[];
};
export type Quotes = ReadonlyMap<string, LineQuote>;

export type AskQuotes = (lines: readonly EditorLine[], signal: AbortSignal) => Promise<Quotes>;

const QUOTE_MS = 350;
const NOTHING: { quotes: Quotes; quoting: boolean } = { quotes: new Map(), quoting: false };

/** Asks for prices and promises when typing pauses; an answer that comes late for lines that have changed is dropped. */
export function useQuotes(
  lines: readonly EditorLine[],
  dispatch: (action: EditorAction) => void,
  quote: AskQuotes | undefined,
  quoteKey: string,
): { quotes: Quotes; quoting: boolean } {
  const [quotes, setQuotes] = useState<Quotes>(new Map());
  const [quoting, setQuoting] = useState(false);
  const asked = useMemo(() => lines.filter((line) => !isBlank(line)), [lines]);
  // Only what matters for the answer: typing a note asks nothing.
  const fingerprint = useMemo(
    () =>
      `${quoteKey} ${JSON.stringify(asked.map(({ key, product, text, qty, unit, requestedOn }) => [key, product?.id ?? text, qty, unit, requestedOn]))}`,
    [quoteKey, asked],
  );
  const latest = useLatest({ asked, quote });
  useEffect(() => {
    const { asked: now, quote: ask } = latest.current;
    if (ask === undefined || now.length === 0) return;
    const control = new AbortController();
    const timer = window.setTimeout(async () => {
      setQuoting(true);
      try {
        const found = await ask(now, control.signal);
        if (control.signal.aborted) return;
        // What is answered as before is not drawn anew.
        setQuotes((before) => new Map([...found].map(([key, line]) => [key, replaceEqualDeep(before.get(key), line)])));
        for (const line of now) {
          const product = found.get(line.key)?.product;
          if (line.product === null && product !== null && product !== undefined)
            dispatch({ type: 'edit', key: line.key, patch: { product, text: product.sku } });
        }
      } catch {
        // Prices are a help while typing; saving says what is wrong.
      } finally {
        if (!control.signal.aborted) setQuoting(false);
      }
    }, QUOTE_MS);
    return () => {
      window.clearTimeout(timer);
      control.abort();
    };
  }, [fingerprint, dispatch, latest]);
  return asked.length === 0 ? NOTHING : { quotes, quoting };
}
