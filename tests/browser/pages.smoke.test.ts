/**
 * Every page opens, in three languages, without an error in the console, a call to another place, a refusal, a text that is missing or
 * something wider than the window, at a desk and, for partners, on a telephone; a handful of pages is put through axe. The pages are read from the route files: a new one is part of this by itself,
 * and one with a parameter that nobody gives here fails.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../support/app.ts';
import { applied } from '../support/applied.ts';
import { goods } from '../support/goods.ts';
import { textsOf, WAIT } from './main-job.ts';
import { type BrowserApp, browserApp, done, evidence, type Locale, type PageOptions } from './support.ts';

const LOCALES: readonly Locale[] = ['zh-Hant', 'zh-Hans', 'en'];
const ORDERS: Record<Locale, string> = { 'zh-Hant': '訂單', 'zh-Hans': '订单', en: 'Orders' };
const SOON = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
const PAGES = fileURLToPath(new URL('../../src/web/pages/', import.meta.url));

/** Paths of an area's route file, as they stand there. */
function pathsOf(area: string): string[] {
  const text = fs.readFileSync(`${PAGES}${area}/routes.ts`, 'utf8');
  const paths = [...text.matchAll(/\bpath: '([^']*)'/g)].map(([, path = '']) => path);
  if (paths.length !== [...text.matchAll(/createRoute\(/g)].length) throw new Error(`a route of ${area} has no path`);
  return paths;
}
const AREAS = fs.readdirSync(PAGES).filter((area) => fs.existsSync(`${PAGES}${area}/routes.ts`));
const SHARED = pathsOf('account');
const WORKBENCH = AREAS.filter((area) => !['account', 'auth', 'links', 'portal'].includes(area)).flatMap(pathsOf);
const PORTAL = pathsOf('portal').map((path) => (path === '/' ? 'portal' : `portal/${path}`));

/** Where an area is entered. */
const DOORS = new Set(AREAS.map((area) => pathsOf(area)[0]));

/** Who opens a page of the administration; all others are opened by somebody with every business role. */
const ADMIN: Record<string, 'system' | 'security'> = {
  'admin/company': 'system',
  'admin/incoming-mail': 'system',
  'admin/mail': 'system',
  'admin/webhooks': 'system',
  'admin/users': 'security',
  'admin/users/$userId': 'security',
  'admin/keys': 'security',
  'admin/access-log': 'security',
};
const BUSINESS = [
  'sales',
  'order_processing',
  'production',
  'warehouse',
  'logistics',
  'finance',
  'after_sales',
  'data_analyst',
  'supervision',
  'manager',
] as const;

type Tokens = { business: string; system: string; security: string; partner: string };

let b: BrowserApp;
let tokens: Tokens;
/** An id for each parameter of a path. */
const ids: Record<string, string> = {};

/** One document of each kind, by the API: two orders, one of them sent off in part and paid and invoiced in part. */
async function fill(staff: Actor, buyer: Actor, partnerId: string): Promise<void> {
  const g = await goods(b.t);
  const warehouse = await g.warehouse();
  const product = await g.product({ sku: 'LAMP-9' });
  await g.stock(product.id, warehouse, 100);
  const inquiry = await done(
    buyer.post('/api/v1/inquiries', {
      lines: [{ wanted: product.sku, qty: '3', requestedOn: SOON }, { wanted: '黑色頭盔' }],
    }),
  );
  const act = (path: string, body: object | undefined, version: number) =>
    done(staff.post(`/api/v1/${path}`, body, { ifMatch: version }));
  let order = await done(
    buyer.post('/api/v1/orders', { requestedOn: SOON, lines: [{ sku: product.sku, qty: '5' }], submit: true }),
  );
  order = await act(`orders/${order.id}/send-confirmation`, undefined, order.version);
  const reply = { contentHash: order.rounds[0].contentHash };
  await done(buyer.post(`/api/v1/orders/${order.id}/accept`, reply, { ifMatch: order.version }));
  const [picking] = (await staff.get(`/api/v1/pickings?orderId=${order.id}`)).body.items;
  await act(`pickings/${picking.id}/start`, undefined, picking.version);
  await act(`pickings/${picking.id}/finish`, {}, picking.version + 1);
  const shipment = await done(
    staff.post('/api/v1/shipments', {
      orderId: order.id,
      warehouseId: warehouse,
      lines: [{ lineNo: 1, qty: '2' }],
      shippedAt: new Date().toISOString(),
      missingDataReason: 'follows',
    }),
  );
  const payment = await done(
    staff.post('/api/v1/payments', {
      partnerId,
      amount: '300',
      receivedOn: '2026-01-05',
      method: 'bank_transfer',
      confirm: true,
      allocations: [{ orderId: order.id, amount: '250' }],
    }),
  );
  const invoice = await done(
    staff.post('/api/v1/invoices', {
      orderId: order.id,
      kind: 'ordinary',
      lines: [{ lineNo: 1, qty: '1' }],
      beforePaymentReason: 'asked for',
    }),
  );
  const [list] = await b.t.sql<{ id: string }>('select id from price_list limit 1');
  const draft = await done(
    buyer.post('/api/v1/orders', { requestedOn: SOON, lines: [{ sku: product.sku, qty: '4' }], submit: false }),
  );
  Object.assign(ids, {
    partnerId,
    userId: staff.userId,
    productId: product.id,
    supplyId: await g.supply(product.id, warehouse, 10, SOON),
    priceListId: list?.id,
    inquiryId: inquiry.id,
    orderId: order.id,
    draftId: draft.id,
    pickingId: picking.id,
    shipmentId: shipment.id,
    paymentId: payment.id,
    invoiceId: invoice.id,
  });
}

/** A mail that could not be sent. */
async function outgoingOf(partnerId: string, userId: string, orderId: string): Promise<string> {
  const [row] = await b.t.sql<{ id: string }>(
    `with sent as (
       insert into outgoing (id, channel, state, partner_id, target_id, lane, sequence, kind, event_id, document_type, document_id, document_no, content, attempts, tries, next_at, reason, created_at, finished_at)
       values (gen_random_uuid(), 'mail', 'parked', $1, $2, 'x', 1, 'order.took_effect', gen_random_uuid(), 'order', $3, 'SO-1', '{}', 1, 1, now(), 'mail_refused', now(), now()) returning id)
     insert into outgoing_attempt (outgoing_id, no, started_at, finished_at, outcome, reason, status, detail)
     select id, 1, now(), now(), 'failed', 'mail_refused', 550, 'no such mailbox' from sent returning outgoing_id as id`,
    [partnerId, userId, orderId],
  );
  return row?.id ?? '';
}

/** A message in quarantine. */
async function mailOf(): Promise<string> {
  const [row] = await b.t.sql<{ id: string }>(
    `insert into intake_message (id, no, source, state, reason, raw, sha256, byte_count, from_address, subject, parsed, received_at)
     values (gen_random_uuid(), 'ML-2026-000001', 'smtp', 'quarantined', 'sender_unknown', 'x', 'x', 1, 'someone@example.com', '頭盔',
       '{"text": "頭盔 2 個", "tables": [], "attachments": []}', now()) returning id`,
  );
  return row?.id ?? '';
}

beforeAll(async () => {
  b = await browserApp();
  const staff = await b.t.signedIn({ role: BUSINESS, name: '林曉雲', approvalLimit: 100_000_000n });
  const partnerId = await b.t.partner({
    ownerId: staff.userId,
    name: '城南車行有限公司',
    paymentTerm: { kind: 'net_days', days: 30 },
  });
  const g = { partnerId, role: ['partner_admin', 'partner_buyer', 'partner_finance'] as const };
  const [buyer, system, security] = await Promise.all([
    b.t.signedIn({ ...g, name: '王大明' }),
    b.t.signedIn('system_admin'),
    b.t.signedIn('security_admin'),
  ]);
  await b.t.sql(
    `insert into partner_address (id, partner_id, label, region_code, region_text, detail, receiver, phone, is_default) values (gen_random_uuid(), $1, '總倉', '320583', '江蘇省 崑山市', '試驗路 1 號', '收貨人', '13800000000', true)`,
    [partnerId],
  );
  await fill(staff, buyer, partnerId);
  ids['importId'] = await importOf(staff);
  ids['messageId'] = await mailOf();
  ids['outgoingId'] = await outgoingOf(partnerId, buyer.userId, ids['orderId'] ?? '');
  ids['applicationId'] = await applied(b.t);
  tokens = { business: staff.token, system: system.token, security: security.token, partner: buyer.token };
});
afterAll(() => b?.close());

async function importOf(staff: Actor): Promise<string> {
  const made = await done(
    staff.send(
      'POST',
      '/api/v1/imports?kind=products&mode=check&fileName=products.csv',
      'sku,name,unit,taxRate\nA-1,甲,件,13\n',
      {
        headers: { 'content-type': 'text/csv' },
      },
    ),
  );
  return made.id;
}

/** `/orders/$orderId/edit` with the draft, everything else with the order that is under way. */
const addressOf = (path: string): string => {
  const filled = path.replace(/\$(\w+)/g, (_, name: string) => {
    const id = path.endsWith('/edit') && name === 'orderId' ? ids['draftId'] : ids[name];
    if (id === undefined) throw new Error(`no ${name} for ${path}`);
    return id;
  });
  return filled.startsWith('/') ? filled : `/${filled}`;
};

const AREA_NAMES = [...new Set(Object.keys(textsOf('zh-Hant')).map((key) => key.split('.')[0]))];
/** A text that is missing shows its key: `orders.title`. */
const KEY = new RegExp(`(?<![\\w@./-])(?:${AREA_NAMES.join('|')})\\.[a-z][\\w.]*[A-Za-z]`, 'g');

/** Everything that is read from the page, by eye or by ear. */
const wordsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')];
    const attributes = ['aria-label', 'title', 'placeholder', 'alt'];
    return [
      document.title,
      document.body.innerText,
      ...named.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? '')),
    ].join('\n');
  });

