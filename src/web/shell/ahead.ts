/** What opens later is fetched while nobody waits for anything: pressing a button never waits for a file. */
import { allTexts } from '../i18n/index.ts';
import { loadMenus } from '../ui/menu-button.tsx';
import { loadTeller } from '../ui/tell.tsx';

/** After the first page has been drawn, on the slowest of machines too. */
const REST_MS = 2_000;

/** Returns how to call it off. */
export function fetchAhead(): () => void {
  const timer = window.setTimeout(() => {
    const fetch = () =>
      // Without a network nothing is lost: what is missing is fetched when it is needed.
      void Promise.all([allTexts(), loadMenus(), loadTeller(), import('./latest-notices.tsx')]).catch(() => {});
    if ('requestIdleCallback' in window) window.requestIdleCallback(fetch);
    else fetch();
  }, REST_MS);
  return () => window.clearTimeout(timer);
}
