/** Opens everything on a page that opens: drawers, dialogs, confirmations, menus, tabs. Nothing is ever confirmed, and no write leaves the browser. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { faultsOf, settled } from './faults.ts';
import type { WrongWords } from './words.ts';

const CONTROLS = 'main button, main [role="tab"], header.qc-bar button';
const OVERLAYS =
  '[role="dialog"], .ant-popover:not(.ant-popover-hidden), .ant-dropdown:not(.ant-dropdown-hidden), .ant-popconfirm:not(.ant-popover-hidden)';
/** Writes that only work something out. */
const HARMLESS = /\/api\/v1\/(quotes|inquiries\/preview|session\/demo|links\/open|applications\/check)$/;
const WAIT = 10_000;
const NO_PICTURE = Buffer.alloc(0);

export type Tour = {
  page: Page;
  words: WrongWords;
  /** Writes that were stopped. */
  tried: string[];
  /** Which rules of WCAG are asked: all of them, or in a hurry only whether everything has a name. */
  axe: 'all' | 'names';
  /** What has been opened before, by pattern and name: people with other roles see the same again. */
  seen: Set<string>;
  keep: (what: string, faults: string[], picture: Buffer) => void;
  /** Null: no pictures. */
  shoot: ((target: Locator | Page) => Promise<Buffer>) | null;
};
/** Something to press, and what has to be pressed before. */
type Step = { name: string; via: readonly string[] };

/** Stops every write in the browser; returns those that were tried. */
export async function readOnly(context: BrowserContext): Promise<string[]> {
  const tried: string[] = [];
  await context.route('**/api/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (route.request().method() === 'GET' || HARMLESS.test(pathname)) return route.continue();
    tried.push(`${route.request().method()} ${pathname}`);
    return route.abort('blockedbyclient');
  });
  return tried;
}

export const shoot = (target: Locator | Page): Promise<Buffer> =>
  target.screenshot({ type: 'jpeg', quality: 70, animations: 'disabled' });

/** What was typed into a form is kept on the device, and would stand there again. */
const forgetDrafts = () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith('qc.draft')) localStorage.removeItem(key);
};

/** Inside the client, as a link does; anew where the page stands already. */
export async function goTo(page: Page, address: string): Promise<void> {
  const there = new URL(address, page.url());
  if (there.pathname === new URL(page.url()).pathname) {
    await page.evaluate(forgetDrafts);
    await page.goto(there.href);
    await page.locator('h1').first().waitFor({ timeout: 10_000 });
    return settled(page);
  }
  await page.evaluate(forgetDrafts);
  await page.evaluate((to) => {
    for (const heading of document.querySelectorAll('h1')) heading.dataset['before'] = '';
    history.pushState({}, '', to);
  }, address);
  await page.locator('h1:not([data-before])').first().waitFor({ timeout: 10_000 });
  await settled(page);
}

type Control = { name: string; usable: boolean; inBar: boolean; isTab: boolean };

/** What can be pressed now, in the order of `CONTROLS`. */
const controlsOn = (page: Page): Promise<Control[]> =>
  page.locator(CONTROLS).evaluateAll((controls) =>
    controls.map((control) => ({
      name: (control.getAttribute('aria-label') ?? control.textContent ?? '').replace(/\s+/g, ' ').trim(),
      isTab: control.matches('[role="tab"]'),
      inBar: control.closest('header.qc-bar') !== null,
      usable:
        control.checkVisibility() &&
        !control.matches(':disabled, [type="submit"], [aria-selected="true"], .ant-picker *, .qc-notice'),
    })),
  );

async function press(page: Page, name: string): Promise<Locator | null> {
  const index = (await controlsOn(page)).findIndex((control) => control.usable && control.name === name);
  if (index < 0) return null;
  const control = page.locator(CONTROLS).nth(index);
  await control.click({ timeout: WAIT });
  return control;
}

async function overlayOn(page: Page): Promise<Locator | null> {
  const shown = page.locator(OVERLAYS).filter({ visible: true });
  const came = await shown
    .first()
    .waitFor({ timeout: 2_000 })
    .then(() => true)
    .catch(() => false);
  await settled(page);
  return came ? shown.last() : null;
}

/** The whole of a drawer: the window grows until nothing in it has to be scrolled. */
async function wholePicture({ page, shoot: take }: Tour, overlay: Locator): Promise<Buffer> {
  if (take === null) return NO_PICTURE;
  const size = page.viewportSize();
  const missing = await overlay.evaluate((element) =>
    Math.max(
      0,
      ...[element, ...element.querySelectorAll('.ant-drawer-body')].map((box) => box.scrollHeight - box.clientHeight),
    ),
  );
  if (size === null || missing < 8) return take(overlay);
  await page.setViewportSize({ width: size.width, height: Math.min(size.height + missing, 3_000) });
  const picture = await take(overlay);
  await page.setViewportSize(size);
  return picture;
}

const focusIsIn = (overlay: Locator): Promise<boolean> =>
  overlay.evaluate((element) =>
    (element.closest('.ant-drawer, .ant-modal') ?? element).contains(document.activeElement),
  );

/** Looks at what is open, through each of its choices, and closes it as a keyboard does. */
async function lookAt(tour: Tour, what: string, overlay: Locator, opener: Locator): Promise<void> {
  const { page, words, keep } = tour;
  const isDialog = (await overlay.getAttribute('role')) === 'dialog';
  const entered = !isDialog || (await focusIsIn(overlay));
  keep(
    what,
    [...(await faultsOf(overlay, words, tour.axe)), ...(entered ? [] : ['the focus does not enter'])],
    await wholePicture(tour, overlay),
  );
  const choices = overlay.locator('.ant-radio-wrapper, .ant-radio-button-wrapper, .ant-segmented-item');
  for (let index = 0; index < (await choices.count()); index += 1) {
    const choice = choices.nth(index);
    const name = (await choice.innerText()).trim();
    await choice.click({ timeout: WAIT });
    await settled(page);
    keep(`${what} › ${name}`, await faultsOf(overlay, words, tour.axe), await wholePicture(tour, overlay));
  }
  keepClosing(tour, what, await closed(page, overlay, opener, isDialog));
}

