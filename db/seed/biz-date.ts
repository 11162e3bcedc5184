/** Arithmetic on business dates ('YYYY-MM-DD') without a time zone. */
export type BizDate = string;

const DAY_MS = 86_400_000;

const dayNumber = (date: BizDate): number => {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new Error(`not a date: ${date}`);
  return ms / DAY_MS;
};

/** The date `days` calendar days later (earlier when negative). */
export function addDays(date: BizDate, days: number): BizDate {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** Calendar days from `from` to `to`. */
export function daysBetween(from: BizDate, to: BizDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: BizDate): number {
  return new Date(dayNumber(date) * DAY_MS).getUTCDay();
}
