import type { FieldError, ProblemAction, ProblemCode } from '@mooring/contracts';

/** What an RFC 9457 answer of Mooring holds. */
export interface ProblemDocument {
  /** A code of contracts; another string where a newer server or a proxy answered. */
  readonly code: ProblemCode | (string & {});
  readonly status: number;
  readonly title: string;
  /** The message to people. */
  readonly detail: string;
  readonly action: ProblemAction | (string & {});
  readonly retryable: boolean;
  readonly requestId: string | null;
  readonly errors: readonly FieldError[];
  /** Every member of the answer, extensions (for example `status` and `reason` of a connection) included. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** Thrown when the API answers with a problem, or can't be reached (`code` is then `unreachable`, `status` 0). */
export class ProblemError extends Error implements ProblemDocument {
  readonly code: ProblemDocument['code'];
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly action: ProblemDocument['action'];
  readonly retryable: boolean;
  readonly requestId: string | null;
  readonly errors: readonly FieldError[];
  readonly members: Readonly<Record<string, unknown>>;

  constructor(document: ProblemDocument, options?: ErrorOptions) {
    super(document.detail, options);
    this.name = 'ProblemError';
    this.code = document.code;
    this.status = document.status;
    this.title = document.title;
    this.detail = document.detail;
    this.action = document.action;
    this.retryable = document.retryable;
    this.requestId = document.requestId;
    this.errors = document.errors;
    this.members = document.members;
  }
}

/**
 * Reads an unsuccessful answer. Anything that isn't a problem document (a proxy's page, an empty body) becomes one with
 * the code `internal_error` or `unreachable`, so that callers meet one shape.
 * @param response the HTTP answer, for status and request id
 * @param body its parsed body, or whatever came instead
 */
export function problemFrom(response: Response, body: unknown): ProblemError {
  const members = isRecord(body) ? body : {};
  const away = response.status === 502 || response.status === 504;
  return new ProblemError({
    code: text(members.code) ?? (away ? 'unreachable' : 'internal_error'),
    status: response.status,
    title: text(members.title) ?? 'Something went wrong',
    detail: text(members.detail) ?? 'The service did not answer as expected. Please try again in a moment.',
    action: text(members.action) ?? 'try_again',
    retryable: members.retryable === true || away,
    requestId: text(members.requestId) ?? response.headers.get('x-request-id'),
    errors: Array.isArray(members.errors) ? members.errors.filter(isFieldError) : [],
    members,
  });
}

/** The problem of a call that never got an answer. */
export function unreachable(cause: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'unreachable',
      status: 0,
      title: 'No connection',
      detail: 'The service cannot be reached. Check your internet connection and try again.',
      action: 'try_again',
      retryable: true,
      requestId: null,
      errors: [],
      members: {},
    },
    { cause },
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value.pointer === 'string' && typeof value.detail === 'string';
}