/** To an address: by loading everything anew, or inside the page that is open, as a link does. */
async function goTo(page: Page, address: string, inside: boolean): Promise<void> {
  if (!inside) {
    await page.goto(b.url + address, { waitUntil: 'domcontentloaded' });
    await page.locator('h1').first().waitFor({ timeout: WAIT });
    return;
  }
  await page.evaluate((to) => {
    for (const heading of document.querySelectorAll('h1')) heading.dataset['before'] = '';
    history.pushState({}, '', to);
  }, address);
  await page.locator('h1:not([data-before])').first().waitFor({ timeout: WAIT });
}

/** Opens a page and waits until it has its data; what is wrong with it. */
async function faultsOf(page: Page, problems: string[], address: string, inside = false): Promise<string[]> {
  problems.length = 0;
  const refused: string[] = [];
  const seen = (response: { status(): number; url(): string }) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400) refused.push(`${response.status()} ${pathname}`);
  };
  page.on('response', seen);
  try {
    await goTo(page, address, inside);
    await page.waitForFunction(
      () => document.querySelector('.ant-skeleton, .ant-spin-spinning, [aria-busy="true"]') === null,
      undefined,
      { timeout: WAIT },
    );
    const words = await wordsOf(page);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const went = new URL(page.url()).pathname;
    return [
      ...(went === new URL(address, b.url).pathname ? [] : [`went to ${went}`]),
      ...[...words.matchAll(KEY)].map(([key]) => `no text for ${key}`),
      ...(wider > 0 ? [`is ${wider} wider than the window`] : []),
      ...refused,
      ...problems,
    ];
  } catch (error) {
    return [error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), ...refused, ...problems];
  } finally {
    page.off('response', seen);
  }
}

