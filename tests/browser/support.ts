/**
 * The built client in a real browser against the real server with a database of its own.
 *
 *   const b = await browserApp();
 *   const sales = await b.signIn('sales');                    // { page, problems, userId, … }
 *   await sales.page.goto(`${b.url}/orders`);
 *   expect(sales.problems).toEqual([]);                       // errors of the page, calls to other places
 *   afterAll(() => b.close());
 *
 * CHROMIUM names the browser; dist/web must be built. QUCHENG_PICTURES=1 keeps pictures of what the tests see.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createApp } from '../../src/server/app.ts';
import { hasWebFiles, pageForRouter, serveWebFiles } from '../../src/server/boot/web-files.ts';
import { bizDateOf } from '../../src/server/kernel/biz-date.ts';
import { fixedClock, systemClock } from '../../src/server/kernel/clock.ts';
import { SESSION_COOKIE } from '../../src/server/platform/http/app.ts';
import { type Actor, type TestApp, testApp, type Wanted } from '../support/app.ts';

export type Locale = 'zh-Hant' | 'zh-Hans' | 'en';
export type PageOptions = {
  locale?: Locale;
  theme?: 'light' | 'dark';
  /** A telephone instead of a desk. */
  phone?: boolean;
};
export type Visitor = Actor & { token: string; page: Page; problems: string[] };
export type BrowserApp = {
  /** The database and its actors; calls through `t.as(…)` reach the same rows. */
  t: TestApp;
  url: string;
  /** Somebody new with these roles, signed in on a page of an own browser profile. */
  signIn(wanted: Wanted, options?: PageOptions): Promise<Visitor>;
  /** Somebody new with these roles before a page on which nobody is signed in. */
  newcomer(wanted: Wanted, options?: PageOptions): Promise<Visitor>;
  /** A page for somebody who is signed in elsewhere, or for nobody. */
  open(token: string | null, options?: PageOptions): Promise<{ page: Page; problems: string[] }>;
  close(): Promise<void>;
};

/** Today as the company counts it, whatever day it is where the tests run. */
export const companyToday = (): string => bizDateOf(new Date(), 'Asia/Shanghai');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESK = { width: 1440, height: 960 };
const PHONE = { width: 390, height: 844 };

/** One browser for all the files of a worker: it ends with the worker. Profiles are closed by the file that opened them. */
let running: Promise<Browser> | undefined;
const theBrowser = (): Promise<Browser> => {
  running ??= chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });
  return running;
};

export async function browserApp(): Promise<BrowserApp> {
  if (!hasWebFiles()) throw new Error('dist/web is missing: build the client first');
  const t = await testApp({ clock: fixedClock(new Date()) });
  // The same rows behind a real port, and a clock that goes on.
  const web = await createApp({
    databaseUrl: t.database.appUrl,
    clock: systemClock,
    secrets: t.services.secrets,
    demo: false,
    connections: 6,
    extend: (server) => serveWebFiles(server),
    fallback: pageForRouter,
  });
  const url = await web.app.server.listen({ host: '127.0.0.1', port: 0 });
  const browser = await theBrowser();
  const opened: BrowserContext[] = [];

  const open: BrowserApp['open'] = async (token, options = {}) => {
    web.services.settings.forget();
    const context = await browser.newContext(contextOptions(options));
    opened.push(context);
    if (token !== null)
      await context.addCookies([{ name: SESSION_COOKIE, value: token, url, httpOnly: true, sameSite: 'Strict' }]);
    await context.addInitScript(
      ([locale, theme]) => {
        if (localStorage.getItem('qc.locale') === null) localStorage.setItem('qc.locale', locale);
        if (localStorage.getItem('qc.theme') === null) localStorage.setItem('qc.theme', theme);
      },
      [options.locale ?? 'zh-Hant', options.theme ?? 'light'] as const,
    );
    const page = await context.newPage();
    return { page, problems: watch(page, url) };
  };
  return {
    t,
    url,
    open,
    async signIn(wanted, options) {
      const actor = await t.signedIn(wanted);
      return { ...actor, ...(await open(actor.token, options)) };
    },
    async newcomer(wanted, options) {
      const actor = await t.signedIn(wanted);
      return { ...actor, ...(await open(null, options)) };
    },
    async close() {
      await Promise.all(opened.map((context) => context.close()));
      await web.close();
      await t.close();
    },
  };
}

const contextOptions = ({ phone = false, locale = 'zh-Hant' }: PageOptions): BrowserContextOptions => ({
  viewport: phone ? PHONE : DESK,
  locale: { 'zh-Hant': 'zh-TW', 'zh-Hans': 'zh-CN', en: 'en-GB' }[locale],
  timezoneId: 'Asia/Shanghai',
  reducedMotion: 'reduce',
  ...(phone ? { isMobile: true, hasTouch: true } : {}),
});

/** What must not happen on any page: errors, warnings of the console, calls to anywhere else. */
function watch(page: Page, url: string): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // Refusals of the server are part of the tests; the browser tells them as failed loads.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(url))
      problems.push(`called: ${request.url()}`);
  });
  return problems;
}

const DAY_MS = 86_400_000;

/** A Wednesday somewhat ahead: goods can be promised by then, and it is a day of work. */
export function soon(): string {
  const day = Date.now() + 40 * DAY_MS;
  const ahead = (10 - new Date(day).getUTCDay()) % 7;
  return new Date(day + ahead * DAY_MS).toISOString().slice(0, 10);
}

const SHOTS = fileURLToPath(new URL('../../.cache/test/screenshots/', import.meta.url));

/** A picture to look at, under .cache/test/screenshots, where pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env['QUCHENG_PICTURES'] === '1') await evidence(page, name);
}

/** A picture of what went wrong. */
export async function evidence(page: Page, name: string): Promise<void> {
  fs.mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true });
}

/** The body of an answer of success; throws any other, for steps that lead to what a test is about. */
export async function done(answer: ReturnType<Actor['post']>) {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
}
