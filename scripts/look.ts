/**
 * Looks at the client of a running server that holds the demo company:
 *   npm start                                              in another terminal
 *   npm run look -- [http://127.0.0.1:3000]                every page, and everything that opens on it
 *   npm run look -- --minutes 10                           no new page after ten minutes; the report is of what was seen by then
 *   npm run look -- --readme                               only the pictures of the README
 * Narrower: --locale en,zh-Hant  --width 390  --who sales,finance  --only /partners,/orders  --also /link#token
 * Signs in as a person of each role, in three languages and two widths; takes a picture of every page, drawer, dialog,
 * confirmation and menu; names what a machine can see of what is wrong. Nothing is confirmed, and every write is stopped in the
 * browser. Pictures, sheets of them and report.md: .cache/look. CHROMIUM names the browser.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { settled } from './look/faults.ts';
import { lookAtPage, openAll, readOnly, shoot, type Tour } from './look/open.ts';
import { outside, type Person, type Place, people, placesOf } from './look/places.ts';
import { readmePictures } from './look/readme.ts';
import { album, report } from './look/report.ts';
import { LOCALES, type Locale, wrongWords } from './look/words.ts';

const FOLDER = fileURLToPath(new URL('../.cache/look/', import.meta.url));
const HEIGHT = { 1440: 900, 390: 844 } as const;
type Width = keyof typeof HEIGHT;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    locale: { type: 'string' },
    width: { type: 'string' },
    who: { type: 'string' },
    only: { type: 'string' },
    also: { type: 'string', multiple: true },
    minutes: { type: 'string', default: '240' },
    readme: { type: 'boolean' },
  },
});
const url = (positionals[0] ?? 'http://127.0.0.1:3000').replace(/\/$/, '');
const until = Date.now() + Number(values.minutes) * 60_000;
const among = (given: string | undefined) => (name: string) => given === undefined || given.split(',').includes(name);
const wanted = (pattern: string) =>
  values.only === undefined || values.only.split(',').some((beginning) => pattern.startsWith(beginning));

const contextOf = (browser: Browser, locale: Locale, width: Width): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width, height: HEIGHT[width] },
    locale: { 'zh-Hant': 'zh-TW', 'zh-Hans': 'zh-CN', en: 'en-GB' }[locale],
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...(width < 600 ? { isMobile: true, hasTouch: true } : {}),
  });

/** What one person sees; nobody signed in: what needs no account. */
async function tourOf(
  browser: Browser,
  locale: Locale,
  width: Width,
  person: Person | null,
  shared: Shared,
): Promise<void> {
  const context = await contextOf(browser, locale, width);
  await context.addInitScript(
    (name) => location.protocol === 'http:' && localStorage.setItem('qc.locale', name),
    locale,
  );
  const tried = await readOnly(context);
  const who = person?.role ?? 'nobody';
  const problems: string[] = [];
  context.on('weberror', (told) => problems.push(`error: ${told.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load'))
      problems.push(`console: ${message.text().slice(0, 200)}`);
  });
  context.on(
    'response',
    (answer) => answer.status() >= 500 && problems.push(`${answer.status()} ${new URL(answer.url()).pathname}`),
  );
  const keep: Tour['keep'] = (what, faults, picture) =>
    shared.pictures.add({ locale, width, who, what, faults: [...faults, ...problems.splice(0)] }, picture);
  const page = await context.newPage();
  const tour: Tour = { page, words: wrongWords(locale), tried, axe: 'all', seen: shared.seen, keep, shoot };
  if (person !== null) {
    await page.request.post(`${url}/api/v1/session/demo`, {
      data: { userId: person.userId },
      headers: { origin: url },
    });
  }
  const places =
    person === null
      ? outside(values.also ?? []).filter(({ pattern }) => wanted(pattern))
      : await placesOf(page, url, who.startsWith('partner'), wanted);
  for (const place of places) if (Date.now() < until) await lookInto({ ...tour, page: await context.newPage() }, place);
  await context.close();
}

/** On a page of its own: what one place does to the browser is not carried to the next. */
async function lookInto(tour: Tour, { pattern, address, key }: Place): Promise<void> {
  const { page, seen } = tour;
  if (key !== pattern && seen.has(key)) return page.close();
  try {
    await page.goto(url + address);
    await page.locator('h1').first().waitFor();
    await settled(page);
    if (new URL(page.url()).pathname !== address.replace(/[#?].*$/, '')) return;
    // Other roles are told that a page is not theirs.
    if (await page.locator('main').getByText(tour.words.notYours, { exact: true }).first().isVisible()) return;
    if (!seen.has(key)) await lookAtPage(tour, key);
    seen.add(key);
    await openAll(tour, pattern, address);
  } catch (error) {
    tour.keep(`${key} (stuck)`, [String(error).split('\n')[0] ?? ''], Buffer.alloc(0));
  } finally {
    await page.close();
  }
}

type Shared = { pictures: ReturnType<typeof album>; seen: Set<string> };

async function everything(browser: Browser): Promise<void> {
  const pictures = album(FOLDER);
  const page = await browser.newPage();
  const persons = (await people(page, url)).filter(({ role }) => among(values.who)(role));
  await page.close();
  for (const locale of LOCALES.filter(among(values.locale)))
    for (const width of ([1440, 390] as const).filter((one) => among(values.width)(String(one)))) {
      const shared: Shared = { pictures, seen: new Set() };
      const nobody = among(values.who)('nobody') ? [null] : [];
      for (const person of [...nobody, ...persons]) {
        const [began, before] = [Date.now(), pictures.entries.length];
        await tourOf(browser, locale, width, person, shared);
        const took = Math.round((Date.now() - began) / 1000);
        console.log(
          `${locale} ${width} ${person?.role ?? 'nobody'}: ${pictures.entries.length - before} looked at, ${took} s`,
        );
      }
    }
  console.log(await report(browser, FOLDER, pictures.entries));
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  await (values.readme === true ? readmePictures(browser, url) : everything(browser));
} finally {
  await browser.close();
}
