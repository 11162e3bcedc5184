/** Every notice of the hand-offs as a mail, in three languages. */
import { describe, expect, test } from 'vitest';
import { instant } from '../../kernel/clock.ts';
import { TASK_KINDS } from '../../../contract/tasks.ts';
import { LOCALES } from '../../platform/http/messages.ts';
import { noticeMail } from './notice-mail-text.ts';
import { NOTICE_RULES } from './notice-rules.ts';

const ROWS = ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N8', 'N9', 'N10'];
/** Kinds of notices by the row of the hand-offs that asks for them. */
const kindsOf = (row: string): string[] => [
  ...new Set(
    Object.entries(NOTICE_RULES).flatMap(([type, rules]) =>
      rules.filter(({ n }) => n === row).map(({ kind }) => kind ?? type),
    ),
  ),
];

const mail = (
  kind: string,
  locale: string,
  params: Record<string, unknown> = {},
  dueAt: string | null = '2026-03-13T09:00:00Z',
) =>
  noticeMail({
    kind,
    document: { type: 'order', id: '01a00000-0000-7000-8000-000000000001', no: 'SO-2026-000123' },
    partnerName: '華東渠道',
    params: { article: 'R4.3', task: 'order.reply', yours: true, ...params },
    dueAt: dueAt === null ? null : instant(dueAt),
    at: instant('2026-03-10T02:00:00Z'),
    receiver: { name: '李四', locale, side: 'partner' },
    company: { name: '渠成', timeZone: 'Asia/Shanghai' },
    publicUrl: 'https://qucheng.test',
    replyMark: null,
  });

describe('notices as mails', () => {
  test.each(ROWS)(
    '%s names the document, what changed, what is expected, until when, and links to the page, in three languages',
    (row) => {
      const kinds = kindsOf(row);
      expect(kinds.length).toBeGreaterThan(0);
      for (const kind of kinds) {
        const subjects = LOCALES.map((locale) => {
          const { subject, text, html } = mail(kind, locale);
          expect(subject).toContain('SO-2026-000123');
          expect(subject).not.toContain(kind);
          expect(text).toContain('2026-03-13 17:00');
          expect(html).toContain('https://qucheng.test/portal/orders/01a00000-0000-7000-8000-000000000001');
          expect(text).not.toMatch(/undefined|null|\{\w+\}|order\.reply/);
          return subject;
        });
        // Some words are the same in both scripts.
        expect(new Set(subjects).size, kind).toBeGreaterThanOrEqual(2);
      }
    },
  );

  test('N8 a hold says why, by its word and not by its code', () => {
    expect(mail('order.hold_placed', 'en', { kind: 'credit' }).text).toContain('Over the credit limit');
    expect(mail('order.hold_placed', 'zh-Hant', { kind: 'credit' }).text).not.toContain('credit');
  });

  test('N7 a deadline of a year whose holidays are not published says that it is provisional', () => {
    expect(mail('task.nearly_due', 'en', { provisional: true }).text).toContain('provisional');
    expect(mail('task.nearly_due', 'en').text).not.toContain('provisional');
  });

  test('where nothing is asked, the mail says so', () => {
    const { text } = mail('order.completed', 'en', { task: undefined }, null);
    expect(text).toContain('What is expected: Nothing');
  });

  test('every task has its word in every language, and what people write stays text', () => {
    for (const locale of LOCALES)
      for (const task of Object.keys(TASK_KINDS))
        expect(mail('order.sent_back', locale, { task }).text).not.toContain(task);
    const { html } = mail('order.sent_back', 'en', { orderNo: '<img src=x onerror=alert(1)>' });
    expect(html).not.toContain('<img');
  });
});
