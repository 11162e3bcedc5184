/** What stands below: drawn when the beginning of the page is on the screen and can be used, without holding anything up. */
import { type ReactElement, type ReactNode, startTransition, useEffect, useState } from 'react';

export function Later({ children }: { children: ReactNode }): ReactElement | null {
  const [due, setDue] = useState(false);
  useEffect(() => {
    // After the picture that the browser is about to make; an answer to a key or a press goes first.
    const frame = requestAnimationFrame(() => startTransition(() => setDue(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  return due ? <>{children}</> : null;
}
