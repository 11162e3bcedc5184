/** What is wider than its place moves in itself, by hand and by the keyboard. */
import { type ReactElement, type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A `ref` for what holds a wide table: its scroller takes the focus as long as something lies outside, and only then. */
export function useSideways(selector?: string): (holder: HTMLElement | null) => (() => void) | undefined {
  const { t } = useTranslation();
  const name = t('common.wideTable');
  return useCallback(
    (holder) => {
      const scroller = selector === undefined ? holder : (holder?.querySelector<HTMLElement>(selector) ?? null);
      if (scroller === null) return undefined;
      const watch = new ResizeObserver(() => {
        const isWide = scroller.scrollWidth > scroller.clientWidth;
        const given = isWide ? { tabindex: '0', role: 'group', 'aria-label': name } : {};
        for (const attribute of ['tabindex', 'role', 'aria-label']) scroller.removeAttribute(attribute);
        for (const [attribute, value] of Object.entries(given)) scroller.setAttribute(attribute, value);
      });
      for (const each of [scroller, ...scroller.children]) watch.observe(each);
      return () => watch.disconnect();
    },
    [name, selector],
  );
}

export function Sideways({ children }: { children: ReactNode }): ReactElement {
  return (
    <div className="qc-sideways" ref={useSideways()}>
      {children}
    </div>
  );
}