const pages = new Map<keyof Tokens, ReturnType<BrowserApp['open']>>();

/** The page of a person, partners on a telephone: what it has loaded stays. Another language or theme holds from the next load on. */
async function pageOf(
  who: keyof Tokens,
  { locale = 'zh-Hant', theme = 'light' }: Pick<PageOptions, 'locale' | 'theme'> = {},
) {
  const opened = pages.get(who) ?? b.open(tokens[who], { locale, theme, phone: who === 'partner' });
  pages.set(who, opened);
  const { page, problems } = await opened;
  if (page.url().startsWith(b.url))
    await page.evaluate(
      ([language, colours]) => {
        localStorage.setItem('qc.locale', language);
        localStorage.setItem('qc.theme', colours);
      },
      [locale, theme] as const,
    );
  return { page, problems };
}

/** What the server sends for an address: the client. */
async function clientAt(page: Page, address: string): Promise<string[]> {
  const answer = await page.request.get(b.url + address, { headers: { accept: 'text/html' } });
  const sent = answer.status() === 200 && /<script type="module"/.test(await answer.text());
  return sent ? [] : [`the server sends no client, but ${answer.status()}`];
}

/**
 * All of the paths, one after the other; what is wrong with which. In the first language the server is asked for each address, and the
 * first page of each area is loaded anew; from there on the page goes on, as people do.
 */
