import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TARGET, webClientSource } from '../../scripts/gen-web-client.ts';
import { operations } from '../../src/contract/operations.ts';
import { apiUrl } from '../../src/web/api/client.ts';
import { ApiProblem, fieldPath, readProblem } from '../../src/web/api/problem.ts';
import { routes } from '../../src/web/api/routes.generated.ts';
import { submitKeys } from '../../src/web/api/submit-key.ts';
import {
  formatDate,
  formatInstant,
  formatMoney,
  formatPrice,
  formatQty,
  formatRate,
  formatRelative,
} from '../../src/web/i18n/format.ts';
import { chooseLocale } from '../../src/web/i18n/locale.ts';
import { documentPath } from '../../src/web/lib/documents.ts';
import { listSearch, parseSearch, safeReturn, stringifySearch } from '../../src/web/lib/search-params.ts';
import { matchShortcut } from '../../src/web/lib/shortcut-match.ts';

describe('the table of operations', () => {
  it('is what the contract says now (npm run gen)', async () =>
    expect(fs.readFileSync(TARGET, 'utf8')).toBe(await webClientSource()));

  it('holds every operation of the API', () =>
    expect(operations.map(({ id }) => id).filter((id) => !Object.hasOwn(routes, id))).toEqual([]));
});

describe('addresses', () => {
  const orderId = '01900000-0000-7000-8000-000000000001';
  it('fill in the path, repeat lists, leave empty values out', () => {
    expect(apiUrl('orderGet', { params: { orderId } })).toBe(`/api/v1/orders/${orderId}`);
    expect(apiUrl('orderList', { query: { state: ['draft', 'objected'], q: '渠', cursor: undefined } })).toBe(
      '/api/v1/orders?state=draft&state=objected&q=%E6%B8%A0',
    );
  });

  it('of lists survive being shared', () => {
    const search = { state: ['draft', 'objected'], q: 'a&b=c', sort: '-created' };
    expect(parseSearch(stringifySearch({ ...search, none: undefined, empty: '' }).slice(1))).toEqual(search);
    expect(listSearch({ page: 2, on: true, deep: { x: 1 } })).toEqual({ page: '2', on: 'true' });
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    undefined,
    '/sign-in?return=/',
    '/a\u0000b',
  ])('never lead outside after signing in: %j', (target) => expect(safeReturn(target)).toBe('/'));
  it('lead back to where somebody was', () => expect(safeReturn('/orders?state=draft')).toBe('/orders?state=draft'));

  it('of documents depend on the side', () => {
    expect(documentPath('staff', 'order', 'x')).toBe('/orders/x');
    expect(documentPath('partner', 'order', 'x')).toBe('/portal/orders/x');
    expect(documentPath('partner', 'picking', 'x')).toBeNull();
    expect(documentPath('staff', 'toString', 'x')).toBeNull();
  });
});

describe('problems', () => {
  it('keep field, rule and way out', () => {
    const body = {
      type: '/problems/x',
      title: 'T',
      status: 422,
      detail: 'D',
      code: 'request.invalid',
      requestId: 'r',
      errors: [{ code: 'field.required', title: 'Missing', detail: 'Fill it in', field: 'lines.0.qty' }, 'junk'],
    };
    const problem = readProblem(422, body, { retryAfter: '3', etag: '"7"' });
    expect(problem).toMatchObject({
      code: 'request.invalid',
      retryAfter: 3,
      currentVersion: 7,
      errors: [{ field: 'lines.0.qty', title: 'Missing', detail: 'Fill it in' }],
    });
    expect(fieldPath('lines.0.qty')).toEqual(['lines', 0, 'qty']);
  });

  it('are not read out of a page of a proxy', () =>
    expect(readProblem(502, '<html>', { retryAfter: null, etag: null })).toBeNull());
});

describe('keys of submits', () => {
  const make = () => {
    let n = 0;
    return submitKeys(() => `k${++n}`);
  };
  const lost = new ApiProblem({ status: 0, code: 'client.network', title: '' });

  it('stay the same while the outcome is unknown', () => {
    const keys = make();
    const first = keys.keyFor({ a: 1 });
    keys.settled(lost);
    expect(keys.keyFor({ a: 1 })).toBe(first);
  });

  it('are new for other content, after an answer and after a refusal', () => {
    const keys = make();
    expect([keys.keyFor({ a: 1 }), keys.keyFor({ a: 2 })]).toEqual(['k1', 'k2']);
    keys.settled();
    expect(keys.keyFor({ a: 2 })).toBe('k3');
    keys.settled(new ApiProblem({ status: 409, code: 'order.credit_hold', title: '' }));
    expect(keys.keyFor({ a: 2 })).toBe('k4');
  });
});

describe('numbers and dates', () => {
  const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ');
  it('show money to the cent, however large', () => {
    expect(formatMoney('zh-Hant', '1409.5', 'CNY')).toBe('¥1,409.50');
    expect(formatMoney('zh-Hans', '90071992547409931.25', 'CNY')).toBe('¥90,071,992,547,409,931.25');
    expect(plain(formatMoney('en', '-3', 'USD'))).toBe('-USD 3.00');
    expect(plain(formatMoney('en', '500', 'JPY'))).toBe('JPY 500');
    expect(formatMoney('en', 'n/a', 'CNY')).toBe('n/a');
  });

  it('show prices, quantities and rates with their own decimals', () => {
    expect(formatPrice('zh-Hans', '0.123456', 'CNY')).toBe('¥0.123456');
    expect(formatPrice('zh-Hans', '12.000000', 'CNY')).toBe('¥12.00');
    expect(formatQty('en', '1200.5000')).toBe('1,200.5');
    expect(formatRate('en', '0.13')).toBe('13%');
  });

  it('show instants in the zone of the company and dates as they are', () => {
    expect(plain(formatInstant('zh-Hant', '2026-11-30T20:05:00Z', 'Asia/Shanghai'))).toBe('2026/12/01 04:05');
    expect(formatDate('zh-Hans', '2026-12-01')).toBe('2026/12/01');
    expect(formatDate('en', '2026-12-01')).toBe('01 Dec 2026');
  });

  it('tell how far a deadline is', () => {
    const now = Date.parse('2026-11-30T00:00:00Z');
    expect(formatRelative('en', '2026-11-30T03:10:00Z', now)).toBe('in 3 hours');
    expect(formatRelative('zh-Hant', '2026-11-28T00:00:00Z', now)).toMatch(/前/);
  });
});

describe('the language', () => {
  it.each([
    ['en', ['zh-CN'], 'en'],
    [null, ['zh-CN', 'en'], 'zh-Hans'],
    [null, ['zh-HK'], 'zh-Hant'],
    [null, ['zh-Hant-CN'], 'zh-Hant'],
    [null, ['fr', 'en-US'], 'en'],
    [null, ['fr'], 'zh-Hant'],
    ['xx', [], 'zh-Hant'],
  ])('is the choice %j, then what the browser asks for %j: %s', (chosen, browser, wanted) =>
    expect(chooseLocale(chosen, browser)).toBe(wanted),
  );
});

describe('keys', () => {
  it('come alone or in pairs', () => {
    const names = ['/', '?', 'g t'];
    expect(matchShortcut(names, null, '/')).toEqual({ hit: '/', waiting: null });
    expect(matchShortcut(names, null, 'g')).toEqual({ hit: null, waiting: 'g' });
    expect(matchShortcut(names, 'g', 't')).toEqual({ hit: 'g t', waiting: null });
    expect(matchShortcut(names, null, 't')).toEqual({ hit: null, waiting: null });
  });
});
