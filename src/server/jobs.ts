/**
 * What the server does by itself beside answering: readers of the event log and jobs by the clock. Each runs on one node at a time; the
 * seals outside the database are written by every node for itself.
 */
import { figuresReader } from './modules/analysis/index.ts';
import { applicationRetentionJob, applicationToken } from './modules/applications/index.ts';
import { idleInquiriesJob } from './modules/inquiries/index.ts';
import { imapPassword, pruneMailsJob, startIntake } from './modules/intake/index.ts';
import { deadlineJob, mailChannel, noticeReader, paymentDatesJob } from './modules/notifications/index.ts';
import { pruneMessagesJob } from './modules/outgoing/index.ts';
import { oldWebhookSecret, webhookChannel, webhookReader, webhookSecret } from './modules/webhooks/index.ts';
import { partnerDatesJob } from './modules/partners/index.ts';
import { type ReaderHost, startReaders } from './platform/events/reader-host.ts';
import { type Reader, strangeTransactionNumbers } from './platform/events/readers.ts';
import { sealNow } from './platform/events/seal.ts';
import { sealFiles } from './platform/events/seal-file.ts';
import { ensureSealKey, sealKeyFile } from './platform/events/seal-keys.ts';
import type { Services } from './platform/http/services.ts';
import { cleanUpJob } from './platform/jobs/clean-up.ts';
import { type JobHost, type LocalJob, startJobs, type TimedJob } from './platform/jobs/timed-jobs.ts';
import type { Log } from './platform/log.ts';
import { mailPassword } from './platform/mail/mail-server.ts';
import { poster, startDispatcher } from './platform/outbound/index.ts';
import { resealAll, type SealedColumn } from './platform/secrets/index.ts';
import { provisionalDeadlinesJob } from './processes/provisional-deadlines.ts';
import { paymentFallsDueJob } from './processes/payment-falls-due.ts';
import { replyDeadlineJob } from './processes/reply-deadline-passes.ts';

/** Every reader of the event log. A new one is added here and nowhere else. */
export const readers: readonly Reader[] = [noticeReader, figuresReader, webhookReader];

/** Every job by the clock. */
export const timedJobs: readonly TimedJob[] = [
  deadlineJob,
  paymentDatesJob,
  paymentFallsDueJob,
  replyDeadlineJob,
  provisionalDeadlinesJob,
  partnerDatesJob,
  applicationRetentionJob,
  idleInquiriesJob,
  pruneMessagesJob,
  pruneMailsJob,
  cleanUpJob,
];

/** Every column that holds a secret sealed by the secret box. A new one is added here, or a new key would leave it behind. */
export const sealedColumns: readonly SealedColumn[] = [
  imapPassword,
  mailPassword,
  webhookSecret,
  oldWebhookSecret,
  applicationToken,
];

export type BackgroundOptions = {
  /** Files of certificate and key for STARTTLS of the SMTP listener. */
  smtpTls?: { cert: string; key: string } | null;
  services: Pick<Services, 'database' | 'runtime' | 'settings' | 'clock' | 'secrets' | 'allowedHosts' | 'onCommitted'>;
  log: Log;
  /** Where the seals and their key lie; null: this node does not seal (tests). */
  seal: { dataDir: string; sealKey: string | null; sealCopy: string | null } | null;
};

export type Background = {
  readers: ReaderHost;
  jobs: JobHost;
  /** Finishes what is under way and stops. To be called before the database is closed. */
  stop(): Promise<void>;
};

const SEAL_EVERY_MS = 30_000;

/** Starts readers, jobs and the sealer of this node. Throws when the log carries transaction numbers of another server. */
export async function startBackground({ services, log, seal, smtpTls = null }: BackgroundOptions): Promise<Background> {
  const { database, runtime, settings, clock, secrets } = services;
  const strange = await strangeTransactionNumbers(database);
  if (strange !== null) {
    throw new Error(
      `the event log was restored from a dump: it holds transaction number ${strange}, which this database server has not reached (npm run restore sets it)`,
    );
  }
  const resealed = await resealAll(database, secrets, sealedColumns);
  if (resealed > 0) log.info({ resealed }, 'secrets were sealed anew with the current key');
  const host = startReaders({ database, env: (now) => settings.env(now), clock, readers, log });
  const dispatcher = startDispatcher({ database, env: (now) => settings.env(now), clock, log }, [
    mailChannel({ database, secrets }),
    webhookChannel({ database, secrets, poster: poster({ allowed: services.allowedHosts }) }),
  ]);
  const stopListening = services.onCommitted(host.wake);
  const jobs = startJobs({
    runtime,
    clock,
    log,
    jobs: [...timedJobs, ...(seal === null ? [] : [sealJob(services, seal)])],
  });
  const intake = startIntake({ services, log, smtpTls });
  return {
    readers: host,
    jobs,
    async stop() {
      stopListening();
      await intake.stop();
      await Promise.all([jobs.stop(), host.stop(), dispatcher.stop()]);
    },
  };
}

/** Seals the log; half as often as promised would still be in time. A cut log stops the sealing and is an error in every minute's log. */
function sealJob(
  { database, clock }: BackgroundOptions['services'],
  place: NonNullable<BackgroundOptions['seal']>,
): LocalJob {
  const key = ensureSealKey(sealKeyFile(place));
  const files = sealFiles(place);
  return {
    name: 'seal the event log',
    everyMs: SEAL_EVERY_MS,
    async runHere() {
      await sealNow({ database, clock, key, files });
    },
  };
}
