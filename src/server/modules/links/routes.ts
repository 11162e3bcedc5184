/** Signed links over HTTP. Answering by a link crosses modules: processes/reply-by-link.ts. */
import * as contract from '../../../contract/links.ts';
import { COMPANY, sql } from '../../platform/db/database.ts';
import { type Route, raw, read, write } from '../../platform/http/route.ts';
import { createStatusLink, revokeStatusLink } from './commands/status-links.ts';
import { readStatusLinks, replyLinkView, statusLinkView } from './link-queries.ts';
import { linkToken, openLink } from './link-token.ts';

export const linkRoutes: Route[] = [
  raw(contract.linkOpen, ({ services, body, now, locale }) =>
    services.database.write(COMPANY, async (tx) => {
      const link = await openLink(tx, services.secrets, body.token, now);
      // That it was read is on record, once.
      if (link.opened_at === null)
        await tx.run(sql`update signed_link set opened_at = ${now} where id = ${link.id} and opened_at is null`);
      return link.kind === 'reply' ? replyLinkView(tx, link, locale) : statusLinkView(tx, link);
    }),
  ),
  read(contract.statusLinkList, ({ tx, params, secrets }) => readStatusLinks(tx, secrets, params.orderId)),
  write(
    contract.statusLinkCreate,
    createStatusLink,
    ({ params, body, secrets }) => ({ orderId: params.orderId, note: body.note ?? null, days: body.days, secrets }),
    undefined,
    // Signed here, so that no stored answer holds what opens the link.
    (body, { secrets }) => ({ ...body, token: linkToken(secrets, String(body['id'])) }),
  ),
  write(contract.statusLinkRevoke, revokeStatusLink, ({ params }) => params),
];
