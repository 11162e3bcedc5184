/** What the server refuses with (RFC 9457), and what can go wrong before it could answer. */

export type ProblemItem = {
  code: string;
  title: string;
  detail?: string;
  field?: string;
  params?: Record<string, string>;
};

/** A refused or failed call. `status` 0: no answer came, so the outcome is not known. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly ProblemItem[];
  readonly requestId: string | null;
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfter: number | null;
  /** The version that the document has now, on 412. */
  readonly currentVersion: number | null;

  constructor(given: {
    status: number;
    code: string;
    title: string;
    detail?: string;
    errors?: readonly ProblemItem[];
    requestId?: string | null;
    retryAfter?: number | null;
    currentVersion?: number | null;
  }) {
    super(given.title);
    this.name = 'ApiProblem';
    this.status = given.status;
    this.code = given.code;
    this.title = given.title;
    this.detail = given.detail ?? '';
    this.errors = given.errors ?? [];
    this.requestId = given.requestId ?? null;
    this.retryAfter = given.retryAfter ?? null;
    this.currentVersion = given.currentVersion ?? null;
  }

  /** True when sending the same request again, with the same key, is safe and may help. */
  get retryable(): boolean {
    return (
      this.status === 0 ||
      this.status === 408 ||
      this.status === 429 ||
      this.status >= 500 ||
      this.code === 'request.key_in_progress'
    );
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function asItem(value: unknown): ProblemItem[] {
  if (!isRecord(value)) return [];
  const code = text(value['code']);
  if (code === undefined) return [];
  const params = isRecord(value['params'])
    ? Object.fromEntries(Object.entries(value['params']).map(([name, param]) => [name, String(param)]))
    : undefined;
  const detail = text(value['detail']);
  const field = text(value['field']);
  return [
    {
      code,
      title: text(value['title']) ?? code,
      ...(detail === undefined ? {} : { detail }),
      ...(field === undefined ? {} : { field }),
      ...(params === undefined ? {} : { params }),
    },
  ];
}

/** Reads a problem document; null when the body is something else (a proxy's error page). */
export function readProblem(
  status: number,
  body: unknown,
  headers: { retryAfter: string | null; etag: string | null },
): ApiProblem | null {
  if (!isRecord(body)) return null;
  const code = text(body['code']);
  if (code === undefined) return null;
  const retryAfter =
    headers.retryAfter === null || !/^\d+$/.test(headers.retryAfter) ? null : Number.parseInt(headers.retryAfter, 10);
  const version = /^"(\d+)"$/.exec(headers.etag ?? '')?.[1];
  return new ApiProblem({
    status,
    code,
    title: text(body['title']) ?? code,
    detail: text(body['detail']) ?? '',
    errors: Array.isArray(body['errors']) ? body['errors'].flatMap(asItem) : [],
    requestId: text(body['requestId']) ?? null,
    retryAfter,
    currentVersion: version === undefined ? null : Number.parseInt(version, 10),
  });
}

export const isProblem = (error: unknown): error is ApiProblem => error instanceof ApiProblem;

/** `lines.0.qty` → ['lines', 0, 'qty']: the name of a field as forms know it. */
export const fieldPath = (field: string): (string | number)[] =>
  field.split('.').map((part) => (/^\d+$/.test(part) ? Number.parseInt(part, 10) : part));
