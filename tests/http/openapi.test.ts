/** The description of the API is made from the operations; programs read it with tools, so it must be right. */
import { expect, test } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { openApi } from '../../src/server/platform/http/openapi.ts';
import { routes } from '../../src/server/routes.ts';

type Schema = { $ref?: string } & Record<string, unknown>;
type Described = {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
  'x-errors': string[];
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};
const document = JSON.parse(JSON.stringify(openApi(operations, '1.2.3'))) as Document;
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, what]) => ({ path, method, what })),
);

test('P23 every operation is described once, at its path', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(
    described.map(({ what, method, path }) => `${what.operationId} ${method.toUpperCase()} ${path}`).sort(),
  ).toEqual(operations.map(({ id, method, path }) => `${id} ${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort());
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
});

test('P23 every operation is served, by one route, and nothing else is', () => {
  expect(routes.map(({ operation }) => operation.id).sort()).toEqual(operations.map(({ id }) => id).sort());
});

test('P23 every reference leads somewhere', () => {
  const wanted = new Set<string>();
  JSON.stringify(document, (key, value) => {
    if (key === '$ref') wanted.add(value);
    return value;
  });
  for (const reference of wanted)
    expect(Object.keys(document.components.schemas), reference).toContain(
      reference.replace('#/components/schemas/', ''),
    );
});

test('P23 every name in a path is a parameter, required, and no other is in the path', () => {
  for (const { path, what } of described) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const declared = (what.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name).sort(), path).toEqual(names);
    for (const parameter of declared) expect(parameter.required, `${path} ${parameter.name}`).toBe(true);
  }
});

// With `discriminator`, which OpenAPI 3.1 adds.
const KEYWORDS = new Set(
  '$ref $defs type const enum properties required additionalProperties propertyNames items prefixItems anyOf oneOf allOf not title description default format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems readOnly examples id discriminator'.split(
    ' ',
  ),
);
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** What is wrong with a schema by JSON Schema 2020-12, as far as this API uses it. */
function faultsOf(schema: unknown, at: string): string[] {
  if (typeof schema === 'boolean') return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [`${at} is no schema`];
  const faults = Object.keys(schema)
    .filter((key) => !KEYWORDS.has(key))
    .map((key) => `${at} ${key} is no keyword`);
  const { type, pattern, required, properties, items, ...rest } = schema as Schema;
  for (const one of type === undefined ? [] : [type].flat())
    if (!TYPES.has(String(one))) faults.push(`${at} type ${String(one)}`);
  if (pattern !== undefined) expect(() => new RegExp(String(pattern), 'u'), at).not.toThrow();
  const names = Object.keys((properties ?? {}) as object);
  for (const name of (required ?? []) as string[])
    if (!names.includes(name)) faults.push(`${at} requires ${name}, which it does not have`);
  for (const name of names) faults.push(...faultsOf((properties as Record<string, unknown>)[name], `${at}.${name}`));
  if (items !== undefined) faults.push(...faultsOf(items, `${at}[]`));
  for (const list of ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const) {
    for (const [i, part] of ((rest[list] ?? []) as unknown[]).entries())
      faults.push(...faultsOf(part, `${at} ${list} ${i}`));
  }
  for (const one of ['additionalProperties', 'propertyNames', 'not'] as const)
    if (rest[one] !== undefined) faults.push(...faultsOf(rest[one], `${at} ${one}`));
  return faults;
}

test('P23 every schema is one of JSON Schema 2020-12', () => {
  const schemas = described.flatMap(({ path, method, what }) => [
    ...(what.parameters ?? []).map(({ name, schema }) => ({ where: `${method} ${path} ${name}`, schema })),
    ...Object.values(what.requestBody?.content ?? {}).map(({ schema }) => ({
      where: `${method} ${path} body`,
      schema,
    })),
    ...Object.entries(what.responses).flatMap(([status, { content }]) =>
      Object.values(content ?? {}).map(({ schema }) => ({ where: `${method} ${path} ${status}`, schema })),
    ),
  ]);
  for (const [name, schema] of Object.entries(document.components.schemas)) schemas.push({ where: name, schema });
  expect(schemas.length).toBeGreaterThan(500);
  expect(schemas.flatMap(({ where, schema }) => faultsOf(schema, where))).toEqual([]);
  expect(faultsOf({ type: 'decimal', nullable: true, required: ['x'] }, 'planted')).toHaveLength(3);
});

test('P23 answers without content have none described; all others have', () => {
  for (const { path, method, what } of described) {
    for (const [status, answer] of Object.entries(what.responses))
      expect(answer.content === undefined, `${method} ${path} ${status}`).toBe(status === '204');
  }
});

test('P23 errors that an operation may answer with are listed with their statuses', () => {
  const create = document.paths['/api/v1/users']?.['post'];
  expect(create?.['x-errors']).toEqual(
    expect.arrayContaining([
      'user.login_taken',
      'session.required',
      'session.csrf',
      'request.key_reused',
      'field.unknown',
      'request.busy',
    ]),
  );
  expect(Object.keys(create?.responses ?? {})).toEqual(
    expect.arrayContaining(['201', '400', '401', '403', '404', '409', '422', '503']),
  );
});
