/** Keys for the whole screen: single ones (`/`, `?`) and pairs (`g t`). Silent while somebody types. */
import { useEffect } from 'react';
import { matchShortcut } from './shortcut-match.ts';
import { useLatest } from './use-latest.ts';

export type Shortcuts = Record<string, () => void>;
const PAIR_MS = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useLatest(shortcuts);
  useEffect(() => {
    let before: string | null = null;
    let at = 0;
    const onKey = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.isComposing ||
        isTyping(event.target)
      )
        return;
      if (document.querySelector('.ant-modal-wrap:not([style*="none"]), .ant-drawer-open') !== null) return;
      if (event.timeStamp - at > PAIR_MS) before = null;
      const { hit, waiting } = matchShortcut(Object.keys(latest.current), before, event.key);
      before = waiting;
      at = event.timeStamp;
      if (hit === null) return;
      event.preventDefault();
      latest.current[hit]?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [latest]);
}
