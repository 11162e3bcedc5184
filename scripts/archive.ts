/**
 * `npm run archive -- --year YYYY FOLDER`: everything that happened in a closed year, as files that last (src/server/platform/archive), while
 * the server runs or not; with DATABASE_URL from there. `npm run archive -- --check FOLDER`: whether an archive is what was written.
 *   --with-open         also when orders of the year are still open
 *   --data-dir FOLDER   the data folder, instead of DATA_DIR
 * Exit code: 0 done or unchanged, 1 refused or changed, 2 the question could not be asked.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/server/kernel/clock.ts';
import {
  ArchiveError,
  type ArchiveErrorCode,
  type ArchiveManifest,
  checkArchive,
  writeArchive,
} from '../src/server/platform/archive/index.ts';
import { loadConfig, processLanguage } from '../src/server/platform/config.ts';
import { formatStartError, type Language, StartError } from '../src/server/platform/embedded/index.ts';
import { databaseOf } from './lib/installation.ts';

type Texts = Record<ArchiveErrorCode, (about: string) => string> & {
  usage: string;
  written: (files: number, rows: number, megabytes: number) => string;
  whole: (files: number, year: number) => string;
};
const TEXTS: Record<Language, Texts> = {
  'zh-Hant': {
    usage: '用法：npm run archive -- --year 年份 資料夾，或 npm run archive -- --check 資料夾',
    written: (files, rows, megabytes) => `已寫入 ${files} 個檔案，${rows} 行，${megabytes} MB。`,
    whole: (files, year) => `${year} 年的封存完整：${files} 個檔案與寫入時一致。`,
    no_company: () =>
      '這裡還沒有設定公司，沒有可封存的年度。請先執行 npm start，在網頁上完成公司設定；或以 --data-dir、DATABASE_URL 指定另一個安裝。',
    not_over: (year) => `${year} 年尚未結束。`,
    open_orders: (count) => `該年度仍有 ${count} 張訂單未完結。請先結案，或加上 --with-open。`,
    not_empty: (folder) => `${folder} 不是空的：請指定新的資料夾。`,
    no_manifest: (folder) => `${folder} 裡沒有封存（缺少 manifest.json）。`,
    changed: (file) => `${file} 與寫入時不一致，或已缺少。`,
  },
  'zh-Hans': {
    usage: '用法：npm run archive -- --year 年份 文件夹，或 npm run archive -- --check 文件夹',
    written: (files, rows, megabytes) => `已写入 ${files} 个文件，${rows} 行，${megabytes} MB。`,
    whole: (files, year) => `${year} 年的归档完整：${files} 个文件与写入时一致。`,
    no_company: () =>
      '这里还没有设置公司，没有可归档的年度。请先运行 npm start，在网页上完成公司设置；或以 --data-dir、DATABASE_URL 指定另一个安装。',
    not_over: (year) => `${year} 年尚未结束。`,
    open_orders: (count) => `该年度仍有 ${count} 张订单未完结。请先结案，或加上 --with-open。`,
    not_empty: (folder) => `${folder} 不是空的：请指定新的文件夹。`,
    no_manifest: (folder) => `${folder} 里没有归档（缺少 manifest.json）。`,
    changed: (file) => `${file} 与写入时不一致，或已缺少。`,
  },
  en: {
    usage: 'usage: npm run archive -- --year YYYY FOLDER, or npm run archive -- --check FOLDER',
    written: (files, rows, megabytes) => `Wrote ${files} files, ${rows} rows, ${megabytes} MB.`,
    whole: (files, year) => `The archive of ${year} is whole: ${files} files as they were written.`,
    no_company: () =>
      'No company has been set up here, so there is no year to archive. Run npm start and set the company up in the browser first, or name another installation with --data-dir or DATABASE_URL.',
    not_over: (year) => `${year} is not over yet.`,
    open_orders: (count) => `${count} orders of that year are still open. Close them first, or say --with-open.`,
    not_empty: (folder) => `${folder} is not empty: name a new folder.`,
    no_manifest: (folder) => `There is no archive in ${folder} (manifest.json is missing).`,
    changed: (file) => `${file} is not as it was written, or is missing.`,
  },
};
const language = processLanguage();
const texts = TEXTS[language];

const { values, positionals } = parseArgs({
  options: {
    year: { type: 'string' },
    check: { type: 'string' },
    'with-open': { type: 'boolean', default: false },
    'data-dir': { type: 'string' },
  },
  allowPositionals: true,
});

process.exitCode = 2;
try {
  const { check, year } = values;
  const [folder] = positionals;
  if (check !== undefined) {
    const { files, year: ofYear } = await checkArchive(path.resolve(check));
    say(texts.whole(files.length, ofYear));
  } else if (year !== undefined && folder !== undefined && /^(19|20|21)\d\d$/.test(year)) {
    const { files } = await write(Number.parseInt(year, 10), path.resolve(folder));
    const sum = (of: (file: (typeof files)[number]) => number) => files.reduce((total, file) => total + of(file), 0);
    say(
      texts.written(
        files.length,
        sum(({ rows }) => rows),
        Math.ceil(sum(({ bytes }) => bytes) / 1_048_576),
      ),
    );
  } else throw new Error(texts.usage);
  process.exitCode = 0;
} catch (error) {
  if (error instanceof ArchiveError) process.exitCode = 1;
  console.error(
    error instanceof ArchiveError
      ? texts[error.code](error.about)
      : error instanceof StartError
        ? formatStartError(error, language)
        : error instanceof Error
          ? error.message
          : error,
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function write(year: number, folder: string): Promise<ArchiveManifest> {
  const wanted = values['data-dir'];
  const config = loadConfig([], { ...process.env, ...(wanted === undefined ? {} : { DATA_DIR: wanted }) });
  const { url, done } = await databaseOf(config);
  try {
    return await writeArchive({ url, year, folder, now: systemClock.now(), withOpen: values['with-open'] });
  } finally {
    await done();
  }
}
