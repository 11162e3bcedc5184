/**
 * The archive of a year: what happened in it, as files that can be read in thirty years without this product (CSV, UTF-8, gzip), each with
 * its SHA-256, all from one snapshot of the database, beside whoever works. Nothing is taken out of the database (docs/decisions/0170).
 * Source: 會計檔案管理辦法 (order 79 of the Ministry of Finance) articles 8, 9, 14: electronic records complete, unchanged, readable, for 10 or
 * 30 years.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { orderMachine } from '../../../contract/machines/order.ts';
import { startOfDay } from '../../kernel/biz-date.ts';
import { ARCHIVED, columnsTaken, conditionOf, type Year } from './archive-tables.ts';

export const MANIFEST = 'manifest.json';

const README = `本資料夾保存一個年度的全部業務記錄：tables/ 內每張表一個檔案（CSV，UTF-8，gzip 壓縮），columns.csv.gz 說明每一欄。
manifest.json 載明每個檔案的行數與 SHA-256、與帳簿核對的合計、事件日誌的封存雜湊。核對：npm run archive -- --check 本資料夾
本文件夹保存一个年度的全部业务记录：tables/ 内每张表一个文件（CSV，UTF-8，gzip 压缩），columns.csv.gz 说明每一列。
manifest.json 载明每个文件的行数与 SHA-256、与账簿核对的合计、事件日志的封存哈希。核对：npm run archive -- --check 本文件夹
This folder holds all records of one year: under tables/ a file for each table (CSV, UTF-8, gzip); columns.csv.gz says what each column is.
manifest.json has the rows and SHA-256 of each file, sums to compare with the books, the hash of the event log's seal.
To check it: npm run archive -- --check FOLDER
`;

export type ArchivedFile = { path: string; table: string; rows: number; bytes: number; sha256: string };
export type ArchiveManifest = {
  format: 1;
  company: string;
  year: number;
  timeZone: string;
  takenAt: string;
  /** The last migration that the tables had. */
  schema: string;
  /** Orders of the year that had not come to their end when the archive was taken. */
  openOrders: number;
  /** Sums to compare with the books, in minor units of each currency. */
  sums: { what: string; currency: string; count: number; amount: string }[];
  /** The last seal of the event log in the year: its number and hash. */
  seal: { no: string; hash: string } | null;
  files: ArchivedFile[];
};

export type ArchiveErrorCode = 'no_company' | 'not_over' | 'open_orders' | 'not_empty' | 'no_manifest' | 'changed';
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;
  readonly about: string;
  constructor(code: ArchiveErrorCode, about: string) {
    super(`${code}: ${about}`);
    this.code = code;
    this.about = about;
  }
}

export type ArchiveOptions = {
  /** As the application role or the owner. */
  url: string;
  year: number;
  /** An empty or missing folder. */
  folder: string;
  now: Date;
  /** Archive although orders of the year are open; the manifest says how many. */
  withOpen: boolean;
};

/** Writes the archive. Throws ArchiveError: nobody has set a company up, the year is not over, orders of it are open, the folder is not empty. */
export async function writeArchive({ url, year, folder, now, withOpen }: ArchiveOptions): Promise<ArchiveManifest> {
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) throw new ArchiveError('not_empty', folder);
  const client = new pg.Client({
    connectionString: url,
    options: '-c app.scope=company -c timezone=UTC -c datestyle=ISO',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const company = await companyOf(client);
    const span: Year = {
      year,
      from: startOfDay(`${year}-01-01`, company.time_zone),
      until: startOfDay(`${year + 1}-01-01`, company.time_zone),
    };
    if (span.until > now) throw new ArchiveError('not_over', String(year));
    const { open } = await one<{ open: number }>(
      client,
      `select count(*)::int as open from sales_order t where ${conditionOf('sales_order', span)} and not state = any($1::text[])`,
      [orderMachine.finals],
    );
    if (open > 0 && !withOpen) throw new ArchiveError('open_orders', String(open));
    fs.mkdirSync(path.join(folder, 'tables'), { recursive: true, mode: 0o700 });
    const files: ArchivedFile[] = [];
    for (const table of Object.keys(ARCHIVED).sort()) {
      const condition = conditionOf(table, span);
      if (condition !== null) files.push(await writeTable(client, { table, condition, folder }));
    }
    files.push(await writeColumns(client, folder));
    const manifest: ArchiveManifest = {
      format: 1,
      company: company.name,
      year,
      timeZone: company.time_zone,
      takenAt: now.toISOString(),
      schema: (await one<{ name: string }>(client, 'select max(name) as name from schema_migration')).name,
      openOrders: open,
      sums: await sumsOf(client, span),
      seal: await lastSeal(client, span),
      files,
    };
    fs.writeFileSync(path.join(folder, 'README.txt'), README, { mode: 0o600 });
    fs.writeFileSync(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    return manifest;
  } finally {
    await client.end();
  }
}

type Company = { name: string; time_zone: string };

/** The company whose year it is. An installation that nobody has set up yet has none, a database of something else not even the table. */
async function companyOf(client: pg.Client): Promise<Company> {
  const { known } = await one<{ known: boolean }>(client, `select to_regclass('company') is not null as known`);
  const rows = known ? (await client.query<Company>('select name, time_zone from company')).rows : [];
  const [company] = rows;
  if (company === undefined) throw new ArchiveError('no_company', '');
  return company;
}

/** Compares every file with the manifest. Throws ArchiveError naming the first that is missing, changed, or not of the manifest. */
export async function checkArchive(folder: string): Promise<ArchiveManifest> {
  const file = path.join(folder, MANIFEST);
  if (!fs.existsSync(file)) throw new ArchiveError('no_manifest', folder);
  const manifest: ArchiveManifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const wanted of manifest.files) {
    const full = path.join(folder, wanted.path);
    if (!fs.existsSync(full) || (await sha256Of(full)) !== wanted.sha256)
      throw new ArchiveError('changed', wanted.path);
  }
  const known = new Set(manifest.files.map((entry) => path.basename(entry.path)));
  const strange = fs.readdirSync(path.join(folder, 'tables')).find((name) => !known.has(name));
  if (strange !== undefined) throw new ArchiveError('changed', `tables/${strange}`);
  return manifest;
}

