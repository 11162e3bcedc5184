/** Is a file what it says it is? Looked at by its own bytes; and a name under which it can do no harm on the receiver's machine. */

export const MEDIA_TYPES = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'text/csv': ['csv'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
} as const;
export type MediaType = keyof typeof MEDIA_TYPES;

/** The media type of a Content-Type header, if it is one that may be attached. */
export function mediaTypeOf(contentType: string): MediaType | null {
  const bare = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return isMediaType(bare) ? bare : null;
}

const isMediaType = (text: string): text is MediaType => Object.hasOwn(MEDIA_TYPES, text);

const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex');
const PNG_END = Buffer.from('49454e44ae426082', 'hex');
const JPEG_START = Buffer.from('ffd8ff', 'hex');
const JPEG_END = Buffer.from('ffd9', 'hex');
const ZIP_START = Buffer.from('504b0304', 'hex');
const UTF8_BOM = Buffer.from('efbbbf', 'hex');
/** What a text begins with that a browser or viewer would take for something else than a table. */
const OTHER_TEXT = /^\s*(<|%PDF|%!PS|\{\\rtf|#!|MZ)/i;
/** Control characters that no table holds. */
const BINARY = /[^\P{Cc}\n\r\t]/u;

/** True when the bytes are of the declared type, from the first to the last. */
export function isOfType(content: Buffer, type: MediaType): boolean {
  switch (type) {
    case 'application/pdf':
      return startsWith(content, Buffer.from('%PDF-')) && content.subarray(-2048).includes('%%EOF');
    case 'image/png':
      return startsWith(content, PNG_START) && content.subarray(-PNG_END.length).equals(PNG_END);
    case 'image/jpeg':
      return startsWith(content, JPEG_START) && content.subarray(-64).includes(JPEG_END);
    case 'text/csv':
      return isPlainText(content);
    case 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet':
      // Names of members stand uncompressed in the archive's list at its end.
      return (
        startsWith(content, ZIP_START) && content.includes('[Content_Types].xml') && content.includes('xl/workbook')
      );
  }
}

const startsWith = (content: Buffer, start: Buffer) => content.subarray(0, start.length).equals(start);

/** UTF-8 or GB 18030 without binary characters. */
function isPlainText(content: Buffer): boolean {
  const bytes = startsWith(content, UTF8_BOM) ? content.subarray(3) : content;
  const text = decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030');
  return text !== null && !BINARY.test(text) && !OTHER_TEXT.test(text);
}

function decode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const MOST_CHARACTERS = 150;

/** A file name without folders, controls and marks that turn the reading direction, ending as its type ends. */
export function safeFileName(name: string, type: MediaType): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = [...last.replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, '').replace(/^[\s.]+|[\s.]+$/g, '')]
    .slice(0, MOST_CHARACTERS)
    .join('');
  const endings: readonly string[] = MEDIA_TYPES[type];
  const ending = /\.([^.]+)$/.exec(clean)?.[1]?.toLowerCase() ?? '';
  const stem = clean === '' ? 'file' : clean;
  return endings.includes(ending) ? stem : `${stem}.${endings[0]}`;
}

/** Content-Disposition by RFC 6266: always to be saved, never to be shown; a plain name for old programs and the real one beside it. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%;]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
