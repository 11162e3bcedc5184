/** A link to an address that is only known when the page runs (documents, search results). Fixed pages use the router's own Link, whose paths are checked. */
import { useRouter } from '@tanstack/react-router';
import type { CSSProperties, MouseEvent, ReactElement, ReactNode } from 'react';

export function PathLink({
  to,
  children,
  className,
  style,
}: {
  to: string;
  children: ReactNode;
  className?: string;
  style?: CSSProperties;
}): ReactElement {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    router.history.push(to);
  };
  return (
    <a
      href={to}
      onClick={follow}
      {...(className === undefined ? {} : { className })}
      {...(style === undefined ? {} : { style })}
    >
      {children}
    </a>
  );
}

/** Goes to an address that is only known when the page runs. */
export function useGo(): (path: string) => void {
  const router = useRouter();
  return (path) => router.history.push(path);
}
