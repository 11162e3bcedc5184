/** Incoming mail over HTTP. */
import * as contract from '../../../contract/intake.ts';
import { refuse } from '../../kernel/refusal.ts';
import { COMPANY } from '../../platform/db/database.ts';
import { read, type Route, raw, write } from '../../platform/http/route.ts';
import { discardMessage, releaseMessage, restoreMessage } from './commands/decide-message.ts';
import { reasonOf } from './host.ts';
import { tryMailbox } from './imap-mailbox.ts';
import { readInquiryMails, readMessage, readMessages } from './intake-queries.ts';
import { imapPassword, readSettings, saveSettings, settingRow } from './settings.ts';

export const intakeRoutes: Route[] = [
  read(contract.intakeList, ({ tx, query }) => readMessages(tx, query)),
  read(contract.intakeGet, ({ tx, params, actor }) => readMessage(tx, params.messageId, actor)),
  write(contract.intakeRelease, releaseMessage, ({ params, body }) => ({ messageId: params.messageId, ...body })),
  write(contract.intakeDiscard, discardMessage, ({ params, body }) => ({ messageId: params.messageId, ...body })),
  write(contract.intakeRestore, restoreMessage, ({ params }) => ({ messageId: params.messageId })),
  read(contract.inquiryMails, ({ tx, params }) => readInquiryMails(tx, params.inquiryId)),
  read(contract.intakeSettingsGet, ({ tx }) => readSettings(tx)),
  write(contract.intakeSettingsSet, saveSettings, ({ body: { imapPassword: password, ...body }, secrets }) => ({
    ...body,
    sealedPassword: typeof password === 'string' ? secrets.seal(password, imapPassword.place) : password,
  })),
  raw(contract.intakeTest, async ({ services, body }) => {
    const kept = await services.database.read(COMPANY, (tx) => settingRow(tx));
    const sealed = kept.imap_password;
    const password = body.imapPassword ?? (sealed === null ? null : services.secrets.open(sealed, imapPassword.place));
    if (password === null) throw refuse('intake.imap_incomplete', undefined, 'imapPassword');
    try {
      const messages = await tryMailbox({
        host: body.imapHost,
        port: body.imapPort,
        secure: body.imapSecure,
        user: body.imapUser,
        folder: body.imapFolder,
        password,
      });
      return { ok: true, messages, detail: null };
    } catch (error) {
      return { ok: false, messages: null, detail: reasonOf(error instanceof Error ? error : new Error(String(error))) };
    }
  }),
];
