/** Offsets of IANA zones, in milliseconds, from the zone data of the runtime. Counts of days are days since 1970-01-01. */

export const DAY_MS = 86_400_000;
const SECOND_MS = 1000;
const MOST_CACHED_DAYS = 20_000;

type Zone = { format: Intl.DateTimeFormat; offsets: Map<number, number | null> };
const zones = new Map<string, Zone>();

/** Milliseconds that local time is ahead of UTC at an instant (ms since 1970). Throws RangeError for an unknown zone. */
export function offsetAt(ms: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const day = Math.floor(ms / DAY_MS);
  let offset = zone.offsets.get(day);
  if (offset === undefined) {
    // A day in which the offset changes is kept as null and asked again for every instant.
    const first = readOffset(zone.format, day * DAY_MS);
    offset = first === readOffset(zone.format, (day + 1) * DAY_MS) ? first : null;
    if (zone.offsets.size >= MOST_CACHED_DAYS) zone.offsets.clear();
    zone.offsets.set(day, offset);
  }
  return offset ?? readOffset(zone.format, ms);
}

/** The local day at an instant. */
export function bizDayAt(ms: number, timeZone: string): number {
  return Math.floor((ms + offsetAt(ms, timeZone)) / DAY_MS);
}

/** The first instant whose local day is `day` (or later, where the zone skipped it). */
export function startOfDayMs(day: number, timeZone: string): number {
  const local = day * DAY_MS;
  const candidate = local - offsetAt(local - offsetAt(local, timeZone), timeZone);
  if (bizDayAt(candidate, timeZone) === day && bizDayAt(candidate - 1, timeZone) < day) return candidate;
  let before = local - DAY_MS;
  let after = local + DAY_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (bizDayAt(middle, timeZone) >= day) after = middle;
    else before = middle;
  }
  return after;
}

/** The instant at which clocks of the zone show the time `msOfDay` of a day; a time that is skipped moves on with the clocks. */
export function instantAt(day: number, msOfDay: number, timeZone: string): number {
  const local = day * DAY_MS + msOfDay;
  return local - offsetAt(local - offsetAt(local, timeZone), timeZone);
}

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    zone = { format, offsets: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

function readOffset(format: Intl.DateTimeFormat, ms: number): number {
  const shown = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number.parseInt(shown.get(type) ?? '', 10);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(ms / SECOND_MS) * SECOND_MS;
}
