/** What stands around every page: antd's configuration, the cache, messages. */
import { QueryClientProvider } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import { type ReactElement, type ReactNode, useMemo } from 'react';
import { I18nextProvider } from 'react-i18next';
import i18next from 'i18next';
import { queryClient } from '../api/hooks.ts';
import { useLocaleState } from '../i18n/index.ts';
import { TellProvider } from '../ui/tell.tsx';
import { type Density, themeOf, useIsDark } from '../theme/theme.ts';

/** The server may put a nonce for style elements into `<meta name="csp-nonce">`; without one, `style-src 'unsafe-inline'` is needed. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

export function Themed({ density, children }: { density: Density; children: ReactNode }): ReactElement {
  const { antd } = useLocaleState();
  const dark = useIsDark();
  const theme = useMemo(() => themeOf(dark, density), [dark, density]);
  return (
    <ConfigProvider
      theme={theme}
      {...(antd === undefined ? {} : { locale: antd })}
      {...(nonce === undefined || nonce === '' ? {} : { csp: { nonce } })}
      button={{ autoInsertSpace: false }}
      form={{ requiredMark: true, scrollToFirstError: true }}
    >
      <TellProvider>{children}</TellProvider>
    </ConfigProvider>
  );
}

export function Frame(): ReactElement {
  return (
    <I18nextProvider i18n={i18next}>
      <QueryClientProvider client={queryClient}>
        <Themed density="portal">
          <Outlet />
        </Themed>
      </QueryClientProvider>
    </I18nextProvider>
  );
}
