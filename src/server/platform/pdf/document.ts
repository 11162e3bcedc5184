/** What a PDF is made from: plain data, because it travels to the worker that lays it out. */

/** Content in the words of pdfmake (text, table, columns, stack, svg …), without functions. */
export type PdfNode =
  | string
  | number
  | boolean
  | null
  | readonly PdfNode[]
  | { readonly [key: string]: PdfNode | undefined };

export type PdfDocument = {
  title: string;
  /** BCP 47, for readers aloud. */
  language: string;
  content: readonly PdfNode[];
  /** Left side of the foot of every page. `{page}` and `{pages}` are filled in `pageLabel`. */
  footer: string;
  pageLabel: string;
  /** Written across every page. */
  watermark?: string;
  /** A sentence that begins the note about characters that the font lacks. */
  missingNote: string;
};

export type PdfResult = {
  bytes: Buffer;
  /** Characters that the font lacks, as U+20BB7; in the text they are replaced by that code. */
  missing: string[];
};
