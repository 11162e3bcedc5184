/** Keys of the shell: `/` search, `g …` go, `?` help. */
import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useShortcuts } from '../lib/shortcuts.ts';
import { useCan } from '../session.tsx';
import type { MenuItem } from './menu.tsx';

const KeysHelp = lazy(() => import('./keys-help.tsx'));

export const SEARCH_ID = 'qc-search';

export function useShellKeys(items: readonly MenuItem[]): { show: () => void; help: ReactElement | null } {
  const navigate = useNavigate();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  const reachable = items.filter(
    ({ key, permission }) => key !== undefined && (permission === undefined || can(permission)),
  );
  const search = () => document.getElementById(SEARCH_ID)?.focus();
  useShortcuts({
    '/': search,
    '?': show,
    ...Object.fromEntries(reachable.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
  });
  const help = open ? (
    <Suspense fallback={null}>
      <KeysHelp reachable={reachable} onClose={() => setOpen(false)} />
    </Suspense>
  ) : null;
  return { show, help };
}
