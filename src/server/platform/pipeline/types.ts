/** What travels through the write pipeline. */
import type { Permission, Role } from '../../../contract/roles.ts';
import type { Reminders } from '../../../contract/policy.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Duration, WorkingCalendar } from '../../kernel/working-calendar.ts';
import type { Scope } from '../db/database.ts';
import type { Masters } from './masters.ts';

export type ActorKind = 'staff' | 'partner' | 'system';

/** Who acts, and for whose rows. Made once a request from session or key; checked again inside the transaction of a write. */
export type Actor = {
  userId: string;
  kind: ActorKind;
  /** The person behind: for a key, its maker. Two keys of one maker are one person for four eyes. */
  personId: string;
  name: string;
  login: string;
  /** The language in which this request is answered: the one it asks for, else that of the account. */
  locale: string;
  /** The language that the account has chosen. */
  accountLocale: string;
  roles: readonly Role[];
  permissions: ReadonlySet<Permission>;
  partnerId: string | null;
  /** The most that this person may approve, in minor units of the base currency; null: nothing. */
  approvalLimit: bigint | null;
  scope: Scope;
  credential: { kind: 'session' | 'key'; id: string; epoch: number } | { kind: 'system' };
};

/** An instruction to do one thing, with everything that the decision may look at. */
export type Command<I> = {
  input: I;
  actor: Actor;
  /** The instant of the command, handed in. */
  now: Date;
  requestId: string;
  /** From If-Match. */
  expectedVersion?: number;
  /** From Idempotency-Key. */
  once?: { key: string; operation: string; hash: string };
  /** Address that the request came from, for evidence. */
  from?: string;
};

/** One line of the event log, before it has a position. */
export type NewEvent = {
  documentType: string;
  documentId: string;
  documentNo: string | null;
  /** Version of the document after this event; gap-free. */
  version: number;
  type: string;
  partnerId: string | null;
  /** Ids and business values only, never names, telephone numbers or mail text. */
  payload: Record<string, unknown>;
};

export type TaskHolder = { side: 'staff' | 'partner'; role: Role; userId?: string | null };

/** A piece of work for the next person. Opening a task of a document closes the open ones of the same family (`order.` …). */
export type NewTask = {
  kind: string;
  documentType: string;
  documentId: string;
  documentNo: string;
  partnerId: string | null;
  holder: TaskHolder;
  article: string;
  due: Due | null;
};
export type TaskChange = { closeOf: string; family?: string } | { open: NewTask };

export type Answer = { status: number; body: unknown; etag?: number };

export type Accepted<C> = {
  ok: true;
  change: C;
  events: NewEvent[];
  tasks: TaskChange[];
  answer?: Answer;
  /** The partner that this very decision makes: in nobody's scope yet. */
  makesPartner?: string;
};
export type Decision<C> = Accepted<C> | { ok: false; refusals: readonly Refusal[] };

/** The result of a command as its caller gets it. */
export type Outcome =
  | { ok: true; status: number; body: string; etag?: number; replayed: boolean }
  | { ok: false; refusals: readonly Refusal[] };

/** What decisions may read besides the rows: settings that change rarely. */
export type Env = {
  company: {
    id: string;
    name: string;
    nameEn: string | null;
    currency: string;
    timeZone: string;
    /** How goods usually go; null: every order has to say it. */
    deliveryMethod: string | null;
  };
  calendar: WorkingCalendar;
  policy: PolicyBook;
  /** What this node remembers of products, prices and partners. */
  masters: Masters;
};

export type PolicyValue = { value: number; unit: 'wh' | 'wd' | 'h' | 'd' | 'flag' | 'percent' | 'amount' };
/** Whose case it is: parameters may be overridden for a level of partners, and by the agreement in force. */
export type PolicyScope = { level: string | null; agreementId: string | null };
/** A deadline, with the clock it was computed by and reminders other than the usual ones. */
export type Due = { at: Date; provisional: boolean; clock?: string; reminders?: Reminders | null };
export type PolicyBook = {
  /** The value in force at an instant: for a case, the instant at which it began. Unknown codes are a programming error. */
  at(code: string, at: Date, scope?: PolicyScope): PolicyValue;
  /** The greatest value that anybody has had: how far a look ahead has to reach. */
  most(code: string): number;
  /** The deadline that starts at `from`, by the working calendar, with the value in force at `since` (`from`), or with a duration of one's own. */
  deadline(
    code: string,
    from: Date,
    options?: { since?: Date; scope?: PolicyScope; duration?: Duration },
  ): Due & { clock: string };
};
