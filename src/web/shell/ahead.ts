/** What opens later is fetched while nobody waits for anything: pressing a button does not wait for a file. */
import { useEffect } from 'react';
import { queryClient } from '../api/hooks.ts';
import { allTexts } from '../i18n/index.ts';
import { loadMenus } from '../ui/menu-button.tsx';
import { useTell } from '../ui/tell.tsx';

const LOOK_MS = 200;
const LOOKS = 5;

/** The page stands and has asked for nothing during some looks at it. */
function whenStill(run: () => void): () => void {
  let still = 0;
  const timer = window.setInterval(() => {
    const stands = document.querySelector('main h1') !== null && queryClient.isFetching() === 0;
    still = stands ? still + 1 : 0;
    if (still < LOOKS) return;
    window.clearInterval(timer);
    run();
  }, LOOK_MS);
  return () => window.clearInterval(timer);
}

export function useAhead(): void {
  const { getReady } = useTell();
  useEffect(
    () =>
      whenStill(() => {
        getReady();
        // Without a network nothing is lost: what is missing is fetched when it is needed.
        void Promise.all([allTexts(), loadMenus(), import('./latest-notices.tsx')]).catch(() => {});
      }),
    [getReady],
  );
}
