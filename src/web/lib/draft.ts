/** What people type survives errors, reloads and the end of a session: kept on the device until it is saved or thrown away. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMaybeSession } from '../session.tsx';
import { useLatest } from './use-latest.ts';

const PREFIX = 'qc.draft.';

function read<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export type Draft<T> = {
  value: T;
  set(value: T | ((before: T) => T)): void /** True when the value comes from an earlier sitting. */;
  restored: boolean /** Forget it: it was saved, or is not wanted. */;
  clear(value?: T): void;
};

/** State that outlives the page, per user. `const draft = useDraft('order.new', emptyOrder)` */
export function useDraft<T>(name: string, initial: T): Draft<T> {
  const user = useMaybeSession()?.actor.userId ?? 'nobody';
  const key = `${PREFIX}${user}.${name}`;
  const [{ value, restored }, setState] = useState(() => {
    const stored = read<T>(key);
    return { value: stored ?? initial, restored: stored !== null };
  });
  const timer = useRef(0);
  const dirty = useRef(false);
  const latest = useLatest(value);

  const write = useCallback(() => {
    if (!dirty.current) return;
    dirty.current = false;
    try {
      localStorage.setItem(key, JSON.stringify(latest.current));
    } catch {
      // Storage full or switched off: typing goes on, only the safety net is missing.
    }
  }, [key, latest]);

  // Leaving the page must not lose the last half second.
  useEffect(() => {
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      window.clearTimeout(timer.current);
      write();
    };
  }, [write]);

  const set = useCallback(
    (next: T | ((before: T) => T)) => {
      setState((state) => ({
        restored: state.restored,
        value: typeof next === 'function' ? (next as (before: T) => T)(state.value) : next,
      }));
      dirty.current = true;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(write, 400);
    },
    [write],
  );
  const clear = useCallback(
    (next?: T) => {
      window.clearTimeout(timer.current);
      dirty.current = false;
      localStorage.removeItem(key);
      setState({ value: next ?? initial, restored: false });
    },
    [key, initial],
  );
  return { value, set, restored, clear };
}
