/** Files in (CSV, XLSX) and lists out. An import runs the same commands as the API, row by row. Source: R3.1, R3.3. */
import { z } from 'zod';
import { Id, Instant, Page, PageQuery } from './common.ts';
import { operation } from './operation.ts';

/** The language of a file; left out: the reader's. */
const FileLanguage = z.enum(['zh-Hant', 'zh-Hans', 'en'], 'field.bad_parameter').optional();

export const IMPORT_KINDS = [
  'partners',
  'products',
  'prices',
  'stock',
  'orders',
  'openingBalances',
  'cutOverOrders',
] as const;
export type ImportKindName = (typeof IMPORT_KINDS)[number];
/** check: nothing is written. all_or_nothing: all rows or none. valid_rows: good rows go in, the others come back with their reasons. */
export const IMPORT_MODES = ['check', 'all_or_nothing', 'valid_rows'] as const;
/** keep: rows only add; one whose document is there and differs is refused. update: it changes what is there, by the cells that it fills in. */
export const IMPORT_EXISTING = ['keep', 'update'] as const;
/** Kinds that can change what is there. */
export const UPDATING_KINDS: readonly ImportKindName[] = ['partners', 'products', 'prices'];
/** running: a long file goes on after the answer. interrupted: nobody works on it any more. cancelled, failed, interrupted: can be continued; what is in stays. */
export const IMPORT_STATES = ['running', 'done', 'cancelled', 'failed', 'interrupted'] as const;
export const MAX_IMPORT_ROWS = 100_000;
/** all_or_nothing and check hold one transaction: fewer rows. */
export const MAX_ROWS_TOGETHER = 20_000;
export const SHOWN_IMPORT_ROWS = 1000;

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV_TYPE = 'text/csv';

