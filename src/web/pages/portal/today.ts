/** The calendar date now in the company's time zone, `YYYY-MM-DD`. */
export const today = (timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());

/** First day of the month, so many months before a date. */
export function monthStart(date: string, monthsBefore: number): string {
  const at = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - monthsBefore);
  return at.toISOString().slice(0, 10);
}
