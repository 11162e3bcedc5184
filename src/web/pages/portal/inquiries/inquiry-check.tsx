/** 核對 before sending: each line as it is understood, what is missing, what looks odd. Products and prices are the server's answers. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { queryOf } from '../../../api/hooks.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useCan, useSession } from '../../../session.tsx';
import { type EditorProduct, parseDate, parseDecimal } from '../../../ui/line-editor-model.ts';
import { productName } from '../../../ui/line-server.ts';
import { Facts, Section } from '../../../ui/page.tsx';
import { BizDate, Money, Price, Qty } from '../../../ui/values.tsx';
import { today } from '../today.ts';
import { type InquiryDraft, isBlankWanted, type Wanted } from './wanted-model.ts';
import { known } from '../known.ts';

/** So many lines without a product are looked up; more than that is a list for the sales contact. */
const LOOKED_UP = 60;

type Quoted = Awaited<ReturnType<typeof api<'quoteCreate'>>>['lines'][number];

function useQuoted(draft: InquiryDraft, lines: readonly Wanted[]): Map<string, Quoted> {
  const can = useCan();
  const asked = lines.flatMap((line) => {
    const qty = parseDecimal(line.qty);
    if (line.product === null || qty === null || qty === '0') return [];
    const on = parseDate(line.requestedOn);
    return [{ key: line.key, input: { productId: line.product.id, qty, ...(on === null ? {} : { requestedOn: on }) } }];
  });
  const body = {
    lines: asked.map(({ input }) => input),
    ...(draft.requestedOn === '' ? {} : { requestedOn: draft.requestedOn }),
  };
  const quote = useQuery({
    queryKey: ['quoteCreate', body],
    queryFn: ({ signal }) => api('quoteCreate', { body }, { signal }),
    enabled: asked.length > 0 && can('quote.make'),
  });
  return new Map(
    (quote.data?.lines ?? []).flatMap((line) => {
      const key = asked[line.index]?.key;
      return key === undefined ? [] : [[key, line] as const];
    }),
  );
}

export function InquiryCheck({
  draft,
  onProduct,
}: {
  draft: InquiryDraft;
  onProduct: (key: string, product: EditorProduct) => void;
}): ReactElement {
  const { t } = useTranslation();
  const lines = draft.lines.filter((line) => !isBlankWanted(line));
  const unknown = lines.filter(({ product }) => product === null).slice(0, LOOKED_UP);
  const guesses = useQueries({
    queries: unknown.map((line) =>
      queryOf('productList', { query: { q: line.text.trim().slice(0, 100), sellable: 'true', limit: 3 } }),
    ),
  });
  /** A code that is exactly one of the catalogue's, or the partner's own, is understood without asking. */
  const exact = (line: Wanted): EditorProduct | null => {
    const code = line.text.trim().toLowerCase();
    const found = guesses[unknown.indexOf(line)]?.data?.items.find(
      ({ sku, partnerCode }) => sku.toLowerCase() === code || partnerCode?.toLowerCase() === code,
    );
    return found === undefined ? null : { id: found.id, sku: found.sku, name: productName(found), unit: found.unit };
  };
  const seen = lines.map((line) => (line.product === null ? { ...line, product: exact(line) } : line));
  const quoted = useQuoted(draft, seen);
  const repeated = new Set(
    seen.map(({ product }) => product?.id).filter((id, index, all) => id !== undefined && all.indexOf(id) !== index),
  );
  return (
    <>
      <Section title={t('portal.inquiry.understood')}>
        <ol className="qp-check">
          {seen.map((line, index) => {
            const at = unknown.findIndex(({ key }) => key === line.key);
            const found = at === -1 ? [] : (guesses[at]?.data?.items ?? []);
            return (
              <CheckedLine
                key={line.key}
                line={line}
                no={index + 1}
                wholeDate={draft.requestedOn}
                quote={quoted.get(line.key)}
                guesses={found.map((product) => ({
                  id: product.id,
                  sku: product.sku,
                  name: productName(product),
                  unit: product.unit,
                }))}
                twice={line.product !== null && repeated.has(line.product.id)}
                onProduct={(product) => onProduct(line.key, product)}
              />
            );
          })}
        </ol>
      </Section>
      <Section title={t('portal.inquiry.about')}>
        <Facts
          items={known([
            [t('portal.customer'), draft.customerName],
            [t('portal.poNo'), draft.poNo],
            [t('portal.requestedOn'), draft.requestedOn === '' ? null : <BizDate value={draft.requestedOn} />],
            [t('portal.note'), draft.note],
          ])}
        />
      </Section>
    </>
  );
}

