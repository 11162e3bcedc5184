/** The contract against itself and against what is served. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MACHINES, operationIdOf } from '../../scripts/lib/machines.ts';
import { ERRORS, isErrorCode } from '../../src/contract/errors.ts';
import { machineProblems } from '../../src/contract/machine.ts';
import { operations } from '../../src/contract/operations.ts';
import { DEFAULT_POLICY } from '../../src/contract/policy.ts';
import { PERMISSIONS } from '../../src/contract/roles.ts';
import { isTaskKind } from '../../src/contract/tasks.ts';
import { orderGuards } from '../../src/server/modules/orders/order-rules.ts';
import { routes } from '../../src/server/routes.ts';

it('every operation is served by exactly one route, and nothing else is served', () => {
  const served = routes.map(({ operation }) => operation.id).sort();
  expect(served).toEqual(operations.map(({ id }) => id).sort());
});

it('ids of operations, and method with path, are unique', () => {
  const ids = operations.map(({ id }) => id as string);
  const doors = operations.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':id')}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(doors.filter((door, i) => doors.indexOf(door) !== i)).toEqual([]);
});

it('every write needs a key, except signing in and out', () => {
  const loose = operations
    .filter((operation) => operation.method !== 'GET' && (operation as { idempotent?: boolean }).idempotent !== true)
    .map(({ id }) => id as string);
  const known =
    /^(session|password|setup|quote|inquiryPreview|intakeTest|locale|user(Update)?Self|import|key|applicationCheck$|link)/;
  expect(loose.filter((id) => !known.test(id))).toEqual([]);
});

it('life-cycle tables have no holes: every state is reached, every open state has a way out', () => {
  expect(MACHINES.flatMap(machineProblems)).toEqual([]);
});

it('rows of the life-cycle tables name permissions, codes, clocks and tasks that exist', () => {
  const wrong = MACHINES.flatMap((machine) =>
    machine.rows.flatMap((row) => [
      ...(Object.hasOwn(PERMISSIONS, row.permission)
        ? []
        : [`${machine.name}.${row.action}: permission ${row.permission}`]),
      ...row.guards
        .filter((guard) => !isErrorCode(guard))
        .map((guard) => `${machine.name}.${row.action}: guard ${guard}`),
      ...(row.clock === undefined || Object.hasOwn(DEFAULT_POLICY, row.clock)
        ? []
        : [`${machine.name}.${row.action}: clock ${row.clock}`]),
      ...(row.task === undefined || isTaskKind(row.task) ? [] : [`${machine.name}.${row.action}: task ${row.task}`]),
    ]),
  );
  expect(wrong).toEqual([]);
  const order = MACHINES.find(({ name }) => name === 'order');
  expect(order?.rows.flatMap(({ guards }) => [...guards]).filter((guard) => orderGuards[guard] === undefined)).toEqual(
    [],
  );
});

it('a guarded action of a person is called by the operation of its name, so that its refusals can be seen by the tests', () => {
  const ids = new Set<string>(operations.map(({ id }) => id));
  const nameless = MACHINES.flatMap(({ name, rows }) =>
    rows
      .filter(({ guards, actor }) => guards.length > 0 && actor.some((kind) => kind !== 'system'))
      .map(({ action }) => operationIdOf(name, action)),
  ).filter((id) => !ids.has(id));
  expect([...new Set(nameless)]).toEqual([]);
});

it('every error code has a title and a way out in all three languages', () => {
  const missing = ['zh-Hant', 'zh-Hans', 'en'].flatMap((locale) => {
    const texts: Record<string, { title?: string; detail?: string }> = JSON.parse(
      readFileSync(new URL(`../../src/contract/i18n/${locale}/errors.json`, import.meta.url), 'utf8'),
    );
    return [
      ...Object.keys(ERRORS)
        .filter((code) => !texts[code]?.title || !texts[code]?.detail)
        .map((code) => `${locale} ${code}`),
      ...Object.keys(texts)
        .filter((code) => !isErrorCode(code))
        .map((code) => `${locale} ${code} is no code`),
    ];
  });
  expect(missing).toEqual([]);
});
