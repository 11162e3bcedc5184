/** Problem documents (RFC 9457): the one place where refusals become HTTP. */
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ERRORS, isErrorCode } from '../../../contract/errors.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { sentence } from './messages.ts';

const RETRY_AFTER: Record<number, string> = { 429: '60', 503: '2' };

export function statusOf(code: string): number {
  return isErrorCode(code) ? ERRORS[code] : 500;
}

/** Sends the refusals as one problem document; the first decides the status. */
export function sendProblem(reply: FastifyReply, refusals: readonly Refusal[], locale: string): FastifyReply {
  const first = refusals[0] ?? { code: 'request.internal' };
  const status = statusOf(first.code);
  const errors = refusals.map((refusal) => ({ ...refusal, ...sentence(refusal, locale) }));
  const head =
    refusals.length > 1 && refusals.every(({ code }) => code.startsWith('field.'))
      ? { code: 'request.invalid', ...sentence({ code: 'request.invalid' }, locale) }
      : { code: first.code, ...sentence(first, locale) };
  const retry =
    first.params?.['retryAfter'] ?? RETRY_AFTER[status] ?? (first.code === 'request.key_in_progress' ? '1' : undefined);
  if (retry !== undefined) reply.header('Retry-After', retry);
  if (status === 412 && first.params?.['version'] !== undefined) reply.header('ETag', `"${first.params['version']}"`);
  return reply
    .status(status)
    .type('application/problem+json')
    .header('Cache-Control', 'no-store')
    .send(
      JSON.stringify({
        type: `/problems/${head.code}`,
        title: head.title,
        status,
        detail: head.detail,
        code: head.code,
        requestId: reply.request.id,
        errors,
      }),
    );
}

/** What the schema found wrong, as refusals with the path of the field. */
export function schemaRefusals(error: z.core.$ZodError, place: 'body' | 'query' | 'params', value: unknown): Refusal[] {
  const found: Refusal[] = [];
  const named = new Set<string>();
  for (const issue of error.issues.slice(0, 100)) {
    const path = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        found.push({
          code: place === 'query' ? 'request.bad_parameter' : 'field.unknown',
          field: [path, key].filter(Boolean).join('.'),
        });
      continue;
    }
    // The first thing wrong with a field is enough.
    if (named.has(path)) continue;
    named.add(path);
    found.push({ code: codeOf(issue, place, isAbsent(value, issue.path)), field: path || place });
  }
  return found;
}

function isAbsent(value: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return true;
    at = Reflect.get(at, key);
  }
  return at === undefined;
}

function codeOf(issue: z.core.$ZodIssue, place: 'body' | 'query' | 'params', absent: boolean): string {
  if (place === 'params') return 'request.bad_id';
  if (isErrorCode(issue.message)) return place === 'query' ? 'request.bad_parameter' : issue.message;
  if (place === 'query') return 'request.bad_parameter';
  if (absent) return 'field.required';
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'field.too_many' : 'field.too_long';
  if (issue.code === 'too_small') return 'field.too_short';
  return 'field.invalid';
}
