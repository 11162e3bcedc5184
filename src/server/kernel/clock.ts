/** The only file that reads the machine's clock and the only one that makes `Date` objects. */

/** Whoever needs the time is handed a clock, or better: the `now` that somebody read from it. */
export type Clock = { now(): Date };

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved: for tests, replays and seeds. */
export function fixedClock(start: Date | string): Clock & { set(d: Date | string): void; advance(ms: number): void } {
  let current = toDate(start);
  return {
    now: () => new Date(current),
    set: (d) => {
      current = toDate(d);
    },
    advance: (ms) => {
      current = addMs(current, ms);
    },
  };
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):(\d{2}))$/;

/**
 * ISO 8601 text with seconds optional and an offset (`Z` or `±hh:mm`) to an instant, or null.
 * Years 1900 to 2999; no 24:00, no leap second, no date that the calendar does not have. Digits below the millisecond are cut off.
 */
export function parseInstant(iso: string): Date | null {
  const match = INSTANT.exec(iso);
  if (match === null) return null;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match
    .slice(1)
    .map((part) => Number.parseInt(part ?? '0', 10));
  if (!within(year, 1900, 2999) || !within(month, 1, 12) || !within(day, 1, 31)) return null;
  if (!within(hour, 0, 23) || !within(minute, 0, 59) || !within(second, 0, 59)) return null;
  if (!within(offsetHour, 0, 15) || !within(offsetMinute, 0, 59)) return null;
  if (new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDate() !== day) return null;
  return new Date(iso);
}

/** As {@link parseInstant}; throws RangeError instead of giving null. */
export function instant(iso: string): Date {
  const parsed = parseInstant(iso);
  if (parsed === null) throw new RangeError(`not an instant with an offset: ${iso}`);
  return parsed;
}

/** The instant `ms` milliseconds after 1970-01-01T00:00:00Z. */
export function instantOfMs(ms: number): Date {
  const made = new Date(ms);
  if (Number.isNaN(made.getTime())) throw new RangeError(`not an instant: ${ms} ms`);
  return made;
}

/** The instant `ms` milliseconds later (earlier when negative). */
export function addMs(d: Date, ms: number): Date {
  return instantOfMs(d.getTime() + ms);
}

function toDate(d: Date | string): Date {
  return typeof d === 'string' ? instant(d) : new Date(d);
}

function within(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}
