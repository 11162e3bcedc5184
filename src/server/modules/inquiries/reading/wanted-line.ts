/** What was understood of an inquiry in words or tables. Nothing is guessed: what could not be read stays null, and stands in `unread` as it was written. */
import type { BizDate } from '../../../kernel/biz-date.ts';

export type WantedLine = {
  /** The product in the partner's words; never empty. */
  wanted: string;
  /** What stood in a column of codes, or is written like one. */
  code: string | null;
  spec: string | null;
  /** Decimal text, above zero. */
  qty: string | null;
  unit: string | null;
  requestedOn: BizDate | null;
  note: string | null;
  /** Cells of quantity and date that say something else. */
  unread: string[];
};

export type ReadInquiry = {
  lines: WantedLine[];
  /** A delivery date that is said for the whole. */
  requestedOn: BizDate | null;
  poNo: string | null;
  customerName: string | null;
  /** Lines beyond the limit were left out. */
  truncated: boolean;
};

export const MOST_LINES = 500;
const MOST = { wanted: 300, code: 100, spec: 300, unit: 20, note: 500, poNo: 64, customerName: 200 } as const;

const cut = (text: string | null | undefined, name: keyof typeof MOST): string | null => {
  const plain = [
    ...(text ?? '')
      .replace(/\p{C}+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, MOST[name])
    .join('')
    .trim();
  return plain === '' ? null : plain;
};

/** A line within the limits of the wire; null when there are no words for the product. */
export function wantedLine(raw: Partial<Omit<WantedLine, 'unread'>> & { unread?: string[] }): WantedLine | null {
  const code = cut(raw.code, 'code');
  const wanted = cut(raw.wanted, 'wanted') ?? code;
  if (wanted === null) return null;
  return {
    wanted,
    code,
    spec: cut(raw.spec, 'spec'),
    qty: raw.qty ?? null,
    unit: cut(raw.unit, 'unit'),
    requestedOn: raw.requestedOn ?? null,
    note: cut(raw.note, 'note'),
    unread: (raw.unread ?? []).flatMap((text) => cut(text, 'unit') ?? []),
  };
}

/** PO numbers are codes: what could not be one is left out rather than refused later. */
export const poNumber = (text: string | null | undefined): string | null => {
  const code = cut(text, 'poNo');
  return code !== null && /^[\w./#-]{2,64}$/.test(code) && /\d/.test(code) ? code : null;
};
export const customer = (text: string | null | undefined): string | null => cut(text, 'customerName');
