import { useSyncExternalStore } from 'react';

/** `useMedia('(max-width: 640px)')` */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}

export const useIsPhone = (): boolean => useMedia('(max-width: 640px)');
export const useIsNarrow = (): boolean => useMedia('(max-width: 960px)');