export const ImportRowView = z
  .object({
    /** Line of the file as a spreadsheet counts it: the header is 1. */
    row: z.number().int(),
    ok: z.boolean(),
    /** Number of the document that the row made or had made before. */
    no: z.string().optional(),
    /** add: a new document. change: another value in one that is there. nothing: it is there just so. Of a check: what would be. */
    does: z.enum(['add', 'change', 'nothing']).optional(),
    /** How the row differs from what is on file. */
    changes: z.array(
      z.object({
        column: z.string(),
        title: z.string(),
        /** null: none, or not for the caller to see. */
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
    /** It was imported before; nothing new was made. */
    replayed: z.boolean().optional(),
    errors: z.array(
      z.object({
        column: z.string().nullable(),
        /** Its title, in the reader's language. */
        columnTitle: z.string().nullable(),
        cell: z.string().nullable(),
        code: z.string(),
        title: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'ImportRow' });
export const ImportSummary = z
  .object({
    id: Id,
    kind: z.enum(IMPORT_KINDS),
    fileName: z.string(),
    mode: z.enum(IMPORT_MODES),
    existing: z.enum(IMPORT_EXISTING),
    state: z.enum(IMPORT_STATES),
    /** Why it has failed. */
    stoppedBy: z.string().nullable(),
    /** Rows of the file; those that are through are okCount + errorCount. */
    rowCount: z.number().int(),
    okCount: z.number().int(),
    errorCount: z.number().int(),
    /** Rows that an earlier upload of the same file had made. */
    replayedCount: z.number().int(),
    /** Rows that changed, or would change, what is there. */
    changedCount: z.number().int(),
    /** Whether anything was written. */
    committed: z.boolean(),
    runBy: z.string(),
    at: Instant,
  })
  .meta({ id: 'ImportSummary' });
export const ImportResult = ImportSummary.extend({
  /** The rows with errors first, then the others, up to 1,000. */
  rows: z.array(ImportRowView),
}).meta({ id: 'ImportResult' });

const FILE_ERRORS = [
  'import.unreadable',
  'import.columns',
  'import.rows',
  'import.archive_limits',
  'import.empty',
  'import.too_large',
  'import.kind_unknown',
  'attachment.type_mismatch',
] as const;

export const importRun = operation({
  id: 'importRun',
  method: 'POST',
  path: '/api/v1/imports',
  summary:
    'Check or import a file (raw CSV or XLSX bytes). The same file again makes nothing new. With valid_rows a file of more than 1,000 rows goes on after the answer: ask for it until its state is no longer running',
  article: 'R3.1',
  can: 'import.run',
  query: z.strictObject({
    kind: z.enum(IMPORT_KINDS),
    mode: z.enum(IMPORT_MODES),
    existing: z.enum(IMPORT_EXISTING).default('keep'),
    fileName: z.string().min(1).max(255),
  }),
  consumes: [CSV_TYPE, XLSX_TYPE, 'application/octet-stream'],
  response: ImportResult,
  errors: [...FILE_ERRORS, 'import.only_adds'],
});
export const importList = operation({
  id: 'importList',
  method: 'GET',
  path: '/api/v1/imports',
  summary: 'What was imported, newest first',
  can: 'import.run',
  query: z.strictObject({
    ...PageQuery,
    kind: z.enum(IMPORT_KINDS).optional(),
  }),
  response: Page(ImportSummary),
  errors: ['request.bad_cursor'],
});
export const importGet = operation({
  id: 'importGet',
  method: 'GET',
  path: '/api/v1/imports/:importId',
  summary: 'The rows of an import and their fate',
  can: 'import.run',
  params: z.object({ importId: Id }),
  response: ImportResult,
  errors: ['import.not_found'],
});
export const importCancel = operation({
  id: 'importCancel',
  method: 'POST',
  path: '/api/v1/imports/:importId/cancel',
  summary: 'Stop a running import after the parts under way; what is in stays, and it can be continued',
  can: 'import.run',
  params: z.object({ importId: Id }),
  response: ImportResult,
  errors: ['import.not_found', 'import.wrong_state'],
});
export const importContinue = operation({
  id: 'importContinue',
  method: 'POST',
  path: '/api/v1/imports/:importId/continue',
  summary: 'Go on with an import that was cancelled, has failed or was interrupted, exactly where it stopped',
  can: 'import.run',
  params: z.object({ importId: Id }),
  response: ImportResult,
  errors: ['import.not_found', 'import.wrong_state', 'import.not_yours'],
});
export const importResultFile = operation({
  id: 'importResultFile',
  method: 'GET',
  path: '/api/v1/imports/:importId/file',
  summary: 'The uploaded file with a column that says what became of each row',
  can: 'import.run',
  params: z.object({ importId: Id }),
  query: z.strictObject({ language: FileLanguage }),
  produces: XLSX_TYPE,
  response: z.string(),
  errors: ['import.not_found'],
});
export const importTemplate = operation({
  id: 'importTemplate',
  method: 'GET',
  path: '/api/v1/import-templates/:kind',
  summary: 'An empty workbook with the columns of a kind, in the caller’s language',
  can: 'import.run',
  params: z.object({ kind: z.enum(IMPORT_KINDS) }),
  query: z.strictObject({ language: FileLanguage }),
  produces: XLSX_TYPE,
  response: z.string(),
  errors: ['import.kind_unknown'],
});

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export const exportList = operation({
  id: 'exportList',
  method: 'GET',
  path: '/api/v1/exports/:list',
  summary: 'A list as a file, with the same filters and the same rights as the list',
  can: 'session.use',
  params: z.object({ list: z.string().max(40) }),
  query: z.looseObject({ format: z.enum(EXPORT_FORMATS).default('xlsx'), language: FileLanguage }),
  produces: XLSX_TYPE,
  response: z.string(),
  errors: ['export.not_found'],
});

export const importOperations = [
  importRun,
  importList,
  importGet,
  importCancel,
  importContinue,
  importResultFile,
  importTemplate,
  exportList,
] as const;
