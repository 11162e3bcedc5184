/** 訂單確認書: the document that both sides can print and sign. R4.3. */
import { formatDecimal, PRICE_SCALE, parseDecimal, RATE_SCALE } from '../../kernel/decimal.ts';
import { formatQty } from '../../kernel/qty.ts';
import type { PdfDocument, PdfNode } from '../../platform/pdf/index.ts';
import type { ConfirmationDoc, ConfirmationLine } from './document-queries.ts';
import { type Column, facts, grouped, head, inWords, money, paper, payTo, signatures, table } from './paper.ts';
import type { Label, Wording } from './wording.ts';

export function confirmationPaper(doc: ConfirmationDoc, today: string, words: Wording): PdfDocument {
  const { standing } = doc;
  const title = `${words.say('confirmation')} ${doc.no}`;
  return paper(
    title,
    [doc.no, standingText(doc, words)].filter((part) => part !== '').join('　'),
    [
      ...head(doc.company, 'confirmation', words),
      facts(
        [
          ['partner', words.pick({ hant: doc.partner.name, hans: null, en: doc.partner.nameEn })],
          ['partnerNo', doc.partner.no],
          ['endCustomer', doc.ownStock ? words.say('ownStock') : doc.customerName],
          ['deliverTo', doc.deliveryAddress],
          ['receiver', doc.receiver],
          ['deliveryMethod', doc.deliveryMethod === null ? null : words.named('deliveryMethod', doc.deliveryMethod)],
        ],
        [
          ['orderNo', doc.no],
          ['poNo', doc.poNo],
          ...standingFacts(doc),
          ['requestedOn', doc.requestedOn],
          ['term', termText(doc.term, words)],
          ['currency', doc.currency],
          ['madeOn', standing.kind === 'preliminary' ? today : null],
        ],
        words,
      ),
      linesTable(doc, words),
      sums(doc, words),
      ...(doc.plan.length === 0 ? [] : [planTable(doc, words)]),
      ...payTo(doc.company, doc.currency, words),
      ...(doc.note === null ? [] : [{ text: `${words.say('note')}：${doc.note}`, margin: [0, 4, 0, 0] }]),
      closing(doc, words),
      signatures(['seller', 'buyer'], words),
    ],
    words,
    standing.kind === 'preliminary' ? words.say('preliminary') : undefined,
  );
}

const standingText = ({ standing }: ConfirmationDoc, words: Wording): string => {
  switch (standing.kind) {
    case 'round':
      return `${words.say('round')} ${standing.round}　${words.say('hash')} ${standing.hash.slice(0, 16)}`;
    case 'version':
      return `${words.say('version')} ${standing.version}　${words.say('hash')} ${standing.hash.slice(0, 16)}`;
    case 'preliminary':
      return words.say('preliminary');
  }
};

const standingFacts = ({ standing }: ConfirmationDoc): [Label, string | null][] => {
  switch (standing.kind) {
    case 'round':
      return [
        ['round', String(standing.round)],
        ['sentOn', standing.sentOn],
        ['replyBy', standing.dueOn],
      ];
    case 'version':
      return [
        ['version', String(standing.version)],
        ['effectiveOn', standing.effectiveOn],
      ];
    case 'preliminary':
      return [];
  }
};

function closing({ standing }: ConfirmationDoc, words: Wording): PdfNode {
  const margin = [0, 6, 0, 0];
  if (standing.kind === 'preliminary') return { text: words.tell('preliminaryNote'), margin };
  if (standing.kind === 'round' && standing.dueOn !== null)
    return {
      text: words.tell(standing.silenceAccepts ? 'silenceRule' : 'replyRule', { date: standing.dueOn }),
      margin,
    };
  return { text: '' };
}

/** A rate as people write it: 130000 is 13 %. */
export const percent = (rate: bigint): string => `${formatDecimal(rate, RATE_SCALE - 2)}%`;

export function termText(term: ConfirmationDoc['term'], words: Wording): string {
  const rate = percent(parseDecimal(term.depositRate ?? '0', RATE_SCALE) ?? 0n);
  const values = { days: String(term.days ?? 0), rate, parts: String(term.parts ?? 2) };
  switch (term.kind) {
    case 'prepaid':
    case 'deposit_balance':
    case 'net_days':
    case 'month_end_days':
    case 'instalments':
      return words.tell(term.kind, values);
    default:
      return term.kind;
  }
}

