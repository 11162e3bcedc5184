/** What the parsing thread gives back: plain values within limits. Everything in it was written by a stranger. */

export type ParsedAttachment = {
  fileName: string;
  mediaType: string;
  byteCount: number;
  /** Cells of a workbook or CSV file; null for other files, and for tables that could not be read. */
  rows: string[][] | null;
  content: Uint8Array;
};

/** Mail of ours that came back. */
export type ReturnedMail = { ids: string[]; detail: string | null };

export type ParsedMail = {
  messageId: string | null;
  /** The address of the one author; null when there is none, or more than one, or the header stands twice. */
  from: string | null;
  subject: string;
  text: string;
  /** Tables of the HTML body. */
  tables: string[][][];
  attachments: ParsedAttachment[];
  automatic: 'auto_reply' | 'bounce' | 'list_mail' | null;
  /** Our messages that a bounce brings back. */
  returned: ReturnedMail | null;
  /** Authentication-Results of relays, topmost first: name of the relay and what it says. */
  relayResults: { relay: string; spf: string; dkim: string; dmarc: string }[];
};

export type AuthResult = {
  spf: string;
  dkim: string;
  dmarc: string;
  /** `self`, or the relay that was believed. */
  by: string;
  /** SPF or a DKIM signature passed for the author's own domain. */
  aligned: boolean;
};

/** Longest that is kept of a body. */
export const MOST_TEXT = 200_000;
export const MOST_ATTACHMENTS = 20;
export const MOST_ROWS = 2000;
const MOST_CELLS = 60;
const LONGEST_CELL = 2000;

export const boundedRow = (cells: readonly string[]): string[] =>
  cells.slice(0, MOST_CELLS).map((cell) => cell.slice(0, LONGEST_CELL));

/** Text without what a database or a page cannot hold. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- the point of it
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .slice(0, MOST_TEXT);
