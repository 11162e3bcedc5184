/** Colours and sizes. The same values stand in styles.css as custom properties. */
import { theme as antdTheme, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export type Density = 'workbench' | 'portal';

const STORED = 'qc.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const still = window.matchMedia('(prefers-reduced-motion: reduce)');
const listeners = new Set<() => void>();

const isChoice = (value: unknown): value is ThemeChoice => THEME_CHOICES.some((choice) => choice === value);
export const themeChoice = (): ThemeChoice => {
  const stored = localStorage.getItem(STORED);
  return isChoice(stored) ? stored : 'system';
};
const isDark = (): boolean => (themeChoice() === 'system' ? dark.matches : themeChoice() === 'dark');

function show(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

export function setThemeChoice(choice: ThemeChoice): void {
  localStorage.setItem(STORED, choice);
  show();
}

/** Before the first picture. */
export function startTheme(): void {
  dark.addEventListener('change', show);
  show();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, themeChoice);

const LIGHT = {
  colorPrimary: '#0b6b63',
  colorInfo: '#0b6b63',
  colorLink: '#0b6b63',
  colorSuccess: '#1a7443',
  colorWarning: '#8f5300',
  colorError: '#b42318',
  colorText: '#16211f',
  colorTextSecondary: '#465452',
  colorTextTertiary: '#5a6866',
  colorTextPlaceholder: '#667370',
  colorBgLayout: '#f3f6f6',
  colorBorder: '#c3cdcb',
  colorBorderSecondary: '#e2e8e7',
  controlItemBgActive: '#e2f2ef',
  controlItemBgActiveHover: '#d5ebe7',
  // The soft tones of deep colours would come out grey.
  colorPrimaryBg: '#e2f2ef',
  colorPrimaryBgHover: '#d5ebe7',
  colorPrimaryBorder: '#9fcfc8',
  colorInfoBg: '#e2f2ef',
  colorInfoBorder: '#9fcfc8',
  colorSuccessBg: '#e3f5ea',
  colorSuccessBorder: '#a9dcbc',
  colorWarningBg: '#fdf1dc',
  colorWarningBorder: '#efcf94',
  colorErrorBg: '#fdecea',
  colorErrorBorder: '#f2b8b1',
};
const DARK = {
  colorPrimary: '#4fd1bf',
  colorInfo: '#4fd1bf',
  colorLink: '#5fd3c3',
  colorSuccess: '#5cc98a',
  colorWarning: '#f0b04a',
  colorError: '#ff8b7e',
  colorText: '#e8efed',
  colorTextSecondary: '#b7c4c1',
  colorTextTertiary: '#9fafab',
  colorTextPlaceholder: '#92a29e',
  colorBgContainer: '#141c1b',
  colorBgElevated: '#1d2726',
  colorBorder: '#3d4c49',
  colorBorderSecondary: '#263230',
  colorBgLayout: '#0c1211',
  controlItemBgActive: '#15352f',
  controlItemBgActiveHover: '#1b4139',
};

/** antd's configuration: dense for people who work here all day, roomy for the portal. */
export function themeOf(isDarkNow: boolean, density: Density): ThemeConfig {
  const roomy = density === 'portal';
  return {
    algorithm: isDarkNow ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    cssVar: { key: `qcv-${density}` },
    hashed: false,
    token: {
      ...(isDarkNow ? DARK : LIGHT),
      fontFamily: 'var(--qc-font)',
      fontSize: roomy ? 15 : 14,
      borderRadius: roomy ? 8 : 6,
      controlHeight: roomy ? 40 : 32,
      motion: !still.matches,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
      lineWidthFocus: 3,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        ...(isDarkNow ? { primaryColor: '#06201c', dangerColor: '#2b0703' } : {}),
      },
      Alert: { withDescriptionPadding: '12px 16px', withDescriptionIconSize: 20 },
      Form: { itemMarginBottom: roomy ? 20 : 16, verticalLabelPadding: '0 0 4px' },
    },
  };
}
