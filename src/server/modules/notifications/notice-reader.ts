/** The reader that turns events into notices by the rules. Source: process.md, N1–N10. */
import { bizDateOf } from '../../kernel/biz-date.ts';
import { addMs } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { defineReader, type LogEvent } from '../../platform/events/readers.ts';
import type { Env } from '../../platform/pipeline/types.ts';
import { applicationMails } from './application-mails.ts';
import { loadPeople, type OpenTask, openTasksOf, type People } from './audience.ts';
import { confirmationMails } from './confirmation-mail.ts';
import { insertNotices } from './insert-notices.ts';
import { type Audience, NOTICE_RULES, type NoticeRule, type RuleFacts } from './notice-rules.ts';

/** What a notice is about: mostly the event's own document. */
type About = { type: string; id: string; no: string | null; partnerId: string | null };
type Wanted = { event: LogEvent; rule: NoticeRule; about: About };
type Facts = { tasks: readonly OpenTask[]; rule: RuleFacts };

/** What is older is history when the reader comes to it (an imported past, a log built again): nobody is told of it any more. */
const OLDEST_DAYS = 14;
const DAY_MS = 86_400_000;

export const noticeReader = defineReader({
  name: 'notices',
  async handle(tx, events, env, now) {
    const since = addMs(now, -OLDEST_DAYS * DAY_MS);
    const fresh = events.filter(({ at }) => at >= since);
    const wanted = whatIsWanted(fresh);
    if (wanted.length > 0) await writeNotices(tx, wanted, env, now);
    await confirmationMails(tx, fresh, now);
    await applicationMails(tx, fresh, now);
  },
});

function whatIsWanted(events: readonly LogEvent[]): Wanted[] {
  return events.flatMap((event) =>
    (NOTICE_RULES[event.type] ?? []).map((rule) => ({ event, rule, about: aboutOf(event, rule) })),
  );
}

function aboutOf(event: LogEvent, rule: NoticeRule): About {
  const { documentType, documentId, documentNo, partnerId } = event.payload;
  if (rule.about === 'named_document' && typeof documentType === 'string' && typeof documentId === 'string') {
    return {
      type: documentType,
      id: documentId,
      no: typeof documentNo === 'string' ? documentNo : null,
      partnerId: typeof partnerId === 'string' ? partnerId : event.partnerId,
    };
  }
  return { type: event.documentType, id: event.documentId, no: event.documentNo, partnerId: event.partnerId };
}

async function writeNotices(tx: Tx, wanted: readonly Wanted[], env: Env, now: Date): Promise<void> {
  const partnerIds = [...new Set(wanted.flatMap(({ about }) => (about.partnerId === null ? [] : [about.partnerId])))];
  const documents = [...new Set(wanted.map(({ about }) => about.id))];
  const [people, factsOf] = await Promise.all([
    loadPeople(tx, partnerIds, bizDateOf(now, env.company.timeZone)),
    loadFacts(tx, documents),
  ]);
  const rows = wanted.flatMap((one) => noticesOf(one, factsOf(one.about.id), people));
  await insertNotices(tx, rows, now);
}

async function loadFacts(tx: Tx, documents: readonly string[]): Promise<(documentId: string) => Facts> {
  const [tasks, discrepancies, produced] = await Promise.all([
    openTasksOf(tx, documents),
    tx.query<{ order_id: string; count: number }>(sql`
      select order_id, count(*)::int as count from discrepancy where state = 'open' and order_id = any(${documents}::uuid[]) group by order_id`),
    tx.query<{ order_id: string }>(sql`
      select distinct r.order_id from reservation r join supply s on s.id = r.supply_id where s.kind = 'production' and r.order_id = any(${documents}::uuid[])`),
  ]);
  const open = new Map(discrepancies.map(({ order_id, count }) => [order_id, count]));
  const tasksOf = Map.groupBy(tasks, ({ document_id }) => document_id);
  const fromProduction = new Set(produced.map(({ order_id }) => order_id));
  return (id) => {
    const own = tasksOf.get(id) ?? [];
    return {
      tasks: own,
      rule: {
        openTasks: own.map(({ kind }) => kind),
        openDiscrepancies: open.get(id) ?? 0,
        restsOnProduction: fromProduction.has(id),
      },
    };
  };
}

function noticesOf({ event, rule, about }: Wanted, facts: Facts, people: People) {
  if (rule.when !== undefined && !rule.when(event, facts.rule)) return [];
  return [...receivers(event, rule, about, facts, people)].map((userId) => {
    const task = expectedOf(userId, facts.tasks, people);
    return {
      id: newId(event.at),
      event_id: event.id,
      kind: rule.kind ?? event.type,
      user_id: userId,
      partner_id: about.partnerId,
      document_type: about.type,
      document_id: about.id,
      document_no: about.no,
      params: {
        article: rule.article,
        ...Object.fromEntries(
          (rule.show ?? []).flatMap((name) => (event.payload[name] === undefined ? [] : [[name, event.payload[name]]])),
        ),
        ...(task === undefined
          ? {}
          : { task: task.kind, yours: people.holding(task).includes(userId), provisional: task.due_is_provisional }),
      },
      due_at: task?.due_at ?? null,
      at: event.at,
      read_at: null,
    };
  });
}

function receivers(event: LogEvent, rule: NoticeRule, about: About, facts: Facts, people: People): Set<string> {
  const users = new Set(rule.to.flatMap((audience) => usersOf(audience, event, about, facts, people)));
  if (event.actorId !== null && rule.receipt !== true) users.delete(event.actorId);
  return users;
}

function usersOf(audience: Audience, event: LogEvent, about: About, facts: Facts, people: People): readonly string[] {
  switch (audience) {
    case 'holder':
      return facts.tasks.flatMap((task) => people.holding(task));
    case 'staff_holder':
      return facts.tasks.filter(({ side }) => side === 'staff').flatMap((task) => people.holding(task));
    case 'assignee':
      return typeof event.payload['toUserId'] === 'string' ? [event.payload['toUserId']] : [];
    default:
      return people.of(audience, about.partnerId);
  }
}

/** What is expected next: the receiver's own task where he has one, otherwise the newest one of the document. */
function expectedOf(userId: string, tasks: readonly OpenTask[], people: People): OpenTask | undefined {
  return tasks.findLast((task) => people.holding(task).includes(userId)) ?? tasks.at(-1);
}
