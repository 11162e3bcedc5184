/**
 * `npm run import -- KIND FILE`: sends a CSV or XLSX file to a running server, as the import page does.
 *   KIND                partners | products | prices | stock | orders | openingBalances | cutOverOrders
 *   --mode MODE         check (default: nothing is written) | all_or_nothing | valid_rows
 *   --update            changes what exists by the cells that are filled in (partners, products, prices); without it rows only add
 *   --url URL           the server; default http://127.0.0.1:PORT
 *   --result FILE       saves the file with a column that says what became of each row
 *   --json              prints the answer as JSON
 * The key of the caller is in QUCHENG_KEY. An interrupted import is started again with the same file: it goes on where it stopped.
 * Exit code: 0 every row is good, 1 some are not, 2 the file was not taken.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CSV_TYPE, IMPORT_KINDS, IMPORT_MODES, ImportResult, XLSX_TYPE } from '../src/contract/imports.ts';
import { loadConfig, processLanguage } from '../src/server/platform/config.ts';
import type { Language } from '../src/server/platform/embedded/index.ts';

const SHOWN = 20;

const WORDS = {
  usage: {
    en: 'usage: npm run import -- KIND FILE [--mode check|all_or_nothing|valid_rows] [--update] [--url URL] [--result FILE] [--json]',
    'zh-Hans':
      '用法：npm run import -- 种类 文件 [--mode check|all_or_nothing|valid_rows] [--update] [--url 地址] [--result 文件] [--json]',
    'zh-Hant':
      '用法：npm run import -- 種類 檔案 [--mode check|all_or_nothing|valid_rows] [--update] [--url 網址] [--result 檔案] [--json]',
  },
  key: {
    en: 'Set QUCHENG_KEY to an API key (Settings → People and keys).',
    'zh-Hans': '请将 QUCHENG_KEY 设为 API 密钥（设置 → 人员与密钥）。',
    'zh-Hant': '請將 QUCHENG_KEY 設為 API 金鑰（設定 → 人員與金鑰）。',
  },
  away: { en: 'No server answers at', 'zh-Hans': '服务器没有回应：', 'zh-Hant': '伺服器沒有回應：' },
  rows: { en: 'rows', 'zh-Hans': '行', 'zh-Hant': '行' },
  good: { en: 'good', 'zh-Hans': '正确', 'zh-Hant': '正確' },
  bad: { en: 'with errors', 'zh-Hans': '有错', 'zh-Hant': '有錯' },
  changed: { en: 'update what exists', 'zh-Hans': '更新已有数据', 'zh-Hant': '更新已有資料' },
  before: { en: 'imported before', 'zh-Hans': '之前已导入', 'zh-Hant': '先前已匯入' },
  written: { en: 'written', 'zh-Hans': '已写入', 'zh-Hant': '已寫入' },
  notWritten: { en: 'nothing written', 'zh-Hans': '未写入', 'zh-Hant': '未寫入' },
} as const satisfies Record<string, Record<Language, string>>;

const language = processLanguage();
const word = (name: keyof typeof WORDS): string => WORDS[name][language];

const Arguments = z.object({ kind: z.enum(IMPORT_KINDS), file: z.string().min(1), mode: z.enum(IMPORT_MODES) });
const Problem = z.object({ title: z.string(), detail: z.string() });

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mode: { type: 'string', default: 'check' },
      update: { type: 'boolean', default: false },
      url: { type: 'string' },
      result: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const wanted = Arguments.safeParse({ kind: positionals[0], file: positionals[1], mode: values.mode });
  if (!wanted.success || positionals.length !== 2) return fail(word('usage'));
  const { kind, file, mode } = wanted.data;
  const key = process.env['QUCHENG_KEY']?.trim() ?? '';
  if (key === '') return fail(word('key'));
  const server = values.url ?? `http://127.0.0.1:${loadConfig([], process.env).port}`;
  const headers = { authorization: `Bearer ${key}`, 'accept-language': language };
  const existing = values.update ? 'update' : 'keep';
  const query = new URLSearchParams({ kind, mode, existing, fileName: path.basename(file) });
  const answer = await send(`${server}/api/v1/imports?${query}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': /\.xlsx$/i.test(file) ? XLSX_TYPE : CSV_TYPE },
    body: await readFile(file),
  });
  if (answer === null) return fail(`${word('away')} ${server}`);
  const body: unknown = await answer.json();
  if (answer.status !== 200) {
    const problem = Problem.safeParse(body);
    return fail(problem.success ? `${problem.data.title}\n${problem.data.detail}` : `HTTP ${answer.status}`);
  }
  const result = await ended(ImportResult.parse(body), server, headers);
  if (result === null) return fail(`${word('away')} ${server}`);
  console.log(values.json ? JSON.stringify(result) : summary(result));
  if (values.result !== undefined) {
    const marked = await send(`${server}/api/v1/imports/${result.id}/file`, { headers });
    if (marked?.status !== 200) return fail(`${word('away')} ${server}`);
    await writeFile(values.result, Buffer.from(await marked.arrayBuffer()));
  }
  return result.state === 'done' && result.errorCount === 0 ? 0 : 1;
}

const LOOK_EVERY_MS = 1000;

/** A long import goes on after the answer: looks until it is over. */
async function ended(
  first: z.output<typeof ImportResult>,
  server: string,
  headers: Record<string, string>,
): Promise<z.output<typeof ImportResult> | null> {
  let result = first;
  while (result.state === 'running') {
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    const answer = await send(`${server}/api/v1/imports/${result.id}`, { headers });
    if (answer?.status !== 200) return null;
    result = ImportResult.parse(await answer.json());
    if (process.stderr.isTTY) process.stderr.write(`\r${result.okCount + result.errorCount} / ${result.rowCount}`);
  }
  return result;
}

function summary(result: z.output<typeof ImportResult>): string {
  const counts = [
    `${result.rowCount} ${word('rows')}`,
    `${result.okCount} ${word('good')}`,
    `${result.errorCount} ${word('bad')}`,
    ...(result.changedCount === 0 ? [] : [`${result.changedCount} ${word('changed')}`]),
    ...(result.replayedCount === 0 ? [] : [`${result.replayedCount} ${word('before')}`]),
    word(result.committed ? 'written' : 'notWritten'),
    ...(result.stoppedBy === null ? [] : [result.stoppedBy]),
  ];
  const wrong = result.rows
    .filter(({ ok }) => !ok)
    .slice(0, SHOWN)
    .map(
      ({ row, errors }) =>
        `  ${row}: ${errors.map(({ columnTitle, title, detail }) => `${columnTitle ?? ''} ${title} ${detail}`.trim()).join('; ')}`,
    );
  return [counts.join(', '), ...wrong, ...(result.errorCount > wrong.length ? ['  …'] : [])].join('\n');
}

async function send(url: string, options: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function fail(text: string): number {
  console.error(text);
  return 2;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = fail(error instanceof Error ? error.message : String(error));
}
