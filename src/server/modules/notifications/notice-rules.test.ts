import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { orderMachine } from '../../../contract/machines/order.ts';
import * as others from '../../../contract/machines/others.ts';
import { LOCALES } from '../../platform/http/messages.ts';
import { TASK_KINDS } from '../../../contract/tasks.ts';
import { NOTICE_RULES, noticeKinds, SILENT_EVENTS } from './notice-rules.ts';

const machines = [
  orderMachine,
  others.inquiryMachine,
  others.pickingMachine,
  others.shipmentMachine,
  others.paymentMachine,
  others.invoiceMachine,
  others.partnerMachine,
];
const known = (type: string) => Object.hasOwn(NOTICE_RULES, type) || SILENT_EVENTS.includes(type);
const flat = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`))
    : [path];

describe('who is told what', () => {
  test('every event of a life-cycle table has a rule, or is listed as one that tells nobody', () => {
    const events = machines.flatMap(({ rows }) => rows.map(({ event }) => event as string));
    expect(events.length).toBeGreaterThan(30);
    expect(events.filter((type) => !known(type))).toEqual([]);
  });

  test('every event that the code writes by name has a rule or is listed', () => {
    const files = fs.globSync('src/server/{modules,processes}/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
    const written = files.flatMap((file) =>
      [
        ...fs
          .readFileSync(file, 'utf8')
          .matchAll(
            /(?:emit\(\s*work,\s*|pickingEvent\([^'()]*|shipmentEvent(?:Of)?\([^'()]*|invoiceEvent\([^'()]*|paymentEvent\([^'()]*|inquiryEvent\([^'()]*)'([a-z]+\.[a-z_]+)'/g,
          ),
      ].map(([, type]) => type ?? ''),
    );
    expect(written.length).toBeGreaterThan(10);
    expect([...new Set(written)].filter((type) => !known(type))).toEqual([]);
  });

  test('an event has a rule or is silent, not both', () => {
    expect(SILENT_EVENTS.filter((type) => Object.hasOwn(NOTICE_RULES, type))).toEqual([]);
  });

  test.each(['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N8', 'N9', 'N10'])('%s has rules', (row) => {
    expect(
      Object.values(NOTICE_RULES)
        .flat()
        .filter(({ n }) => n === row).length,
    ).toBeGreaterThan(0);
  });

  test.each(LOCALES)('every notice and every task has its words in %s', (locale) => {
    const words = new Set(flat(JSON.parse(fs.readFileSync(`src/contract/i18n/${locale}/states.json`, 'utf8'))));
    expect(noticeKinds().filter((kind) => !words.has(`notice.${kind}`))).toEqual([]);
    expect(Object.keys(TASK_KINDS).filter((kind) => !words.has(`task.${kind}`))).toEqual([]);
  });
});
