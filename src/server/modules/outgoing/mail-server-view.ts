import type { z } from 'zod';
import type { MailServerView } from '../../../contract/outgoing.ts';
import type { MailServerRow } from '../../platform/mail/mail-server.ts';

type View = z.output<typeof MailServerView>;

/** What is set up, without the password; before that, what most servers want. */
export const mailServerView = (row: MailServerRow | null): View =>
  row === null
    ? {
        version: 0,
        isOn: false,
        host: '',
        port: 587,
        security: 'starttls',
        username: null,
        hasPassword: false,
        fromName: '',
        fromAddress: '',
        replyTo: null,
        publicUrl: '',
      }
    : {
        version: row.version,
        isOn: row.is_on,
        host: row.host,
        port: row.port,
        security: row.security as View['security'],
        username: row.username,
        hasPassword: row.password_sealed !== null,
        fromName: row.from_name,
        fromAddress: row.from_address,
        replyTo: row.reply_to,
        publicUrl: row.public_url,
      };
