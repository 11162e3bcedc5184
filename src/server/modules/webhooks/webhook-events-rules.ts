/** What an endpoint may be told. A partner's endpoint hears what the partner's people hear, with the values that they see. */
import { NOTICE_RULES, PARTNER_AUDIENCES, SILENT_EVENTS } from '../notifications/notice-rules.ts';

/** Conversation and work inside the house are no business of other systems. */
const NEVER = /^(message|attachment|task)\./;

const isForPartner = (to: readonly string[]) => to.some((audience) => Object.hasOwn(PARTNER_AUDIENCES, audience));

/** Type → the values that partners see. */
const PARTNER_EVENTS = new Map(
  Object.entries(NOTICE_RULES).flatMap(([type, rules]) => {
    const theirs = rules.filter(({ to }) => isForPartner(to));
    return theirs.length === 0 || NEVER.test(type) ? [] : [[type, theirs.flatMap(({ show }) => show ?? [])] as const];
  }),
);
const COMPANY_EVENTS = [...Object.keys(NOTICE_RULES), ...SILENT_EVENTS].filter((type) => !NEVER.test(type)).sort();

export const TEST_EVENT = 'webhook.test';

/** The types that endpoints of one side may choose among. */
export const eventTypesFor = (side: 'company' | 'partner'): readonly string[] =>
  side === 'company' ? COMPANY_EVENTS : [...PARTNER_EVENTS.keys()].sort();

type Endpoint = { partner_id: string | null; event_types: readonly string[] };
type Happened = { type: string; partnerId: string | null };

/** Whether an endpoint is to hear of an event: its partner's, of a type that its side may hear, and that it has chosen. */
export function hears(endpoint: Endpoint, { type, partnerId }: Happened): boolean {
  const chosen = endpoint.event_types.length === 0 || endpoint.event_types.includes(type);
  if (endpoint.partner_id === null) return chosen && COMPANY_EVENTS.includes(type);
  return chosen && endpoint.partner_id === partnerId && PARTNER_EVENTS.has(type);
}

/** The values of an event that an endpoint gets. */
export function valuesFor(endpoint: Endpoint, type: string, payload: Record<string, unknown>): Record<string, unknown> {
  if (endpoint.partner_id === null) return payload;
  const seen = PARTNER_EVENTS.get(type) ?? [];
  return Object.fromEntries(seen.flatMap((name) => (payload[name] === undefined ? [] : [[name, payload[name]]])));
}
