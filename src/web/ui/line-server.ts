/** The line editor's questions to the server: products by code, name, pinyin initials or the partner's own code; price and promise. */
import { api } from '../api/client.ts';
import { currentLocale } from '../i18n/index.ts';
import type { LineQuote, Quotes } from './line-quotes.ts';
import type { Gift, OrderPromotion } from './price-why.tsx';
import { type EditorLine, type EditorProduct, parseDate, parseDecimal, unitOf } from './line-editor-model.ts';

type Named = { name: string; nameHans?: string | null | undefined; nameEn?: string | null | undefined };

/** A product's name in the language of the screen, where it has one. */
export function productName(product: Named): string {
  switch (currentLocale()) {
    case 'en':
      return product.nameEn ?? product.name;
    case 'zh-Hans':
      return product.nameHans ?? product.name;
    case 'zh-Hant':
      return product.name;
  }
}

/** Code and name, as a choice shows a product. */
export const productLabel = (product: Named & { sku: string }): string => `${product.sku} ${productName(product)}`;

/** For `searchProducts`; `partnerId` also finds that partner's own codes. Wrap it in useCallback. */
export async function searchProducts(text: string, signal: AbortSignal, partnerId?: string): Promise<EditorProduct[]> {
  const query = { q: text, limit: 12, sellable: 'true' as const, ...(partnerId === undefined ? {} : { partnerId }) };
  const { items } = await api('productList', { query }, { signal });
  return items.map((product) => ({
    id: product.id,
    sku: product.sku,
    name: productName(product),
    ...unitsIn(product),
  }));
}

const unitsIn = ({ unit, units }: { unit: string; units: readonly { unit: string }[] }) => ({
  unit,
  units: [unit, ...units.map((each) => each.unit)],
});

const SKU_MAX = 64;

/** A line as the API takes it; null while it says too little to ask (no product, no readable quantity). */
export function lineInput(
  line: EditorLine,
): { productId?: string; sku?: string; qty: string; unit?: string; requestedOn?: string; note?: string } | null {
  const qty = parseDecimal(line.qty);
  const sku = line.text.trim();
  if (qty === null || qty === '0' || (line.product === null && (sku === '' || [...sku].length > SKU_MAX))) return null;
  const requestedOn = parseDate(line.requestedOn);
  return {
    ...(line.product === null ? { sku } : { productId: line.product.id }),
    qty,
    ...unitOf(line),
    ...(requestedOn === null ? {} : { requestedOn }),
    ...(line.note.trim() === '' ? {} : { note: line.note.trim() }),
  };
}

export type Quoted = {
  quotes: Quotes;
  gifts: Gift[];
  promotions: OrderPromotion[];
  currency: string;
  netAmount: string;
  taxAmount: string;
  grossAmount: string;
};

/** Price, stock and promise of the lines, and the sums. For `quote`: `async (lines, signal) => (await quoteLines(lines, {…}, signal)).quotes`. */
export async function quoteLines(
  lines: readonly EditorLine[],
  context: { partnerId?: string; requestedOn?: string; orderDiscountAmount?: string },
  signal: AbortSignal,
): Promise<Quoted> {
  const asked = lines.flatMap((line) => {
    const input = lineInput(line);
    return input === null ? [] : [{ key: line.key, input: { ...input, note: undefined } }];
  });
  const answer = await api('quoteCreate', { body: { ...context, lines: asked.map(({ input }) => input) } }, { signal });
  const quotes = new Map<string, LineQuote>();
  for (const line of answer.lines) {
    const key = asked[line.index]?.key;
    if (key === undefined) continue;
    const { productId, sku, name, nameEn, unit, units } = line;
    quotes.set(key, {
      product:
        productId === null || sku === null || name === null
          ? null
          : { id: productId, sku, name: productName({ name, nameEn }), unit: unit ?? '', units },
      unitPrice: line.unitPrice,
      why: line.why,
      grossAmount: line.grossAmount,
      promisedOn: line.promisedOn,
      problems: line.problems,
    });
  }
  return {
    quotes,
    gifts: answer.gifts,
    promotions: answer.promotions,
    currency: answer.currency,
    netAmount: answer.netAmount,
    taxAmount: answer.taxAmount,
    grossAmount: answer.grossAmount,
  };
}