type CheckedProps = {
  line: Wanted;
  no: number;
  wholeDate: string;
  quote: Quoted | undefined;
  guesses: readonly EditorProduct[];
  twice: boolean;
  onProduct: (product: EditorProduct) => void;
};

function CheckedLine({ line, no, wholeDate, quote, guesses, twice, onProduct }: CheckedProps): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const { company } = useSession();
  const qty = parseDecimal(line.qty);
  const date = parseDate(line.requestedOn) ?? (wholeDate === '' ? null : wholeDate);
  const gaps = [
    ...(line.qty.trim() === '' || qty === '0' ? [t('portal.gap.qty')] : []),
    ...(line.qty.trim() !== '' && qty === null ? [t('portal.gap.qtyUnread', { text: line.qty })] : []),
    ...(line.requestedOn !== '' && parseDate(line.requestedOn) === null
      ? [t('portal.gap.dateUnread', { text: line.requestedOn })]
      : date === null
        ? [t('portal.gap.date')]
        : []),
  ];
  const unit = line.product?.unit;
  const promised = quote?.promisedOn ?? null;
  const odd = [
    ...(line.product === null ? [t('portal.odd.product')] : []),
    ...(date !== null && date < today(company.timeZone) ? [t('portal.odd.past')] : []),
    ...(twice ? [t('portal.odd.twice')] : []),
    ...(unit !== undefined && line.unit.trim() !== '' && line.unit.trim() !== unit
      ? [t('portal.odd.unit', { unit })]
      : []),
    ...(promised !== null && date !== null && promised > date
      ? [t('portal.odd.later', { date: format.date(promised) })]
      : []),
    ...(quote?.problems ?? []).map(({ title }) => title),
  ];
  return (
    <li>
      <span className="qc-muted qc-num">{no}</span>
      <div>
        <div className="qc-row" style={{ justifyContent: 'space-between' }}>
          <strong className="qp-what">{line.text}</strong>
          {qty !== null && <Qty value={qty} unit={line.unit.trim() === '' ? (unit ?? null) : line.unit} />}
        </div>
        <div className="qc-muted qc-row">
          {line.product !== null && !line.text.startsWith(`${line.product.sku} `) && (
            <span>
              {t('portal.inquiry.as')} {line.product.sku} {line.product.name}
            </span>
          )}
          {date !== null && (
            <span>
              {t('portal.line.requestedOn')} <BizDate value={date} />
            </span>
          )}
          {quote?.unitPrice != null && (
            <span>
              {t('portal.line.unitPrice')} <Price value={quote.unitPrice} />
            </span>
          )}
          {quote?.grossAmount != null && (
            <span>
              {t('portal.line.amount')} <Money value={quote.grossAmount} />
            </span>
          )}
          {line.note !== '' && <span>{line.note}</span>}
        </div>
        <ul className="qp-notes">
          {gaps.map((text) => (
            <li key={text} className="is-gap">
              {text}
            </li>
          ))}
          {odd.map((text) => (
            <li key={text} className="is-odd">
              {text}
            </li>
          ))}
          {gaps.length + odd.length === 0 && <li className="is-good">{t('portal.inquiry.clear')}</li>}
        </ul>
        {line.product === null && guesses.length > 0 && (
          <div className="qc-row" style={{ marginTop: 6 }}>
            <span className="qc-muted">{t('portal.inquiry.didYouMean')}</span>
            {guesses.map((product) => (
              <Button key={product.id} size="small" onClick={() => onProduct(product)}>
                {product.sku} {product.name}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}
