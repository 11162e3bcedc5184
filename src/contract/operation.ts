/** What an operation of the API is: one declaration from which routing, validation, OpenAPI, the web's client and the access tests come. */
import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './roles.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Operation<P = z.ZodType, Q = z.ZodType, B = z.ZodType, R = z.ZodType> = {
  /** camelCase, noun first: `orderAccept`. */
  id: string;
  method: Method;
  /** Under /api/v1, parameters as `:orderId`. */
  path: `/api/v1/${string}`;
  summary: string;
  /** Article of the regulation that the operation puts into practice. */
  article?: string;
  /** Who may call it. `public`: anybody, signed in or not. */
  can: Permission | 'public';
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  /** Status of success; 200 unless said otherwise. */
  status?: 200 | 201 | 202 | 204;
  /** Media type of the answer when it is not JSON (PDF, Excel). The response schema is then z.instanceof-free `z.string()`. */
  produces?: string;
  /** Media type of the request when it is not JSON (file uploads are raw bytes with their own type). */
  consumes?: readonly string[];
  /** A write: needs Idempotency-Key, and has at most one effect for a key. */
  idempotent?: boolean;
  /** Needs If-Match with the version of the document. */
  versioned?: boolean;
  /** Codes that this operation refuses with, besides those every operation has. */
  errors: readonly ErrorCode[];
};

export const operation = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declared: Operation<P, Q, B, R>,
): Operation<P, Q, B, R> => declared;
