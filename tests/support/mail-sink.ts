/** A mail server that keeps what it gets, and refuses when it is told to. */
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { TestApp } from './app.ts';

export type MailSink = {
  port: number;
  got: ParsedMail[];
  /** The code of its answer to RCPT; null: it takes everything. */
  refuse(code: number | null): void;
  close(): Promise<void>;
};

export async function mailSink(): Promise<MailSink> {
  const got: ParsedMail[] = [];
  let answer: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // The product keeps its connection for the next mail; closing would wait half a minute for it.
    closeTimeout: 200,
    logger: false,
    onRcptTo(_address, _session, callback) {
      if (answer === null) callback();
      else callback(Object.assign(new Error('not now'), { responseCode: answer }));
    },
    onData(stream, _session, callback) {
      void simpleParser(stream).then((mail) => {
        got.push(mail);
        callback();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.server.address() as { port: number }).port,
    got,
    refuse: (code) => {
      answer = code;
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
}

export const addressesOf = (mail: ParsedMail): (string | undefined)[] =>
  [mail.to].flat().flatMap((to) => (to as AddressObject).value.map(({ address }) => address));

/** Sets the company's mail server up; answers what the product answered. */
export async function setUpMail(t: TestApp, sink: MailSink, change: Record<string, unknown> = {}) {
  const admin = await t.as('system_admin');
  const { body } = await admin.get('/api/v1/mail-server');
  return admin.put(
    '/api/v1/mail-server',
    {
      isOn: true,
      host: '127.0.0.1',
      port: sink.port,
      security: 'none',
      username: null,
      fromName: '渠成测试公司',
      fromAddress: 'orders@qucheng.test',
      replyTo: null,
      publicUrl: 'https://qucheng.test',
      ...change,
    },
    { ifMatch: body.version },
  );
}
