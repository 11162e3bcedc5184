/** Which notices somebody gets by mail. */
import type { z } from 'zod';
import { MAIL_TOPICS, type MailChoiceView, type mailChoiceSet } from '../../../contract/outgoing.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { isMailOn } from '../../platform/mail/mail-server.ts';
import { defineCommand } from '../../platform/pipeline/define.ts';

type View = z.output<typeof MailChoiceView>;
export type Topic = (typeof MAIL_TOPICS)[number];

const TOPIC_OF: Record<string, Topic> = {
  inquiry: 'inquiry',
  order: 'order',
  picking: 'goods',
  shipment: 'goods',
  supply: 'goods',
  payment: 'money',
  invoice: 'money',
  partner: 'partner',
  message: 'talk',
  task: 'reminder',
};

/** What a kind of notice is about. */
export const topicOf = (kind: string): Topic => TOPIC_OF[kind.slice(0, kind.indexOf('.'))] ?? 'order';

export type Choice = { topics: readonly Topic[]; onlyAsked: boolean };

/** Before somebody chooses: partners hear everything that concerns them, people of the company what asks them to do something. */
export const defaultChoice = (kind: string): Choice => ({ topics: MAIL_TOPICS, onlyAsked: kind !== 'partner' });

/** Whether a notice goes by mail. A reminder always asks for something. */
export const isWanted = (choice: Choice, kind: string, params: Record<string, unknown>): boolean => {
  const topic = topicOf(kind);
  return choice.topics.includes(topic) && (!choice.onlyAsked || params['yours'] === true || topic === 'reminder');
};

type ChoiceRow = { id: string; kind: string; email: string | null; topics: Topic[] | null; only_asked: boolean | null };

const choiceOf = (row: ChoiceRow): Choice =>
  row.topics === null ? defaultChoice(row.kind) : { topics: row.topics, onlyAsked: row.only_asked === true };

const rowsOf = (tx: Tx, userIds: readonly string[]) =>
  tx.query<ChoiceRow>(sql`
    select u.id, u.kind, u.email, c.topics, c.only_asked from app_user u left join mail_choice c on c.user_id = u.id
    where u.id = any(${[...userIds]}::uuid[]) and u.state = 'active'`);

/** The choices of those who can be reached by mail. */
export async function readChoices(tx: Tx, userIds: readonly string[]): Promise<Map<string, Choice>> {
  const rows = await rowsOf(tx, userIds);
  return new Map(rows.flatMap((row) => (row.email === null ? [] : [[row.id, choiceOf(row)] as const])));
}

export async function mailChoiceView(tx: Tx, userId: string): Promise<View> {
  const [[row], isOn] = await Promise.all([rowsOf(tx, [userId]), isMailOn(tx)]);
  const { topics, onlyAsked } = row === undefined ? defaultChoice('staff') : choiceOf(row);
  return { topics: [...topics], onlyAsked, email: row?.email ?? null, isOn };
}

export const setMailChoice = defineCommand<z.output<NonNullable<typeof mailChoiceSet.body>>>({
  name: 'mail_choice.set',
  refuses: [],
  async run({ tx, command }, { topics, onlyAsked }) {
    const { userId } = command.actor;
    const chosen = MAIL_TOPICS.filter((topic) => topics.includes(topic));
    await tx.run(sql`
      insert into mail_choice (user_id, topics, only_asked, changed_at) values (${userId}, ${chosen}, ${onlyAsked}, ${command.now})
      on conflict (user_id) do update set topics = excluded.topics, only_asked = excluded.only_asked, changed_at = excluded.changed_at`);
    return { status: 200, body: await mailChoiceView(tx, userId) };
  },
});