const keepClosing = (tour: Tour, what: string, faults: string[]) =>
  faults.length > 0 && tour.keep(`${what} (closing)`, faults, NO_PICTURE);

/** What was pressed has the focus again, in less than a moment that somebody would notice. */
const focusReturns = (opener: Locator): Promise<boolean> =>
  opener
    .evaluate(
      (element) =>
        new Promise<boolean>((done) => {
          const until = performance.now() + 300;
          const look = () => {
            const back = element.contains(document.activeElement);
            if (back || performance.now() > until) done(back);
            else requestAnimationFrame(look);
          };
          look();
        }),
    )
    .catch(() => false);

async function closed(page: Page, overlay: Locator, opener: Locator, isDialog: boolean): Promise<string[]> {
  const handle = await overlay.elementHandle();
  await page.keyboard.press('Escape');
  const gone = await handle
    ?.waitForElementState('hidden', { timeout: 1_000 })
    .then(() => true)
    .catch(() => false);
  if (gone !== true) return ['Escape does not close it'];
  return isDialog && !(await focusReturns(opener)) ? ['the focus does not return'] : [];
}

/** Presses one thing and looks at what comes; returns whether the page itself became another. */
export async function take(tour: Tour, pattern: string, address: string, step: Step): Promise<boolean> {
  const { page, tried } = tour;
  tried.length = 0;
  const before = page.url();
  const text = await page.locator('main').innerText();
  const opener = await press(page, step.name);
  if (opener === null) return false;
  const overlay = await overlayOn(page);
  const what = `${pattern} › ${[...step.via, step.name].join(' › ')}`;
  if (overlay === null) {
    const elsewhere = new URL(page.url()).pathname !== new URL(before).pathname;
    if (tried.length > 0) tour.keep(`${what} (acts at once: ${tried.join(', ')})`, [], NO_PICTURE);
    if (elsewhere || tried.length > 0) await goTo(page, address);
    if (elsewhere || tried.length > 0 || text === (await page.locator('main').innerText())) return false;
    tour.keep(
      what,
      await faultsOf(page.locator('body'), tour.words, tour.axe),
      (await tour.shoot?.(page)) ?? NO_PICTURE,
    );
    return true;
  }
  const items = overlay.locator('[role="menuitem"]:not(:has(a)):not([aria-disabled="true"])');
  const inBar = (await opener.evaluate((element) => element.closest('header.qc-bar') !== null)) || step.via.length > 2;
  const names = inBar ? [] : await items.allInnerTexts();
  await lookAt(tour, what, overlay, opener);
  for (const name of names) await takeItem(tour, `${what} › ${name}`, address, step, name);
  return false;
}

/** An entry of a menu. */
async function takeItem(tour: Tour, what: string, address: string, step: Step, name: string): Promise<void> {
  const { page, seen } = tour;
  if (seen.has(what)) return;
  seen.add(what);
  const opener = await press(page, step.name);
  const menu = opener === null ? null : await overlayOn(page);
  if (opener === null || menu === null) return;
  await menu.getByRole('menuitem', { name, exact: true }).first().click({ timeout: WAIT });
  await page.waitForTimeout(150);
  const dialog = page.locator('[role="dialog"]').filter({ visible: true }).last();
  if ((await dialog.count()) > 0) await lookAt(tour, what, dialog, opener);
  await goTo(page, address);
}

/** What is the same in every row of a list: up to the first number. */
const plain = (name: string) => name.replace(/[A-Z]*-?\d.*$/s, '#').slice(0, 40);

/** Everything on one page that has not been opened before. */
export async function openAll(tour: Tour, pattern: string, address: string): Promise<void> {
  const { page, seen } = tour;
  const steps: Step[] = [];
  const collect = async (via: readonly string[]) => {
    const controls = await controlsOn(page);
    // Tabs last: what stands beside them would be gone.
    const inOrder = [...controls.filter(({ isTab }) => !isTab), ...controls.filter(({ isTab }) => isTab)];
    for (const { name, usable, inBar } of inOrder) {
      const key = `${inBar ? '' : pattern} › ${plain(name)}`;
      if (!usable || name === '' || seen.has(key)) continue;
      seen.add(key);
      steps.push({ name, via });
    }
  };
  await collect([]);
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    try {
      const there = (await controlsOn(page)).some(({ name, usable }) => usable && name === step?.name);
      if (!there) {
        await goTo(page, address);
        for (const name of step.via) await press(page, name);
        await settled(page);
      }
      if (await take(tour, pattern, address, step)) await collect([...step.via, step.name]);
      if ((await page.locator(OVERLAYS).filter({ visible: true }).count()) > 0) await goTo(page, address);
    } catch (error) {
      tour.keep(`${pattern} › ${step.name} (stuck)`, [String(error).slice(0, 400)], NO_PICTURE);
      await goTo(page, address);
    }
  }
}

/** The page itself, as far as the window shows it. */
export async function lookAtPage(tour: Tour, what: string): Promise<void> {
  const { page, words } = tour;
  tour.keep(
    what,
    await faultsOf(page.locator('body'), words, tour.axe),
    await page.screenshot({ type: 'jpeg', quality: 60, fullPage: true }),
  );
}
