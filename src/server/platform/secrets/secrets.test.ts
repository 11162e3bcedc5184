import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/cluster.ts';
import { COMPANY, type Database, openDatabase, sql } from '../db/database.ts';
import type { Table } from '../db/table.ts';
import {
  addSecretKey,
  openSecretBox,
  parseSecretKeys,
  resealAll,
  secretBox,
  sealedColumn,
  Unreadable,
} from './index.ts';

const key = (fill: number) => Buffer.alloc(32, fill);

describe('the secret box', () => {
  const box = secretBox([key(1)]);

  test('what was sealed is not readable, never looks the same twice, and opens again', () => {
    const sealed = box.seal('Geheim 密碼 🔑', 'mail.password');
    expect(sealed).not.toContain('Geheim');
    expect(box.seal('Geheim 密碼 🔑', 'mail.password')).not.toBe(sealed);
    expect(box.open(sealed, 'mail.password')).toBe('Geheim 密碼 🔑');
    expect(box.open(box.seal('', 'mail.password'), 'mail.password')).toBe('');
  });

  test('it opens only for the place it was sealed for, unchanged, with the key that sealed it', () => {
    const sealed = box.seal('secret', 'mail.password');
    expect(() => box.open(sealed, 'webhook.secret')).toThrow(Unreadable);
    const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => box.open(flipped, 'mail.password')).toThrow(Unreadable);
    expect(() => secretBox([key(2)]).open(sealed, 'mail.password')).toThrow(Unreadable);
    expect(() => box.open('secret', 'mail.password')).toThrow(Unreadable);
  });

  test('a signature holds for one text and one purpose, in one spelling', () => {
    const signature = box.sign('SO-1', 'status link');
    expect(box.isSigned('SO-1', signature, 'status link')).toBe(true);
    expect(box.isSigned('SO-2', signature, 'status link')).toBe(false);
    expect(box.isSigned('SO-1', signature, 'reply link')).toBe(false);
    expect(box.isSigned('SO-1', `${signature}=`, 'status link')).toBe(false);
    expect(box.isSigned('SO-1', '', 'status link')).toBe(false);
  });

  test('a new key takes over: old secrets open, old signatures hold, new ones are made with it', () => {
    const rotated = secretBox([key(2), key(1)]);
    const old = box.seal('secret', 'mail.password');
    expect(rotated.open(old, 'mail.password')).toBe('secret');
    expect(rotated.isCurrent(old)).toBe(false);
    expect(rotated.isCurrent(rotated.seal('secret', 'mail.password'))).toBe(true);
    expect(rotated.isSigned('x', box.sign('x', 'link'), 'link')).toBe(true);
    expect(box.isSigned('x', rotated.sign('x', 'link'), 'link')).toBe(false);
  });
});

describe('the keys of an installation', () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'qucheng-secrets-'));
  afterAll(() => fs.rmSync(dataDir, { recursive: true }));
  const file = path.join(dataDir, 'secrets', 'box.key');

  test('are made once, for the owner’s eyes only, and read again at the next start', () => {
    const sealed = openSecretBox({ dataDir, secretKey: null }).seal('secret', 'a.b');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(openSecretBox({ dataDir, secretKey: null }).open(sealed, 'a.b')).toBe('secret');
  });

  test('a new one stands before the others; a damaged file stops the start', () => {
    const sealed = openSecretBox({ dataDir, secretKey: null }).seal('secret', 'a.b');
    addSecretKey(dataDir);
    const box = openSecretBox({ dataDir, secretKey: null });
    expect(box.open(sealed, 'a.b')).toBe('secret');
    expect(box.isCurrent(sealed)).toBe(false);
    fs.writeFileSync(file, 'no key');
    expect(() => openSecretBox({ dataDir, secretKey: null })).toThrow('holds no secret keys');
  });

  test('SECRET_KEY holds one or several of 32 bytes, nothing else', () => {
    const [a, b] = [key(1).toString('base64'), key(2).toString('base64')];
    expect(parseSecretKeys(`${a}, ${b}`)).toEqual([key(1), key(2)]);
    for (const wrong of ['', 'short', `${a},short`]) expect(parseSecretKeys(wrong)).toBeNull();
  });
});

describe('after a new key', () => {
  const vault: Table = { name: 'vault', key: ['id', 'part'], columns: { id: 'int', part: 'text', secret: 'text?' } };
  const column = sealedColumn(vault, 'secret');
  let db: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    db = await testDatabase();
    const owner = openDatabase(db.ownerUrl, { max: 1 });
    await owner.write(COMPANY, (tx) =>
      tx.run(sql`create table vault (id int, part text, secret text, primary key (id, part))`),
    );
    await owner.close();
    database = openDatabase(db.appUrl, { max: 2 });
  });
  afterAll(async () => {
    await database.close();
    await db.drop();
  });

  test('every secret is sealed anew, so that the old key opens nothing any more and may go', async () => {
    const old = secretBox([key(1)]);
    await database.write(COMPANY, (tx) =>
      tx.run(
        sql`insert into vault values (1, 'a', ${old.seal('one', column.place)}), (1, 'b', ${old.seal('two', column.place)}), (2, 'a', null)`,
      ),
    );
    expect(await resealAll(database, secretBox([key(2), key(1)]), [column])).toBe(2);
    const alone = secretBox([key(2)]);
    expect(await resealAll(database, alone, [column])).toBe(0);
    const rows = await database.read(COMPANY, (tx) =>
      tx.query<{ secret: string | null }>(sql`select secret from vault order by id, part`),
    );
    expect(rows.map(({ secret }) => (secret === null ? null : alone.open(secret, column.place)))).toEqual([
      'one',
      'two',
      null,
    ]);
  });
});
