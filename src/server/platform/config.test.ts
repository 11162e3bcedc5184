import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { formatStartError, languageOfLocale, StartError } from './embedded/errors.ts';

const errorOf = (argv: string[], env: Record<string, string>): StartError => {
  try {
    loadConfig(argv, env);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error('expected a StartError');
};

describe('configuration', () => {
  test('an empty environment gives a server for this machine only, with its data beside it', () => {
    expect(loadConfig([], {})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: path.resolve('data'),
      databaseUrl: null,
      empty: false,
      demo: false,
      logLevel: 'info',
    });
  });

  test('everything can be set', () => {
    const env = {
      PORT: '8080',
      HOST: '0.0.0.0',
      DATA_DIR: '/srv/qucheng',
      DATABASE_URL: 'postgresql://u:p@db/qucheng',
      SEAL_KEY: '/srv/keys/seal.key',
      SEAL_COPY: '/mnt/other/seals.jsonl',
      SECRET_KEY: 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
      METRICS_TOKEN: 'sixteen-or-longer',
      SMTP_CERT: '/srv/tls/mail.pem',
      SMTP_KEY: '/srv/tls/mail.key',
      WEBHOOK_HOSTS: 'erp.inside, mes.inside:8080',
      DRAIN_SECONDS: '15',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      LANG: 'zh_TW.UTF-8',
    };
    expect(loadConfig(['--demo'], env)).toEqual({
      port: 8080,
      host: '0.0.0.0',
      dataDir: path.resolve('/srv/qucheng'),
      databaseUrl: 'postgresql://u:p@db/qucheng',
      empty: false,
      demo: true,
      sealKey: path.resolve('/srv/keys/seal.key'),
      sealCopy: path.resolve('/mnt/other/seals.jsonl'),
      secretKey: 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=',
      metricsToken: 'sixteen-or-longer',
      smtpTls: { cert: path.resolve('/srv/tls/mail.pem'), key: path.resolve('/srv/tls/mail.key') },
      webhookHosts: ['erp.inside', 'mes.inside:8080'],
      drainMs: 15_000,
      logLevel: 'debug',
      logFormat: 'json',
      language: 'zh-Hant',
    });
  });

  test.each(['70000', '-1', '80.5', 'http', '0x50'])('PORT=%s is refused', (port) => {
    expect(errorOf([], { PORT: port }).message).toBe(`PORT=${port} is not valid.`);
  });

  test('an unknown argument is refused with the list of known ones', () => {
    const error = errorOf(['--fast'], {});
    expect(error.code).toBe('config.unknown_flag');
    expect(formatStartError(error, 'en')).toContain('--empty, --demo');
    expect(formatStartError(error, 'zh-Hant')).toContain('未知參數 --fast');
  });

  test('--empty and --demo together are refused', () => {
    expect(errorOf(['--empty', '--demo'], {}).code).toBe('config.flags_exclude');
  });

  test.each(['mysql://u:geheim@db/x', 'db.example.com geheim', 'postgres://u:geheim@db'])(
    'a DATABASE_URL that is none is refused without repeating its password (%#)',
    (url) => {
      const error = errorOf([], { DATABASE_URL: url });
      expect(error.code).toBe('config.wrong_value');
      expect(JSON.stringify(error.texts)).not.toContain('geheim');
    },
  );

  test('an unknown LOG_LEVEL is refused with the list', () => {
    expect(errorOf([], { LOG_LEVEL: 'loud' }).hint).toContain('warn, info');
  });

  test.each([
    ['zh_TW.UTF-8', 'zh-Hant'],
    ['zh_HK', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh_CN.UTF-8', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['C.UTF-8', 'en'],
    [undefined, 'en'],
  ] as const)('a terminal of locale %s reads %s', (locale, language) => {
    expect(languageOfLocale(locale)).toBe(language);
  });
});
