import type { FieldError, MooringError, ProblemAction, ProblemCode } from '@mooring/contracts';

/** RFC 9457 media type. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** A problem as it is sent (RFC 9457 §3, with our extensions). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly retryable: boolean;
  readonly action: ProblemAction;
  /** Values that stand in `detail`, for clients that word it themselves. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

/** `type` of a code; a name, not an address: nothing is fetched there. */
export function problemType(code: ProblemCode): string {
  return `urn:mooring:problem:${code}`;
}

/** The document of an error. `instance` is the path of the request, without its query. */
export function problemDocument(error: MooringError, requestId: string, instance?: string): ProblemDocument {
  const { status, title, retryable, action } = error.definition;
  return {
    ...error.extensions,
    type: problemType(error.code),
    title,
    status,
    detail: error.message,
    ...(instance === undefined ? {} : { instance }),
    code: error.code,
    requestId,
    retryable,
    action,
    ...(Object.keys(error.parameters).length === 0 ? {} : { parameters: error.parameters }),
    ...(error.errors.length === 0 ? {} : { errors: error.errors }),
  };
}
