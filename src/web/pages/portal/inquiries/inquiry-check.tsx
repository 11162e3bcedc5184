/** 核對 before sending: each line as the server understands it, what is missing, what looks odd; all of it can be mended here. */
import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useCan } from '../../../session.tsx';
import { DateField, DecimalField } from '../../../ui/fields.tsx';
import { type PreviewedLine, useOddities, usePreview } from '../../../ui/inquiry-reading.tsx';
import { type EditorProduct, parseDate, parseDecimal } from '../../../ui/line-editor-model.ts';
import { productName } from '../../../ui/line-server.ts';
import { Facts, Section } from '../../../ui/page.tsx';
import { BizDate, Money, Price } from '../../../ui/values.tsx';
import { known } from '../known.ts';
import { type InquiryDraft, inquiryBody, type Wanted, writtenLines } from './wanted-model.ts';

type Quoted = Awaited<ReturnType<typeof api<'quoteCreate'>>>['lines'][number];

/** Price and promise of the lines whose product and quantity are known. */
function useQuoted(draft: InquiryDraft, lines: readonly PreviewedLine[]): Map<number, Quoted> {
  const can = useCan();
  const asked = lines.flatMap(({ lineNo, product, qty, requestedOn }) =>
    product === null || qty === null
      ? []
      : [{ lineNo, input: { productId: product.id, qty, ...(requestedOn === null ? {} : { requestedOn }) } }],
  );
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
      const lineNo = asked[line.index]?.lineNo;
      return lineNo === undefined ? [] : [[lineNo, line] as const];
    }),
  );
}

export function InquiryCheck({
  draft,
  onEdit,
}: {
  draft: InquiryDraft;
  onEdit: (key: string, patch: Partial<Wanted>) => void;
}): ReactElement {
  const { t } = useTranslation();
  const written = writtenLines(draft);
  const { lines, requestedOn } = inquiryBody(draft);
  const preview = usePreview({ lines, ...(requestedOn === undefined ? {} : { requestedOn }) }, true);
  const seen = preview.data?.lines ?? [];
  const quoted = useQuoted(draft, seen);
  const gaps = seen.filter((line) => line.gaps.length > 0).length;
  return (
    <>
      <Section
        title={t('portal.inquiry.understood')}
        extra={gaps === 0 ? null : <Tag color="warning">{t('inquiries.gapLines', { count: gaps })}</Tag>}
      >
        <ol className="qp-check" aria-busy={preview.isFetching}>
          {written.map((line, index) => (
            <CheckedLine
              key={line.key}
              line={line}
              no={index + 1}
              seen={seen[index]}
              quote={quoted.get(index + 1)}
              onEdit={(patch) => onEdit(line.key, patch)}
            />
          ))}
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
  seen: PreviewedLine | undefined;
  quote: Quoted | undefined;
  onEdit: (patch: Partial<Wanted>) => void;
};

function CheckedLine({ line, no, seen, quote, onEdit }: CheckedProps): ReactElement {
  const { t } = useTranslation();
  const named = (label: string) => t('common.lines.cell', { label, no });
  const product = seen?.product ?? null;
  const choose = (chosen: PreviewedLine['alternatives'][number]) => {
    const picked: EditorProduct = { ...chosen, name: productName(chosen) };
    onEdit({ product: picked });
  };
  return (
    <li>
      <span className="qc-muted qc-num">{no}</span>
      <div>
        <strong className="qp-what">{line.text}</strong>
        {product !== null && (
          <div className="qc-row">
            <span>
              {t('portal.inquiry.as')} {product.sku} {productName(product)}
            </span>
            <Tag color="success">{t('inquiries.confidence', { percent: seen?.confidence ?? 100 })}</Tag>
          </div>
        )}
        <div className="qp-check-fields">
          <DecimalField
            value={line.qty}
            placeholder={t('portal.line.qty')}
            aria-label={named(t('portal.line.qty'))}
            suffix={line.unit.trim() === '' ? (product?.unit ?? '') : line.unit}
            onChange={(qty) => onEdit({ qty: qty ?? '' })}
          />
          <DateField
            value={parseDate(line.requestedOn) ?? draftDate(line, seen)}
            placeholder={t('portal.line.requestedOn')}
            aria-label={named(t('portal.line.requestedOn'))}
            onChange={(requestedOn) => onEdit({ requestedOn: requestedOn ?? '' })}
          />
        </div>
        <Quote quote={quote} note={line.note} />
        {seen !== undefined && <Notes line={line} seen={seen} quote={quote} />}
        {seen !== undefined && seen.alternatives.length > 0 && (product === null || line.product === null) && (
          <div className="qc-row" style={{ marginTop: 6 }}>
            <span className="qc-muted">{t('portal.inquiry.didYouMean')}</span>
            {seen.alternatives.map((other) => (
              <Button key={other.id} size="small" onClick={() => choose(other)}>
                {other.sku} {productName(other)}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  );
}

/** The date of the whole inquiry stands for lines without one of their own. */
const draftDate = (line: Wanted, seen: PreviewedLine | undefined): string =>
  line.requestedOn.trim() === '' ? (seen?.requestedOn ?? '') : '';

function Quote({ quote, note }: { quote: Quoted | undefined; note: string }): ReactElement | null {
  const { t } = useTranslation();
  if (quote?.unitPrice == null && note === '') return null;
  return (
    <div className="qc-muted qc-row">
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
      {note !== '' && <span>{note}</span>}
    </div>
  );
}

function Notes({ line, seen, quote }: { line: Wanted; seen: PreviewedLine; quote: Quoted | undefined }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const oddities = useOddities();
  const promised = quote?.promisedOn ?? null;
  const gaps = seen.gaps.map((gap) => t(`states.gap.${gap}`));
  const unread = [
    ...(line.qty.trim() !== '' && parseDecimal(line.qty) === null
      ? [t('portal.gap.qtyUnread', { text: line.qty })]
      : []),
    ...(line.requestedOn !== '' && parseDate(line.requestedOn) === null
      ? [t('portal.gap.dateUnread', { text: line.requestedOn })]
      : []),
  ];
  const odd = [
    ...oddities(seen),
    ...(promised !== null && seen.requestedOn !== null && promised > seen.requestedOn
      ? [t('portal.odd.later', { date: format.date(promised) })]
      : []),
  ];
  return (
    <ul className="qp-notes">
      {[...gaps, ...unread].map((text) => (
        <li key={text} className="is-gap">
          {text}
        </li>
      ))}
      {odd.map((text) => (
        <li key={text} className="is-odd">
          {text}
        </li>
      ))}
      {gaps.length + unread.length + odd.length === 0 && <li className="is-good">{t('portal.inquiry.clear')}</li>}
    </ul>
  );
}
