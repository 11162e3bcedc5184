import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configureApi } from './api/client.ts';
import { currentLocale, startI18n, translate } from './i18n/index.ts';
import { safeReturn } from './lib/search-params.ts';
import { insideRoute } from './route-roots.ts';
import { router } from './router.ts';
import { forgetSession, prefetchSession } from './session.tsx';
import { startTheme } from './theme/theme.ts';
import './styles.css';

startTheme();
const [ahead] = router.getMatchedRoutes(window.location.pathname);
if (ahead.some((route) => route.id === insideRoute.id)) {
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
    const { matches, status, location } = router.state;
    // Pages before the sign-in (an application, a mailed link) have no session that could end.
    if (status === 'pending' || !matches.some(({ routeId }) => routeId === insideRoute.id)) return;
    const back = { return: safeReturn(location.href), ended: 'yes' };
    void forgetSession(() => router.navigate({ to: '/sign-in', search: back }));
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('no #root');
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
