/** The intake of a node: listener and mailbox as the settings want them, started anew when the settings change, and the settling of what comes. */
import { readFile } from 'node:fs/promises';
import { newId } from '../../kernel/ids.ts';
import { systemActor } from '../../platform/auth/authenticate.ts';
import { COMPANY, sql } from '../../platform/db/database.ts';
import type { Services } from '../../platform/http/services.ts';
import type { Log } from '../../platform/log.ts';
import { runCommands } from '../../platform/pipeline/run.ts';
import { type RawMessage, storeMessage } from './commands/store-message.ts';
import { type Mailbox, watchMailbox } from './imap-mailbox.ts';
import type { IntakeSettingRow } from './intake-tables.ts';
import { parseThread, type Resolver } from './parse/parse-thread.ts';
import { imapPassword, settingRow } from './settings.ts';
import { settleStored } from './settle-stored.ts';
import { type Listener, listenSmtp } from './smtp-listener.ts';

export type IntakeOptions = {
  services: Pick<Services, 'database' | 'runtime' | 'clock' | 'secrets'>;
  log: Log;
  /** Files of the certificate and key for STARTTLS; null: without. Read whenever the listener starts. */
  smtpTls?: { cert: string; key: string } | null;
  /** Another DNS than the machine's. */
  resolver?: Resolver;
  /** How often settings and leftovers are looked at. */
  everyMs?: number;
};
export type Intake = {
  /** Port of the SMTP listener, if it listens. */
  smtpPort(): number | null;
  /** Settles what is stored now. */
  settle(): Promise<void>;
  /** Looks at the settings now. */
  apply(): Promise<void>;
  /** Kills the parsing thread, as a crash would. */
  killThread(): Promise<void>;
  stop(): Promise<void>;
};

const EVERY_MS = 5000;

export function startIntake({ services, log, resolver, smtpTls = null, everyMs = EVERY_MS }: IntakeOptions): Intake {
  const { database, runtime, clock } = services;
  const thread = parseThread(resolver);
  let listener: Listener | null = null;
  let mailbox: Mailbox | null = null;
  let applied = -1;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  // One thing at a time: what is asked for meanwhile is done afterwards.
  let line: Promise<void> = Promise.resolve();
  const inLine = (work: () => Promise<void>): Promise<void> => {
    line = line.then(work).catch((error: unknown) => log.error({ err: error }, 'incoming mail'));
    return line;
  };
  const told = (source: 'smtp' | 'imap', state: 'off' | 'running' | 'failed', detail: string | null = null) =>
    database
      .write(COMPANY, (tx) =>
        tx.run(sql`insert into intake_channel (source, state, detail, changed_at) values (${source}, ${state}, ${detail}, ${clock.now()})
          on conflict (source) do update set state = excluded.state, detail = excluded.detail, changed_at = excluded.changed_at
          where intake_channel.state <> excluded.state or intake_channel.detail is distinct from excluded.detail`),
      )
      .catch((error: unknown) => log.error({ err: error }, 'the state of incoming mail could not be kept'));

  const store = async (message: RawMessage) => {
    const now = clock.now();
    const [outcome] = await runCommands(runtime, storeMessage, [
      { input: message, actor: systemActor, now, requestId: newId(now) },
    ]);
    if (outcome?.ok !== true) throw new Error('the message could not be stored');
    void settle();
  };
  const settle = () =>
    inLine(async () => {
      while (!stopping && (await settleStored({ services, thread, log })) > 0);
    });

  const startSmtp = async (settings: IntakeSettingRow) => {
    if (!settings.smtp_enabled) return void (await told('smtp', 'off'));
    try {
      const tls = smtpTls === null ? null : { cert: await readFile(smtpTls.cert), key: await readFile(smtpTls.key) };
      listener = await listenSmtp(settings, store, (error) => log.warn({ err: error }, 'SMTP'), tls);
      await told('smtp', 'running', `${settings.smtp_host}:${listener.port}`);
    } catch (error) {
      await told('smtp', 'failed', String(error instanceof Error ? error.message : error).slice(0, 300));
    }
  };
  const startImap = async (settings: IntakeSettingRow) => {
    const { imap_host: host, imap_user: user, imap_password: sealed } = settings;
    if (!settings.imap_enabled || host === null || user === null || sealed === null)
      return void (await told('imap', 'off'));
    const password = services.secrets.open(sealed, imapPassword.place);
    mailbox = watchMailbox(
      { host, port: settings.imap_port, secure: settings.imap_secure, user, password, folder: settings.imap_folder },
      {
        store,
        running: () => void told('imap', 'running', `${user}@${host}`),
        failed: (error) => void told('imap', 'failed', reasonOf(error)),
      },
    );
  };
  const apply = () =>
    inLine(async () => {
      const settings = await database.read(COMPANY, (tx) => settingRow(tx));
      if (stopping || settings.version === applied) return;
      await Promise.all([listener?.stop(), mailbox?.stop()]);
      listener = null;
      mailbox = null;
      applied = settings.version;
      await startSmtp(settings);
      await startImap(settings);
    });
  const turn = async () => {
    await apply();
    await settle();
    if (!stopping) timer = setTimeout(() => void turn(), everyMs);
    timer?.unref();
  };
  void turn();

  return {
    smtpPort: () => listener?.port ?? null,
    settle,
    apply,
    killThread: () => thread.kill(),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await Promise.all([listener?.stop(), mailbox?.stop()]);
      await line;
      await thread.kill();
    },
  };
}

/** What a mail server said, where it said something. */
export const reasonOf = (error: Error & { responseText?: string; authenticationFailed?: boolean }): string =>
  (error.responseText ?? error.message).slice(0, 300);
