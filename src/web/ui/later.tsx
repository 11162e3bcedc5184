/** What stands below: drawn when the beginning of the page is on the screen, can be used, and nothing else is under way; without holding anything up. */
import { type ReactElement, type ReactNode, startTransition, useEffect, useState } from 'react';

/** What is never idle has it after so many ms all the same. */
const AT_LAST = 200;

/** Not a frame: a page that was opened in the background gets no frames, and is to be whole when it is looked at. */
function whenIdle(work: () => void): () => void {
  if (typeof window.requestIdleCallback !== 'function') {
    const timer = setTimeout(work);
    return () => clearTimeout(timer);
  }
  const asked = window.requestIdleCallback(work, { timeout: AT_LAST });
  return () => window.cancelIdleCallback(asked);
}

export function Later({ children }: { children: ReactNode }): ReactElement | null {
  const [due, setDue] = useState(false);
  useEffect(() => whenIdle(() => startTransition(() => setDue(true))), []);
  return due ? <>{children}</> : null;
}
