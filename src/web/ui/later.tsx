/** What stands below: drawn when the beginning of the page is on the screen and can be used, without holding anything up. */
import { type ReactElement, type ReactNode, startTransition, useEffect, useState } from 'react';

export function Later({ children }: { children: ReactNode }): ReactElement | null {
  const [due, setDue] = useState(false);
  useEffect(() => {
    // A timer, not a frame: a page that was opened in the background gets no frames, and is to be whole when it is looked at.
    const timer = setTimeout(() => startTransition(() => setDue(true)));
    return () => clearTimeout(timer);
  }, []);
  return due ? <>{children}</> : null;
}
