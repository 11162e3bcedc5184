/** The description of the API is made from the operations; programs read it with tools, so it must be right. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { openApi } from '../../src/server/platform/http/openapi.ts';
import { routes } from '../../src/server/routes.ts';

type Schema = { $ref?: string } & Record<string, unknown>;
type Described = { operationId: string; parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]; requestBody?: { content: Record<string, { schema: Schema }> }; responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>; 'x-errors': string[] };
type Document = { openapi: string; paths: Record<string, Record<string, Described>>; components: { schemas: Record<string, Schema> } };
const document = JSON.parse(JSON.stringify(openApi(operations, '1.2.3'))) as Document;
const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, what]) => ({ path, method, what })));

test('P23 every operation is described once, at its path', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(described.map(({ what, method, path }) => `${what.operationId} ${method.toUpperCase()} ${path}`).sort()).toEqual(operations.map(({ id, method, path }) => `${id} ${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort());
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
  for (const reference of wanted) expect(Object.keys(document.components.schemas), reference).toContain(reference.replace('#/components/schemas/', ''));
});

test('P23 every name in a path is a parameter, required, and no other is in the path', () => {
  for (const { path, what } of described) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const declared = (what.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name).sort(), path).toEqual(names);
    for (const parameter of declared) expect(parameter.required, `${path} ${parameter.name}`).toBe(true);
  }
});

test('P23 every schema is one of JSON Schema 2020-12', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const schemas = described.flatMap(({ path, method, what }) => [
    ...(what.parameters ?? []).map(({ name, schema }) => ({ where: `${method} ${path} ${name}`, schema })),
    ...Object.values(what.requestBody?.content ?? {}).map(({ schema }) => ({ where: `${method} ${path} body`, schema })),
    ...Object.entries(what.responses).flatMap(([status, { content }]) => Object.values(content ?? {}).map(({ schema }) => ({ where: `${method} ${path} ${status}`, schema }))),
  ]);
  for (const [name, schema] of Object.entries(document.components.schemas)) schemas.push({ where: name, schema });
  expect(schemas.length).toBeGreaterThan(500);
  for (const { where, schema } of schemas) expect(ajv.validateSchema(schema), `${where} ${ajv.errorsText(ajv.errors)}`).toBe(true);
});

test('P23 answers without content have none described; all others have', () => {
  for (const { path, method, what } of described) {
    for (const [status, answer] of Object.entries(what.responses)) expect(answer.content === undefined, `${method} ${path} ${status}`).toBe(status === '204');
  }
});

test('P23 errors that an operation may answer with are listed with their statuses', () => {
  const create = document.paths['/api/v1/users']?.['post'];
  expect(create?.['x-errors']).toEqual(expect.arrayContaining(['user.login_taken', 'session.required', 'session.csrf', 'request.key_reused', 'field.unknown', 'request.busy']));
  expect(Object.keys(create?.responses ?? {})).toEqual(expect.arrayContaining(['201', '400', '401', '403', '404', '409', '422', '503']));
});
