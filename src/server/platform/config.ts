/**
 * What an installation can be told from outside. The only file that reads the environment: everything else gets a
 * `Config`. Wrong values stop the start with a sentence that names the variable and what it may be.
 */
import path from 'node:path';
import { type Language, languageOfLocale, StartError } from './embedded/errors.ts';
import { LOG_LEVELS, type LogFormat, type LogLevel } from './log.ts';
import { parseSecretKeys } from './secrets/index.ts';

export type Config = {
  /** PORT: where the HTTP server listens, 0 for any free port (tests). */
  port: number;
  /** HOST: the address it listens on. */
  host: string;
  /** DATA_DIR: everything that the installation keeps; absolute. */
  dataDir: string;
  /** DATABASE_URL: a PostgreSQL server of one's own, or null for the embedded one. */
  databaseUrl: string | null;
  /** --empty: start without the demo company. */
  empty: boolean;
  /** --demo: fill a new installation with the demo company. */
  demo: boolean;
  /** SEAL_KEY: file of the private key that seals the event log, or null for the one in the data folder. Nodes of one database share a key. */
  sealKey: string | null;
  /** SEAL_COPY: a second file for the seals, best on another machine's disk, or null. */
  sealCopy: string | null;
  /** SECRET_KEY: keys that seal passwords and secrets in the database (32 bytes as base64, the current one first, commas between), or null for those in the data folder. Nodes of one database share them. */
  secretKey: string | null;
  /** SMTP_CERT, SMTP_KEY: files of the certificate (with its chain) and key with which the SMTP listener offers STARTTLS; null: without. */
  smtpTls: { cert: string; key: string } | null;
  /** METRICS_TOKEN: who sends it may read /metrics from another machine; null: only this machine may. */
  metricsToken: string | null;
  /** WEBHOOK_HOSTS: hosts inside the network that webhooks may reach (`host` or `host:port`, commas between); without it they reach public addresses only. */
  webhookHosts: readonly string[];
  /** DRAIN_SECONDS: how long the server still answers after SIGTERM while /readyz says no already, in ms. A proxy in front needs the time between two of its looks. */
  drainMs: number;
  /** LOG_LEVEL */
  logLevel: LogLevel;
  /** LOG_FORMAT: `text` in a terminal, `json` elsewhere, unless set. */
  logFormat: LogFormat;
  /** Language of messages in the terminal, from LC_ALL, LC_MESSAGES or LANG. */
  language: Language;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const FLAGS = ['--empty', '--demo'] as const;

/** Reads flags and environment; throws `StartError` on the first thing that makes no sense. */
export function loadConfig(argv: readonly string[], env: Environment): Config {
  const flags = readFlags(argv);
  return {
    port: readPort(env.PORT),
    host: env.HOST?.trim() || '127.0.0.1',
    dataDir: path.resolve(env.DATA_DIR?.trim() || 'data'),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    empty: flags.has('--empty'),
    demo: flags.has('--demo'),
    sealKey: readPath(env.SEAL_KEY),
    sealCopy: readPath(env.SEAL_COPY),
    secretKey: readSecretKey(env.SECRET_KEY),
    smtpTls: readPair(env.SMTP_CERT, env.SMTP_KEY),
    metricsToken: readToken(env.METRICS_TOKEN),
    webhookHosts: readHosts(env.WEBHOOK_HOSTS),
    drainMs: readSeconds('DRAIN_SECONDS', env.DRAIN_SECONDS, '1', 300),
    logLevel: oneOf('LOG_LEVEL', env.LOG_LEVEL, LOG_LEVELS, 'info'),
    logFormat: oneOf('LOG_FORMAT', env.LOG_FORMAT, ['json', 'text'], process.stdout.isTTY ? 'text' : 'json'),
    language: languageOfLocale(env.LC_ALL || env.LC_MESSAGES || env.LANG),
  };
}

/** The configuration of this process. */
export function loadProcessConfig(): Config {
  return loadConfig(process.argv.slice(2), process.env);
}

/** The terminal's language alone, for errors that happen while the configuration is read. */
export function processLanguage(): Language {
  return languageOfLocale(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG);
}

function readFlags(argv: readonly string[]): Set<string> {
  for (const argument of argv) {
    if (!FLAGS.some((flag) => flag === argument)) throw wrongFlag(argument);
  }
  const flags = new Set(argv);
  if (flags.has('--empty') && flags.has('--demo')) throw flagsExclude('--empty', '--demo');
  return flags;
}

function readPort(text: string | undefined): number {
  const value = text?.trim() || '3000';
  const port = /^\d{1,5}$/.test(value) ? Number.parseInt(value, 10) : -1;
  if (port < 0 || port > 65_535) throw wrongValue('PORT', value, '0 … 65535');
  return port;
}

function readSeconds(name: string, text: string | undefined, fallback: string, most: number): number {
  const value = text?.trim() || fallback;
  const seconds = /^\d{1,4}$/.test(value) ? Number.parseInt(value, 10) : -1;
  if (seconds < 0 || seconds > most) throw wrongValue(name, value, `0 … ${most}`);
  return seconds * 1000;
}

function readDatabaseUrl(text: string | undefined): string | null {
  const value = text?.trim() ?? '';
  if (value === '') return null;
  const url = URL.parse(value);
  const form = 'postgres://user:password@host:5432/database';
  // The value itself is not repeated: it holds a password.
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) throw wrongValue('DATABASE_URL', '…', form);
  if (url.pathname.length < 2) throw wrongValue('DATABASE_URL', `…${url.pathname}`, form);
  return value;
}

