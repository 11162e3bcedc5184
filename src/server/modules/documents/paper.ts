/** Parts that papers share: head with the company, facts in two columns, tables, places to sign, amounts as people read them. */
import { capitalAmount, formatAmount } from '../../kernel/money.ts';
import type { PdfDocument, PdfNode } from '../../platform/pdf/index.ts';
import type { Label, Wording } from './wording.ts';

export type CompanyHead = {
  name: string;
  nameEn: string | null;
  taxNo: string | null;
  address: string | null;
  phone: string | null;
  logoSvg: string | null;
  timeZone: string;
  /** Accounts in use that partners pay into. */
  accounts: { bankName: string; accountNo: string; currency: string }[];
};

/** An amount with separators of thousands: 1,409.50. */
export function money(minor: bigint, currency: string): string {
  return grouped(formatAmount(minor, currency));
}

/** Decimal text with separators of thousands. */
export function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** 大寫金額: Chinese papers in renminbi have it. */
export function inWords(minor: bigint, currency: string, words: Wording): string | null {
  return words.script === null || currency !== 'CNY' ? null : capitalAmount(minor, words.script);
}

/** Company on the left, name of the paper on the right. */
export function head(company: CompanyHead, title: Label, words: Wording): PdfNode[] {
  const line = [
    company.taxNo === null ? null : `${words.say('taxNo')} ${company.taxNo}`,
    company.phone === null ? null : `${words.say('phone')} ${company.phone}`,
  ]
    .filter((each) => each !== null)
    .join('　');
  const own: PdfNode[] = [
    { text: words.script === null ? (company.nameEn ?? company.name) : company.name, style: 'company' },
    ...(words.code === 'bilingual' && company.nameEn !== null ? [{ text: company.nameEn, style: 'small' }] : []),
    ...(company.address === null ? [] : [{ text: company.address, style: 'small' }]),
    ...(line === '' ? [] : [{ text: line, style: 'small' }]),
  ];
  return [
    {
      columns: [
        ...(company.logoSvg === null ? [] : [{ svg: company.logoSvg, fit: [48, 48], width: 56 }]),
        { stack: own, width: '*' },
        { text: words.head(title), style: 'title', width: 'auto' },
      ],
      columnGap: 8,
    },
    {
      canvas: [{ type: 'line', x1: 0, y1: 0, x2: 523, y2: 0, lineWidth: 1, lineColor: '#334155' }],
      margin: [0, 6, 0, 8],
    },
  ];
}

/** Facts in two columns; those without a value are left out. */
export function facts(
  left: readonly [Label, string | null][],
  right: readonly [Label, string | null][],
  words: Wording,
): PdfNode {
  const column = (rows: readonly [Label, string | null][]): PdfNode => {
    const body = rows.flatMap(([label, value]) =>
      value === null || value === ''
        ? []
        : [[{ text: words.say(label), style: 'label', noWrap: true }, { text: value }]],
    );
    return body.length === 0
      ? { text: '', width: '*' }
      : { width: '*', layout: 'plain', table: { widths: ['auto', '*'], body } };
  };
  return { columns: [column(left), column(right)], columnGap: 16, margin: [0, 0, 0, 8] };
}

export type Column = { label: Label; width: number | 'auto' | '*'; align?: 'left' | 'right' | 'center' };

/** A table whose head stands on every page, and whose rows are not torn. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly (string | PdfNode)[])[],
  words: Wording,
): PdfNode {
  return {
    layout: 'grid',
    margin: [0, 0, 0, 6],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [
        columns.map(({ label }) => ({ text: words.head(label), style: 'th' })),
        ...rows.map((row) =>
          row.map((cell, i) =>
            typeof cell === 'string' ? { text: cell, alignment: columns[i]?.align ?? 'left' } : cell,
          ),
        ),
      ],
    },
  };
}

/** Where the partner pays in this currency; nothing when the company has no such account. */
export function payTo(company: CompanyHead, currency: string, words: Wording): PdfNode[] {
  const accounts = company.accounts.filter((account) => account.currency === currency);
  if (accounts.length === 0) return [];
  const lines = accounts.map(({ bankName, accountNo }) => ({ text: `${bankName}　${accountNo}` }));
  return [{ margin: [0, 6, 0, 0], stack: [{ text: words.say('payTo'), style: 'label' }, ...lines] }];
}

/** Places for signatures, kept together. */
export function signatures(labels: readonly Label[], words: Wording): PdfNode {
  return {
    unbreakable: true,
    margin: [0, 14, 0, 0],
    columns: labels.map((label) => ({
      width: '*',
      stack: [
        { text: words.say(label), bold: true, margin: [0, 0, 0, 26] },
        { text: `${words.say('signature')}：＿＿＿＿＿＿＿＿　${words.say('date')}：＿＿＿＿＿＿` },
      ],
    })),
    columnGap: 20,
  };
}

/** The document around its content. */
export const paper = (
  title: string,
  footer: string,
  content: readonly PdfNode[],
  words: Wording,
  watermark?: string,
): PdfDocument => ({
  title,
  language: words.script ?? 'en',
  content,
  footer,
  pageLabel: words.say('page'),
  missingNote: words.say('missing'),
  ...(watermark === undefined ? {} : { watermark }),
});
