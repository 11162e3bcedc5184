/** OpenAPI 3.1, made from the operations: what is served and what is described cannot differ. */
import type { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { Problem } from '../../../contract/common.ts';
import { ERRORS, type ErrorCode } from '../../../contract/errors.ts';
import type { Operation } from '../../../contract/operation.ts';
import { PERMISSIONS } from '../../../contract/roles.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- the list holds every shape
type AnyOperation = Operation<any, any, any, any>;

const EVERYWHERE: readonly ErrorCode[] = ['request.bad_parameter', 'request.busy'];
const ON_BODY: readonly ErrorCode[] = [
  'request.malformed_json',
  'request.duplicate_key',
  'request.too_large',
  'request.media_type',
  'request.invalid',
  'field.unknown',
];

/** Every code that an operation may answer with. */
export function errorsOf(operation: AnyOperation): ErrorCode[] {
  const codes = new Set<ErrorCode>([...EVERYWHERE, ...operation.errors]);
  if (operation.can !== 'public')
    for (const code of ['session.required', 'session.key_invalid', 'permission.denied'] as const) codes.add(code);
  if (operation.method !== 'GET') codes.add('session.csrf');
  if (operation.body !== undefined || operation.consumes !== undefined) for (const code of ON_BODY) codes.add(code);
  if (operation.idempotent === true)
    for (const code of [
      'request.idempotency_key_missing',
      'request.idempotency_key_format',
      'request.key_reused',
      'request.key_in_progress',
    ] as const)
      codes.add(code);
  if (operation.versioned === true)
    for (const code of ['request.version_missing', 'request.version_stale'] as const) codes.add(code);
  return [...codes].sort();
}

/** The whole document, from the list of operations. */
export function openApi(operations: readonly AnyOperation[], version: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Qucheng 渠成',
      version,
      description:
        'Order management for companies that sell through channel partners. Amounts, prices and quantities are decimal text; errors are RFC 9457 problem documents.',
    },
    security: [{ session: [] }, { key: [] }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'qc_session' },
        key: { type: 'http', scheme: 'bearer', bearerFormat: 'qk_…' },
      },
    },
    paths,
  });
}

function describe(operation: AnyOperation): ZodOpenApiOperationObject {
  const errors = errorsOf(operation);
  const statuses = [...new Set(errors.map((code) => ERRORS[code]))].sort();
  const media = operation.produces ?? 'application/json';
  const success =
    operation.produces === undefined
      ? { schema: operation.response as z.ZodType }
      : { schema: { type: 'string' as const, format: 'binary' } };
  const headers: Record<string, unknown>[] = [];
  if (operation.idempotent === true)
    headers.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      schema: { type: 'string', maxLength: 255 },
      description: 'At most one effect for a caller and key, kept 30 days',
    });
  if (operation.versioned === true)
    headers.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      schema: { type: 'string' },
      description: 'The version of the document, quoted',
    });
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.path.split('/')[3] ?? 'api'],
    ...(operation.can === 'public' ? { security: [] } : {}),
    ...(operation.article === undefined ? {} : { 'x-article': operation.article }),
    'x-permission': operation.can,
    'x-roles': operation.can === 'public' ? [] : PERMISSIONS[operation.can],
    'x-errors': errors,
    parameters: headers as never,
    requestParams: {
      ...(operation.params === undefined ? {} : { path: operation.params as never }),
      ...(operation.query === undefined ? {} : { query: operation.query as never }),
    },
    ...(operation.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: operation.body as z.ZodType } } } }),
    ...(operation.consumes === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              operation.consumes.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]),
            ),
          },
        }),
    responses: {
      [String(operation.status ?? 200)]: {
        description: 'Done',
        ...(operation.status === 204 ? {} : { content: { [media]: success } }),
      },
      ...Object.fromEntries(
        statuses.map((status) => [
          String(status),
          {
            description: errors.filter((code) => ERRORS[code] === status).join(', '),
            content: { 'application/problem+json': { schema: Problem } },
          },
        ]),
      ),
    },
  } as ZodOpenApiOperationObject;
}
