/** Lists as files: CSV and XLSX, streamed. */
import type { Readable } from 'node:stream';
import { CSV_TYPE, XLSX_TYPE } from '../../../contract/imports.ts';
import type { ExportColumn } from './cells.ts';
import { csvStream } from './csv.ts';
import { xlsxStream } from './xlsx.ts';

export { type CellType, type ExportColumn, guarded, isExactNumber, unguarded } from './cells.ts';
export { type AnyExportList, type ExportList, exportOf, type ListCall, type ListColumn, type Titles } from './list.ts';
export { nameOf } from './names.ts';
export { columnLetters, xlsxStream } from './xlsx.ts';

export type ExportFormat = 'xlsx' | 'csv';

/** The file as a stream, with its media type. */
export function exportStream<T>(
  format: ExportFormat,
  sheetName: string,
  columns: readonly ExportColumn<T>[],
  rows: AsyncIterable<T>,
): { stream: Readable; mediaType: string } {
  return format === 'csv'
    ? { stream: csvStream(columns, rows), mediaType: `${CSV_TYPE}; charset=utf-8` }
    : { stream: xlsxStream(sheetName, columns, rows), mediaType: XLSX_TYPE };
}

/** Content-Disposition of a download (RFC 6266): always an attachment, with a name that no system misreads. */
export function attachmentHeader(fileName: string): string {
  const safe =
    [...fileName.normalize('NFC')]
      .filter((c) => !/[\p{C}\p{Zl}\p{Zp}\\/:*?"<>|]/u.test(c))
      .join('')
      .slice(0, 150) || 'file';
  const ascii = safe.replace(/[^\x20-\x7e]/g, '_').replace(/["%]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(safe).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
