/** Mail server, and messages on their way, over HTTP. */
import * as contract from '../../../contract/outgoing.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { mailPassword, readMailServer } from '../../platform/mail/mail-server.ts';
import { parkMessage, sendAgain } from './commands/handle-message.ts';
import { saveMailServer, testMailServer } from './commands/save-mail-server.ts';
import { mailServerView } from './mail-server-view.ts';
import { outgoingDetail, readOutgoingList } from './outgoing-queries.ts';

export const outgoingRoutes: Route[] = [
  read(contract.mailServerGet, async ({ tx }) => mailServerView(await readMailServer(tx))),
  write(contract.mailServerSet, saveMailServer, ({ body: { password, ...body }, secrets }) => ({
    ...body,
    passwordSealed: typeof password === 'string' ? secrets.seal(password, mailPassword.place) : password,
  })),
  write(contract.mailServerTest, testMailServer, ({ body }) => body),
  read(contract.outgoingList, ({ tx, query, actor, locale }) => readOutgoingList(tx, query, actor, locale)),
  read(contract.outgoingGet, ({ tx, params, actor, locale }) => outgoingDetail(tx, params.outgoingId, actor, locale)),
  write(contract.outgoingSendAgain, sendAgain, ({ params, locale }) => ({ ...params, locale })),
  write(contract.outgoingPark, parkMessage, ({ params, locale }) => ({ ...params, locale })),
];
