import {
  exportList,
  importGet,
  importList,
  importResultFile,
  importRun,
  importTemplate,
  XLSX_TYPE,
} from '../../../contract/imports.ts';
import { newId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/refusal.ts';
import { COMPANY, sql } from '../../platform/db/database.ts';
import { asLocale } from '../../platform/http/messages.ts';
import { type Route, raw, read } from '../../platform/http/route.ts';
import type { Services } from '../../platform/http/services.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { exportToReply, send } from './export-list.ts';
import { listImports, readImport, readImportFile } from './import-queries.ts';
import { kindOf } from './kinds.ts';
import { resultFile, templateFile } from './result-file.ts';
import { type ImportMode, runImport } from './run-import.ts';

const MOST_BYTES = 16 * 1024 * 1024;

type RunCall = {
  services: Services;
  actor: Actor;
  now: Date;
  locale: string;
  requestId: string;
  kind: string;
  mode: ImportMode;
  fileName: string;
  bytes: Buffer;
};

/** Runs the file and keeps what became of its rows. */
async function runAndKeep(call: RunCall) {
  const { services, actor, now, locale, requestId, mode, fileName, bytes } = call;
  const kind = kindOf(call.kind);
  if (!actor.permissions.has(kind.can)) throw refuse('permission.denied', { permission: kind.can });
  if (bytes.length > MOST_BYTES) throw refuse('import.too_large', { max: String(MOST_BYTES / 1024 / 1024) });
  const { sha256, fates, committed } = await runImport({
    runtime: services.runtime,
    actor,
    now,
    requestId,
    kind,
    mode,
    bytes,
  });
  // What a person of sales may see depends on the partners that he has just entered.
  services.authenticator.forget();
  const id = newId(now);
  const good = fates.filter(({ ok }) => ok);
  const replayed = good.filter((fate) => fate.replayed === true).length;
  await services.database.write(COMPANY, (tx) =>
    tx.run(sql`
      insert into import_run (id, kind, file_name, sha256, mode, row_count, ok_count, error_count, replayed_count, committed, result, file, run_by, at)
      values (${id}, ${kind.kind}, ${plainName(fileName)}, ${sha256}, ${mode}, ${fates.length}, ${good.length}, ${fates.length - good.length}, ${replayed}, ${committed},
        ${JSON.stringify(fates)}::jsonb, ${bytes}, ${actor.userId}, ${now})`),
  );
  return services.database.read(COMPANY, (tx) => readImport(tx, id, actor, locale));
}

/** The last part of a path, without characters that are not meant to be seen. */
const plainName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replace(/\p{C}/gu, '').slice(0, 255) || 'file';

const signedIn = (actor: Actor | null): Actor => {
  if (actor === null) throw refuse('session.required');
  return actor;
};

export const importRoutes: Route[] = [
  raw(importRun, ({ services, actor, now, locale, requestId, query, request }) =>
    runAndKeep({ ...query, services, actor: signedIn(actor), now, locale, requestId, bytes: request.body as Buffer }),
  ),
  read(importList, ({ tx, query, actor }) => listImports(tx, query, actor)),
  read(importGet, ({ tx, params, actor, locale }) => readImport(tx, params.importId, actor, locale)),
  raw(importResultFile, async ({ services, actor, params, locale, reply }) => {
    const run = await services.database.read(COMPANY, (tx) => readImportFile(tx, params.importId, signedIn(actor)));
    const stream = await resultFile(run.file, run.result, kindOf(run.kind), run.committed, locale);
    await send(reply, stream, XLSX_TYPE, `${run.file_name.replace(/\.\w{1,5}$/, '')} result.xlsx`);
  }),
  raw(importTemplate, async ({ params, locale, reply }) => {
    const kind = kindOf(params.kind);
    await send(reply, templateFile(kind, locale), XLSX_TYPE, `${kind.titles[asLocale(locale)]}.xlsx`);
  }),
  raw(exportList, async ({ services, actor, now, locale, params, query, request, reply }) => {
    const { format, ...filters } = query;
    await exportToReply(
      { services, actor: signedIn(actor), now, locale, list: params.list, format, filters, from: request.ip },
      reply,
    );
  }),
];
