import {
  exportList,
  importCancel,
  importContinue,
  importGet,
  importList,
  importResultFile,
  importRun,
  importTemplate,
  XLSX_TYPE,
} from '../../../contract/imports.ts';
import { refuse } from '../../kernel/refusal.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { asLocale } from '../../platform/http/messages.ts';
import { type Route, raw, read } from '../../platform/http/route.ts';
import type { Services } from '../../platform/http/services.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { exportToReply, send } from './export-list.ts';
import { fatesOf, listImports, readImport, readImportFile } from './import-queries.ts';
import { cancelImport, continueImport, startImport } from './keep-import.ts';
import { kindOf } from './kinds.ts';
import { resultFile, templateFile } from './result-file.ts';

const answer = (services: Services, importId: string, actor: Actor, locale: string) =>
  services.database.read(COMPANY, (tx) => readImport(tx, importId, { actor, now: services.clock.now(), locale }));

const signedIn = (actor: Actor | null): Actor => {
  if (actor === null) throw refuse('session.required');
  return actor;
};

export const importRoutes: Route[] = [
  raw(importRun, async ({ services, actor: caller, locale, requestId, query, request }) => {
    const actor = signedIn(caller);
    const id = await startImport({ ...query, services, actor, requestId, bytes: request.body as Buffer });
    return answer(services, id, actor, locale);
  }),
  read(importList, ({ tx, query, actor, now, locale }) => listImports(tx, query, { actor, now, locale })),
  read(importGet, ({ tx, params, actor, now, locale }) => readImport(tx, params.importId, { actor, now, locale })),
  raw(importCancel, async ({ services, actor: caller, locale, params }) => {
    const actor = signedIn(caller);
    await cancelImport({ services, actor }, params.importId);
    return answer(services, params.importId, actor, locale);
  }),
  raw(importContinue, async ({ services, actor: caller, locale, requestId, params }) => {
    const actor = signedIn(caller);
    await continueImport({ services, actor, requestId }, params.importId);
    return answer(services, params.importId, actor, locale);
  }),
  raw(importResultFile, async ({ services, actor, params, query, locale, reply }) => {
    const { database } = services;
    const run = await database.read(COMPANY, (tx) => readImportFile(tx, params.importId, signedIn(actor)));
    const stream = await resultFile(
      run.file,
      fatesOf(database, run.id),
      kindOf(run.kind),
      run.committed,
      query.language ?? locale,
    );
    await send(reply, stream, XLSX_TYPE, `${run.file_name.replace(/\.\w{1,5}$/, '')} result.xlsx`);
  }),
  raw(importTemplate, async ({ params, query, locale, reply }) => {
    const kind = kindOf(params.kind);
    const language = asLocale(query.language ?? locale);
    await send(reply, templateFile(kind, language), XLSX_TYPE, `${kind.titles[language]}.xlsx`);
  }),
  raw(exportList, async ({ services, actor, now, locale, params, query, request, reply }) => {
    const { format, language, ...filters } = query;
    await exportToReply(
      {
        services,
        actor: signedIn(actor),
        now,
        locale: language ?? locale,
        list: params.list,
        format,
        filters,
        from: request.ip,
      },
      reply,
    );
  }),
];
