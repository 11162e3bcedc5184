/** Signed links over HTTP. Answering by a link crosses modules: processes/reply-by-link.ts. */
import * as contract from '../../../contract/links.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { type Route, raw, read, write } from '../../platform/http/route.ts';
import { createStatusLink, revokeStatusLink } from './commands/status-links.ts';
import { readStatusLinks, replyLinkView, statusLinkView } from './link-queries.ts';
import { linkToken, openLink } from './link-token.ts';

export const linkRoutes: Route[] = [
  raw(contract.linkOpen, ({ services, body, now, locale }) =>
    services.database.read(COMPANY, async (tx) => {
      const link = await openLink(tx, services.secrets, body.token, now);
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
