/** A list as a file: page after page as the list operation reads them, each in a short transaction of its own, with the caller's rights. */
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { bizDateOf, wallTime } from '../../kernel/biz-date.ts';
import { parseInstant } from '../../kernel/clock.ts';
import { Refused, refuse } from '../../kernel/refusal.ts';
import {
  type AnyExportList,
  attachmentHeader,
  type ExportColumn,
  type ExportFormat,
  exportStream,
  nameOf,
} from '../../platform/export/index.ts';
import { asLocale } from '../../platform/http/messages.ts';
import { schemaRefusals } from '../../platform/http/problems.ts';
import type { Services } from '../../platform/http/services.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { listOf } from './lists.ts';

const PAGE = 200;

export type ExportCall = {
  services: Services;
  actor: Actor;
  now: Date;
  locale: string;
  list: string;
  format: ExportFormat;
  filters: Record<string, unknown>;
  /** Address of the caller. */
  from: string;
};

/** Sends the file. Filters are checked, and the first page is read, before the first byte goes out: refusals are answers, not broken files. */
export async function exportToReply(call: ExportCall, reply: FastifyReply): Promise<void> {
  const { services, actor, now, format } = call;
  const list = listOf(call.list);
  if (!actor.permissions.has(list.can)) throw refuse('permission.denied', { permission: list.can });
  const parsed = list.query.safeParse(call.filters);
  if (!parsed.success) throw new Refused(schemaRefusals(parsed.error, 'query', call.filters));
  const env = await services.settings.env(now);
  const read = (cursor?: string) =>
    services.database.read(actor.scope, (tx) =>
      list.page({
        tx,
        query: { ...parsed.data, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
        actor,
        env,
        now,
      }),
    );
  const first = await read();
  services.accessLog.note({
    at: now,
    kind: 'exported',
    userId: actor.userId,
    login: actor.login,
    ip: call.from,
    operation: `exportList ${call.list}`,
    detail: { filters: parsed.data },
  });
  const locale = asLocale(call.locale);
  const { stream, mediaType } = exportStream(
    format,
    list.titles[locale],
    columnsFor(list, actor, locale, env.company.timeZone),
    rows(first, read),
  );
  const fileName = `${list.titles[locale]} ${bizDateOf(now, env.company.timeZone)}.${format}`;
  await send(reply, stream, mediaType, fileName);
}

function columnsFor(
  list: AnyExportList,
  actor: Actor,
  locale: ReturnType<typeof asLocale>,
  timeZone: string,
): ExportColumn<unknown>[] {
  return list.columns
    .filter(({ can }) => can === undefined || actor.permissions.has(can))
    .map(({ titles, type, width, names, value }) => ({
      title: titles[locale],
      type: type === 'instant' ? 'text' : type,
      value: (item) => {
        const found = value(item);
        if (found === null) return null;
        const at = type === 'instant' ? parseInstant(found) : null;
        if (at !== null) return wallTime(at, timeZone);
        return names === undefined ? found : nameOf(locale, names, found);
      },
      ...(width === undefined ? {} : { width }),
    }));
}

type Read = Awaited<ReturnType<AnyExportList['page']>>;

async function* rows(first: Read, read: (cursor: string) => Promise<Read>): AsyncGenerator<unknown> {
  for (let page = first; ; page = await read(page.nextCursor)) {
    yield* page.items;
    if (page.nextCursor === null) return;
  }
}

/** A download: never shown in place of a page, never kept by caches. */
export async function send(reply: FastifyReply, stream: Readable, mediaType: string, fileName: string): Promise<void> {
  await reply
    .header('Content-Disposition', attachmentHeader(fileName))
    .header('Cache-Control', 'no-store')
    .type(mediaType)
    .send(stream);
}
