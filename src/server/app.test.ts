import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../tests/support/app.ts';
import { COMPANY, sql } from './platform/db/database.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
});
afterAll(() => t.close());

it('settings are read although every connection is held by somebody who waits for them', async () => {
  const { database, settings } = t.services;
  settings.forget();
  const holding = Array.from({ length: 40 }, () =>
    database.write(COMPANY, async (tx) => {
      await tx.query(sql`select pg_sleep(0.05)`);
      return (await settings.env(t.clock.now())).company.currency;
    }),
  );
  expect(new Set(await Promise.all(holding))).toEqual(new Set(['CNY']));
});
