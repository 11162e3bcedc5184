import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configureApi } from './api/client.ts';
import { currentLocale, startI18n, translate } from './i18n/index.ts';
import { safeReturn } from './lib/search-params.ts';
import { router } from './router.ts';
import { forgetSession, prefetchSession } from './session.tsx';
import { startTheme } from './theme/theme.ts';
import './styles.css';

startTheme();
if (!/^\/(sign-in|reset|first-run)/.test(window.location.pathname)) {
  void prefetchSession();
  void import('./shell/shell.tsx');
}
await startI18n();

configureApi({
  locale: currentLocale,
  texts: {
    network: () => translate('errors.network.title'),
    networkDetail: () => translate('errors.network.detail'),
    unreadable: () => translate('errors.unreadable.title'),
  },
  // The session has ended somewhere under the page: sign in again and come back. Drafts wait on the device.
  onSignedOut: () => {
    const { pathname, href } = router.state.location;
    const inside = !['/sign-in', '/reset', '/first-run', '/apply', '/application'].includes(pathname);
    if (!inside || router.state.status === 'pending') return;
    void forgetSession(() => router.navigate({ to: '/sign-in', search: { return: safeReturn(href), ended: 'yes' } }));
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('no #root');
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
