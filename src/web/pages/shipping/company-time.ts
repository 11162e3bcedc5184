/** Times as people type them: wall clock of the company's zone, whatever the zone of the computer. On the wire they are instants. */
import { useMaybeSession } from '../../session.tsx';

const ZONE = 'Asia/Shanghai';
const MINUTE_MS = 60_000;

const two = (value: string | undefined): string => (value ?? '0').padStart(2, '0');

/** "2026-11-30 14:05" of an instant in a zone. */
export function wallOf(instant: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value;
  return `${part('year')}-${two(part('month'))}-${two(part('day'))} ${two(part('hour'))}:${two(part('minute'))}`;
}

const asUtc = (wall: string): number => Date.parse(`${wall.replace(' ', 'T')}:00Z`);

const DAY_MS = 86_400_000;

/** The instant at which the clocks of a zone show a wall time: in an hour that they repeat the earlier one, in one that they leave out as if they had not been moved yet. */
export function instantOf(wall: string, zone: string): Date {
  const wanted = asUtc(wall);
  const offsets = [wanted - DAY_MS, wanted + DAY_MS].map((near) => asUtc(wallOf(new Date(near), zone)) - near);
  const candidates = offsets.map((offset) => wanted - offset);
  const fitting = candidates.filter((at) => asUtc(wallOf(new Date(at), zone)) === wanted);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...candidates));
}

export const nowInstant = (): string => new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS).toISOString();

export function useCompanyZone(): string {
  return useMaybeSession()?.company?.timeZone ?? ZONE;
}

/** Today in the company's zone, `days` later. */
export function useCompanyDay(): (days?: number) => string {
  const zone = useCompanyZone();
  return (days = 0) => {
    const day = new Date(asUtc(`${wallOf(new Date(), zone).slice(0, 10)} 00:00`));
    day.setUTCDate(day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
  };
}