/** The text of one table of an archive, for those who read it by program. */
export const readTable = (folder: string, table: string): NodeJS.ReadableStream =>
  fs.createReadStream(path.join(folder, 'tables', `${table}.csv.gz`)).pipe(createGunzip());

type Wanted = { table: string; condition: string; folder: string };

async function writeTable(client: pg.Client, { table, condition, folder }: Wanted): Promise<ArchivedFile> {
  const columns =
    columnsTaken(table)
      ?.map((column) => `t.${column}`)
      .join(', ') ?? 't.*';
  return writeCsv(client, { table, folder, query: `select ${columns} from ${table} t where ${condition}` });
}

/** What each column is: its type and, for whole numbers, what one of them counts (docs/conventions.md). */
async function writeColumns(client: pg.Client, folder: string): Promise<ArchivedFile> {
  const tables = Object.keys(ARCHIVED)
    .filter((table) => ARCHIVED[table]?.of !== 'nothing')
    .map((table) => `'${table}'`);
  return writeCsv(client, {
    table: 'columns',
    folder,
    query: `select table_name, column_name, data_type, case
        when data_type <> 'bigint' then ''
        when column_name like '%amount' or column_name like '%minor' then 'minor units of the currency (CNY: cents)'
        when column_name like '%qty' or column_name like '%factor' then 'ten-thousandths of the unit'
        when column_name like '%price' or column_name like '%rate' then 'millionths' else '' end as one_is
      from information_schema.columns where table_schema = 'public' and table_name in (${tables.join(', ')}) order by table_name, ordinal_position`,
  });
}

async function writeCsv(
  client: pg.Client,
  { table, folder, query }: { table: string; folder: string; query: string },
): Promise<ArchivedFile> {
  const file = `tables/${table}.csv.gz`;
  const rows = client.query(copyTo(`copy (${query}) to stdout (format csv, header, encoding 'UTF8')`));
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(rows, createGzip(), counted, fs.createWriteStream(path.join(folder, file), { mode: 0o600 }));
  return { path: file, table, rows: rows.rowCount, bytes, sha256: hash.digest('hex') };
}

async function sumsOf(client: pg.Client, year: Year): Promise<ArchiveManifest['sums']> {
  const parts = [
    `select 'orders ' || state as what, currency, gross_amount as amount from sales_order t where ${conditionOf('sales_order', year)}`,
    `select 'invoices ' || state, currency, gross_amount from invoice t where ${conditionOf('invoice', year)}`,
    `select 'payments ' || state, currency, amount from payment t where ${conditionOf('payment', year)}`,
    `select 'ledger debit ' || debit_account, currency, amount from ledger_entry t where ${conditionOf('ledger_entry', year)}`,
  ];
  const { rows } = await client.query<ArchiveManifest['sums'][number]>(
    `select what, currency, count(*)::int as count, sum(amount)::text as amount from (${parts.join(' union all ')}) x group by 1, 2 order by 1, 2`,
  );
  return rows;
}

async function lastSeal(client: pg.Client, year: Year): Promise<ArchiveManifest['seal']> {
  const { rows } = await client.query<{ no: string; hash: string }>(
    `select no::text, encode(hash, 'hex') as hash from event_seal t where ${conditionOf('event_seal', year)} order by no desc limit 1`,
  );
  return rows[0] ?? null;
}

async function one<R extends pg.QueryResultRow>(client: pg.Client, text: string, values?: unknown[]): Promise<R> {
  const [row] = (await client.query<R>(text, values)).rows;
  if (row === undefined) throw new Error(`no row: ${text}`);
  return row;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
