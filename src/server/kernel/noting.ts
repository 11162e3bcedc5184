/** Gathers what nobody waits for, and writes it together a moment later. */
export type Noting<T> = {
  note(one: T): void;
  /** So many are not being written yet. */
  waiting(): number;
  /** Everything noted so far has been written, or said to onError. */
  flush(): Promise<void>;
};

export function noting<T>(
  write: (noted: readonly T[]) => Promise<unknown>,
  { afterMs, onError }: { afterMs: number; onError(error: unknown): void },
): Noting<T> {
  let noted: T[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function writeAll(): Promise<void> {
    const gathered = noted;
    noted = [];
    if (gathered.length > 0) await write(gathered).catch(onError);
  }
  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeAll);
    return writing;
  }
  return {
    note(one) {
      noted.push(one);
      timer ??= setTimeout(() => void flush(), afterMs).unref();
    },
    waiting: () => noted.length,
    flush,
  };
}
