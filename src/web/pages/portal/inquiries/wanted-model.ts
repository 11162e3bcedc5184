/** Lines of an inquiry as the partner writes them: a product of the catalogue or words of one's own. Quantities and dates stay text. */
import type { EditorProduct } from '../../../ui/line-editor-model.ts';
import { parseDate, parseDecimal, parsePaste } from '../../../ui/line-editor-model.ts';
import type { Body } from '../../../api/client.ts';
import { noteOf, type Preview, wordsOf } from '../../../ui/inquiry-reading.tsx';
import { productName } from '../../../ui/line-server.ts';

export type Wanted = {
  key: string;
  /** What was typed; of a chosen product its code and name. */
  text: string;
  product: EditorProduct | null;
  qty: string;
  unit: string;
  requestedOn: string;
  note: string;
};
export type InquiryDraft = {
  lines: readonly Wanted[];
  customerName: string;
  poNo: string;
  requestedOn: string;
  addressId: string | null;
  note: string;
  /** The files that lines came out of. */
  fileIds?: readonly string[];
};

export const MAX_WANTED = 500;

let counter = 0;
export const emptyWanted = (): Wanted => {
  counter += 1;
  return {
    key: `${Date.now().toString(36)}-${counter}`,
    text: '',
    product: null,
    qty: '',
    unit: '',
    requestedOn: '',
    note: '',
  };
};
export const EMPTY_INQUIRY: InquiryDraft = {
  lines: [],
  customerName: '',
  poNo: '',
  requestedOn: '',
  addressId: null,
  note: '',
};
export const isBlankWanted = (line: Wanted): boolean =>
  line.text.trim() === '' && line.qty.trim() === '' && line.note.trim() === '';

/** Rows of a spreadsheet as lines; blank lines before are used up. */
export function pasteWanted(lines: readonly Wanted[], text: string): readonly Wanted[] {
  const pasted = parsePaste(text).map((line) => ({
    ...emptyWanted(),
    text: line.text,
    qty: line.qty,
    requestedOn: line.requestedOn,
    note: line.note,
  }));
  return [...lines.filter((line) => !isBlankWanted(line)), ...pasted].slice(0, MAX_WANTED);
}

/** What was read joins what is there; what was said for the whole fills what is empty. */
export function withRead(draft: InquiryDraft, read: Preview): InquiryDraft {
  const lines = read.lines.map(
    (line): Wanted => ({
      ...emptyWanted(),
      text: wordsOf(line),
      product: line.product === null ? null : { ...line.product, name: productName(line.product) },
      qty: line.qty ?? '',
      unit: line.unit ?? '',
      requestedOn: line.requestedOn === null || line.requestedOn === read.requestedOn ? '' : line.requestedOn,
      note: noteOf(line),
    }),
  );
  return {
    ...draft,
    lines: [...draft.lines.filter((line) => !isBlankWanted(line)), ...lines].slice(0, MAX_WANTED),
    poNo: draft.poNo === '' ? (read.poNo ?? '') : draft.poNo,
    customerName: draft.customerName === '' ? (read.customerName ?? '') : draft.customerName,
    requestedOn: draft.requestedOn === '' ? (read.requestedOn ?? '') : draft.requestedOn,
    ...(read.fileId === null ? {} : { fileIds: [...(draft.fileIds ?? []), read.fileId].slice(-10) }),
  };
}

/** The lines that are sent, in their order. */
export const writtenLines = (draft: InquiryDraft): readonly Wanted[] =>
  draft.lines.filter((line) => !isBlankWanted(line) && line.text.trim() !== '');

type Line = Body<'inquiryCreate'>['lines'][number];

/** What is sent: cells that cannot be read are left out of their field and told in the note, never guessed. */
export function inquiryBody(draft: InquiryDraft): Body<'inquiryCreate'> {
  const lines: Line[] = writtenLines(draft).map((line) => {
    const qty = parseDecimal(line.qty);
    const requestedOn = parseDate(line.requestedOn);
    const unread = [...(qty === null ? [line.qty] : []), ...(requestedOn === null ? [line.requestedOn] : [])];
    const note = [line.note, ...unread].map((part) => part.trim()).filter((part) => part !== '');
    return {
      wanted: line.text.trim(),
      ...(line.product === null ? {} : { productId: line.product.id }),
      ...(qty === null || qty === '0' ? {} : { qty }),
      ...(line.unit.trim() === '' ? {} : { unit: line.unit.trim() }),
      ...(requestedOn === null ? {} : { requestedOn }),
      ...(note.length === 0 ? {} : { note: note.join(' ') }),
    };
  });
  const given = (text: string) => text.trim() !== '';
  return {
    lines,
    ...(draft.fileIds === undefined ? {} : { channel: 'excel' as const, fileIds: [...draft.fileIds] }),
    ...(given(draft.customerName) ? { customerName: draft.customerName.trim() } : {}),
    ...(given(draft.poNo) ? { poNo: draft.poNo.trim() } : {}),
    ...(given(draft.requestedOn) ? { requestedOn: draft.requestedOn } : {}),
    ...(draft.addressId === null ? {} : { addressId: draft.addressId }),
    ...(given(draft.note) ? { note: draft.note } : {}),
  };
}