async function openAll(locale: Locale, who: keyof Tokens, paths: readonly string[]): Promise<Record<string, string[]>> {
  const { page, problems } = await pageOf(who, { locale });
  const faults: Record<string, string[]> = {};
  const first = locale === LOCALES[0];
  for (const [index, path] of paths.entries()) {
    const address = addressOf(path);
    const found = [
      ...(first ? await clientAt(page, address) : []),
      ...(await faultsOf(page, problems, address, index > 0 && !(first && DOORS.has(path)))),
    ];
    if (found.length > 0) faults[path] = [...new Set(found)];
  }
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
  return faults;
}

it('a page with something wrong is found out', async () => {
  const { page, problems } = await pageOf('business');
  const missing = '/api/v1/orders/00000000-0000-7000-8000-00000000dead';
  expect(await faultsOf(page, problems, missing.slice('/api/v1'.length))).toContain(`404 ${missing}`);
  await page.evaluate(() => document.querySelector('h1')?.setAttribute('aria-label', 'orders.nowhere'));
  expect([...(await wordsOf(page)).matchAll(KEY)].map(([key]) => key)).toEqual(['orders.nowhere']);
  expect(await faultsOf(page, problems, '/portal')).toContain('went to /');
  await page.evaluate(() => {
    const wide = document.body.appendChild(document.createElement('div'));
    wide.style.cssText = 'position: absolute; top: 0; left: 0; height: 1px; width: calc(100vw + 7px)';
  });
  expect(await faultsOf(page, problems, '/orders', true)).toEqual(['is 7 wider than the window']);
  await page.evaluate(() => console.error('something is wrong'));
  expect(problems).toEqual(['console: something is wrong']);
});

describe.each(LOCALES)('in %s', (locale) => {
  it('every page of the workbench opens', async () => {
    const of = (who: 'system' | 'security' | undefined) =>
      [...WORKBENCH, ...(who === undefined ? SHARED : [])].filter((path) => ADMIN[path] === who);
    expect(of(undefined).length).toBeGreaterThan(40);
    const found = await Promise.all([
      openAll(locale, 'business', of(undefined)),
      openAll(locale, 'security', of('security')).then(async (first) => ({
        ...first,
        ...(await openAll(locale, 'system', of('system'))),
      })),
    ]);
    expect(Object.assign({}, ...found)).toEqual({});
    const { page } = await pageOf('business', { locale });
    await goTo(page, '/orders', true);
    expect(await page.locator('main h1').first().innerText()).toBe(ORDERS[locale]);
  });

  it('every page of the portal opens', async () => {
    expect(await openAll(locale, 'partner', [...PORTAL, ...SHARED])).toEqual({});
  });
});

type Violation = { id: string; impact: string; nodes: string[] };
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violationsOf(page: Page): Promise<Violation[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(o: object): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)),
    }));
  });
}

describe('axe finds nothing serious', () => {
  it.each<[string, keyof Tokens, 'light' | 'dark']>([
    ['/', 'business', 'light'],
    ['orders', 'business', 'dark'],
    ['orders/$orderId', 'business', 'light'],
    ['orders/new', 'business', 'light'],
    ['payments/new', 'business', 'light'],
    ['portal', 'partner', 'dark'],
    ['portal/orders/$orderId', 'partner', 'light'],
    ['portal/inquiries/new', 'partner', 'light'],
  ])('on %s as %s, %s', async (path, who, theme) => {
    const { page, problems } = await pageOf(who, { theme });
    expect(await faultsOf(page, problems, addressOf(path))).toEqual([]);
    const serious = (await violationsOf(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical');
    if (serious.length > 0) await evidence(page, `axe${addressOf(path).replaceAll('/', '-')}`);
    expect(serious).toEqual([]);
  });
});

it('the way in opens in three languages for somebody who is not signed in', async () => {
  const { page, problems } = await b.open(null);
  for (const locale of LOCALES) {
    if (locale !== LOCALES[0]) await page.evaluate((language) => localStorage.setItem('qc.locale', language), locale);
    await page.goto(`${b.url}/orders`);
    await page.waitForURL(/\/sign-in/, { timeout: WAIT });
    await page.locator('form').waitFor({ timeout: WAIT });
    expect([...(await wordsOf(page)).matchAll(KEY)].map(([key]) => key)).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(problems).toEqual([]);
  }
});
