/** What a machine can see of a page or a form that is wrong. Used by `npm run look` and by the browser tests. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import type { WrongWords } from './words.ts';

type ScanWish = { words: WrongWords; width: number };

/** Faults of everything under `root`, a line each. Runs in the page. */
function scan(root: Element, { words, width }: ScanWish): string[] {
  const told = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 60);
  const shown = (element: Element) => {
    const { width: w, height: h } = element.getBoundingClientRect();
    return w > 1 && h > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const all = [...root.querySelectorAll('*')].filter(shown);
  const scrolls = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  const inScroller = (element: Element) => {
    for (let at = element.parentElement; at !== null && at !== root; at = at.parentElement)
      if (scrolls(at)) return true;
    return false;
  };
  const ownText = (element: Element) =>
    [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent ?? '')
      .join('')
      .trim();

  const sideways = () => {
    const bodies = [root, ...root.querySelectorAll('.ant-drawer-body, .ant-modal-body')];
    const page = document.documentElement.scrollWidth > width + 1 ? ['the page is wider than the window'] : [];
    const out = all.filter(
      (element) =>
        element.getBoundingClientRect().right > width + 1 &&
        !inScroller(element) &&
        element.closest('.ant-tabs-nav') === null,
    );
    return [
      ...page,
      ...bodies
        .filter((body) => body.scrollWidth > body.clientWidth + 1 && scrolls(body))
        .map(() => 'must be scrolled sideways'),
      ...out.slice(0, 3).map((element) => `reaches out of the window: ${told(element.textContent ?? '')}`),
    ];
  };
  const clipped = () =>
    all
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        return (
          (overflowX === 'hidden' || overflowX === 'clip') &&
          element.scrollWidth > element.clientWidth + 1 &&
          ownText(element) !== ''
        );
      })
      .filter((element) => element.closest('.qc-visually-hidden') === null)
      .map((element) => `is cut off: ${told(ownText(element))}`);
  const hints = () => {
    const pen = document.createElement('canvas').getContext('2d');
    return [...root.querySelectorAll<HTMLInputElement>('input[placeholder]')].filter(shown).flatMap((input) => {
      if (pen === null || input.value !== '') return [];
      const { font, paddingLeft, paddingRight } = getComputedStyle(input);
      pen.font = font;
      const room = input.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      return pen.measureText(input.placeholder).width > room + 1 ? [`is cut off: ${told(input.placeholder)}`] : [];
    });
  };
  const overlaps = () => {
    const controls = all.filter((element) =>
      element.matches('button, a[href], textarea, .ant-input, .ant-select, .ant-picker'),
    );
    const boxes = controls.map((element) => ({ element, box: element.getBoundingClientRect() }));
    return boxes.flatMap((one, index) =>
      boxes.slice(index + 1).flatMap((two) => {
        if (one.element.contains(two.element) || two.element.contains(one.element)) return [];
        const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
        const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
        const related = one.element.closest('.ant-input-affix-wrapper, .ant-input-search, .ant-select, .ant-picker');
        if (across < 4 || down < 4 || related?.contains(two.element)) return [];
        return [`lies over another: ${told(one.element.textContent ?? '')} / ${told(two.element.textContent ?? '')}`];
      }),
    );
  };
  const matches = (patterns: Record<string, string>, texts: string[]) =>
    Object.entries(patterns).flatMap(([rule, source]) =>
      texts.filter((text) => new RegExp(source, 'u').test(text)).map((text) => `${rule}: ${told(text)}`),
    );
  const attributes = ['aria-label', 'title', 'placeholder', 'alt'];
  const spoken = all.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''));
  const written = all.map(ownText);
  // The bar names the person who is signed in.
  const chrome = all.filter(
    (element) =>
      element.closest('header.qc-bar') === null &&
      element.matches(
        'label, label *, button *, button, th, th *, dt, h2, h3, legend, [role="tab"], [role="tab"] *, .ant-form-item-extra, .ant-form-item-explain *, .ant-alert *',
      ),
  );
  const dialog = root.matches('[role="dialog"]') && root.querySelector('form') !== null;
  const unled = dialog && root.querySelector('.ant-btn-primary, .ant-btn-color-primary, .ant-btn-dangerous') === null;
  return [
    ...new Set([
      ...sideways(),
      ...clipped(),
      ...hints(),
      ...(root.matches('[role="dialog"]') ? overlaps() : []),
      ...matches(words.anywhere, [...written, ...spoken]),
      ...matches(words.chrome, [
        ...chrome.map(ownText),
        ...chrome.flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? '')),
      ]),
      ...(unled ? ['no button leads on'] : []),
    ]),
  ];
}

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Found = { violations: { id: string; nodes: { html: string }[] }[] };
type WithAxe = Window & { axe?: { run(root: Element, options: object): Promise<Found> } };

type Rules = 'all' | 'names';
const NAMES = ['label', 'select-name', 'button-name', 'link-name', 'aria-input-field-name', 'aria-toggle-field-name'];

/** Violations of WCAG 2.2 AA under a root: names of fields, contrast, size of targets … */
async function violations(root: Locator, which: Rules): Promise<string[]> {
  const page = root.page();
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const options = {
    resultTypes: ['violations'],
    ...(which === 'names'
      ? { runOnly: NAMES }
      : { rules: { 'target-size': { enabled: true }, region: { enabled: false } } }),
  };
  return root.evaluate(async (element, asked) => {
    const found = await (window as WithAxe).axe?.run(element, asked);
    return (found?.violations ?? []).map(({ id, nodes }) => `axe ${id}: ${nodes[0]?.html.slice(0, 140) ?? ''}`);
  }, options);
}

/** Everything that is wrong under a root: a page's `main`, a dialog, a menu. */
export async function faultsOf(root: Locator, words: WrongWords, which: Rules = 'all'): Promise<string[]> {
  const { width } = root.page().viewportSize() ?? { width: 0 };
  return [...(await root.evaluate(scan, { words, width })), ...(await violations(root, which))];
}

/** Waits until nothing loads any more. */
export async function settled(page: Page): Promise<void> {
  await page
    .waitForFunction(
      () => document.querySelector('.ant-skeleton, .ant-spin-spinning, [aria-busy="true"]') === null,
      undefined,
      { timeout: 10_000 },
    )
    .catch(() => undefined);
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}