function linesTable(doc: ConfirmationDoc, words: Wording): PdfNode {
  const discounts = doc.lines.some(({ discount }) => discount !== 0n);
  const columns: Column[] = [
    { label: 'no', width: 16, align: 'center' },
    { label: 'sku', width: 56 },
    { label: 'description', width: '*' },
    { label: 'qty', width: 40, align: 'right' },
    { label: 'unit', width: 26, align: 'center' },
    { label: doc.taxInclusive ? 'unitPriceTaxed' : 'unitPrice', width: 56, align: 'right' },
    ...(discounts ? [{ label: 'discount', width: 44, align: 'right' } as const] : []),
    { label: 'taxRate', width: 28, align: 'right' },
    { label: 'amount', width: 64, align: 'right' },
    { label: 'promisedOn', width: 52, align: 'center' },
  ];
  const row = (line: ConfirmationLine) => [
    String(line.lineNo),
    line.sku,
    described(line, words),
    grouped(formatQty(line.qty)),
    line.unit,
    grouped(formatDecimal(line.unitPrice, PRICE_SCALE, 2)),
    ...(discounts ? [line.discount === 0n ? '' : money(line.discount, doc.currency)] : []),
    percent(line.taxRate),
    money(line.gross, doc.currency),
    line.promisedOn ?? '',
  ];
  return table(columns, doc.lines.map(row), words);
}

function described(line: ConfirmationLine, words: Wording): PdfNode {
  const base = line.base === null ? null : `= ${grouped(formatQty(line.base.qty))} ${line.base.unit}`;
  const more = [line.spec, base, line.free ? words.say('free') : null, line.note].filter(
    (each) => each !== null && each !== '',
  );
  return { stack: [{ text: words.pick(line.name) }, ...more.map((text) => ({ text, style: 'small' }))] };
}

function sums(doc: ConfirmationDoc, words: Wording): PdfNode {
  const written = inWords(doc.gross, doc.currency, words);
  const reductions = (
    [
      ['promotionDiscount', doc.promotionDiscount, null],
      ['discount', doc.orderDiscount, doc.orderDiscountRate],
    ] satisfies [Label, bigint, bigint | null][]
  ).filter(([, amount]) => amount !== 0n);
  const rows: [Label, bigint][] = [
    ['net', doc.net],
    ['tax', doc.tax],
    ['gross', doc.gross],
  ];
  return {
    unbreakable: true,
    columns: [
      {
        width: '*',
        stack:
          written === null
            ? [{ text: '' }]
            : [
                { text: words.say('inWords'), style: 'label' },
                { text: written, bold: true },
              ],
      },
      {
        width: 'auto',
        layout: 'plain',
        table: {
          widths: ['auto', 'auto'],
          body: [
            ...reductions.map(([label, amount, rate]) => [
              { text: rate === null ? words.say(label) : `${words.say(label)} ${percent(rate)}`, style: 'label' },
              { text: `-${money(amount, doc.currency)}`, alignment: 'right' },
            ]),
            ...rows.map(([label, amount]) => [
              { text: words.say(label), style: 'label' },
              { text: `${doc.currency} ${money(amount, doc.currency)}`, alignment: 'right', bold: label === 'gross' },
            ]),
          ],
        },
      },
    ],
  };
}

function planTable(doc: ConfirmationDoc, words: Wording): PdfNode {
  return {
    unbreakable: true,
    margin: [0, 6, 0, 0],
    stack: [
      { text: words.say('plan'), bold: true, margin: [0, 0, 0, 3] },
      table(
        [
          { label: 'no', width: 20, align: 'center' },
          { label: 'term', width: 120 },
          { label: 'dueOn', width: 80, align: 'center' },
          { label: 'amount', width: 90, align: 'right' },
        ],
        doc.plan.map(({ kind, dueOn, amount }, i) => [
          String(i + 1),
          words.named('planKind', kind),
          dueOn ?? '',
          money(amount, doc.currency),
        ]),
        words,
      ),
    ],
  };
}
