import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A ref that holds the newest value after each render: for callbacks that must not change, but must see what is there now. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  }, [value]);
  return latest;
}