function readPath(text: string | undefined): string | null {
  const value = text?.trim() ?? '';
  return value === '' ? null : path.resolve(value);
}

function readPair(certText: string | undefined, keyText: string | undefined): { cert: string; key: string } | null {
  const [cert, key] = [readPath(certText), readPath(keyText)];
  if (cert === null && key === null) return null;
  if (cert === null) throw wrongValue('SMTP_CERT', '', 'with SMTP_KEY');
  if (key === null) throw wrongValue('SMTP_KEY', '', 'with SMTP_CERT');
  return { cert, key };
}

function readSecretKey(text: string | undefined): string | null {
  const value = text?.trim() ?? '';
  if (value === '') return null;
  // The value itself is not repeated: it is a secret.
  if (parseSecretKeys(value) === null) throw wrongValue('SECRET_KEY', '…', '32 bytes as base64 (npm run secret-key)');
  return value;
}

function readToken(text: string | undefined): string | null {
  const value = text?.trim() ?? '';
  if (value === '') return null;
  // The value itself is not repeated: it is a secret.
  if (!/^[\x21-\x7e]{16,200}$/.test(value)) throw wrongValue('METRICS_TOKEN', '…', '16 … 200 ASCII');
  return value;
}

function readHosts(text: string | undefined): string[] {
  const hosts = (text ?? '').split(/[\s,]+/).filter((host) => host !== '');
  for (const host of hosts)
    if (!/^([a-z0-9._-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/.test(host))
      throw wrongValue('WEBHOOK_HOSTS', host, 'erp.inside, erp.inside:8080');
  return hosts;
}

function oneOf<T extends string>(name: string, text: string | undefined, known: readonly T[], fallback: T): T {
  const value = text?.trim() ?? '';
  if (value === '') return fallback;
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw wrongValue(name, value, known.join(', '));
  return found;
}

const wrongValue = (name: string, value: string, allowed: string) =>
  new StartError('config.wrong_value', {
    en: { message: `${name}=${value} is not valid.`, hint: `Allowed: ${allowed}` },
    'zh-Hans': { message: `${name}=${value} 无效。`, hint: `允许的值：${allowed}` },
    'zh-Hant': { message: `${name}=${value} 無效。`, hint: `允許的值：${allowed}` },
  });

const wrongFlag = (flag: string) =>
  new StartError('config.unknown_flag', {
    en: { message: `Unknown argument ${flag}.`, hint: `Known: ${FLAGS.join(', ')} (npm start -- --empty)` },
    'zh-Hans': { message: `未知参数 ${flag}。`, hint: `可用参数：${FLAGS.join('、')}（npm start -- --empty）` },
    'zh-Hant': { message: `未知參數 ${flag}。`, hint: `可用參數：${FLAGS.join('、')}（npm start -- --empty）` },
  });

const flagsExclude = (one: string, other: string) =>
  new StartError('config.flags_exclude', {
    en: { message: `${one} and ${other} exclude each other.`, hint: 'Leave one of them out.' },
    'zh-Hans': { message: `${one} 与 ${other} 不能同时使用。`, hint: '请去掉其中一个。' },
    'zh-Hant': { message: `${one} 與 ${other} 不能同時使用。`, hint: '請移除其中一個。' },
  });
