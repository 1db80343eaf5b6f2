import { type FieldError, MooringError, type ProblemCode, PROBLEMS } from '@mooring/contracts';

/** Members that `MooringError` makes by itself; the rest are extensions. */
const OWN_MEMBERS = new Set([
  'type',
  'title',
  'status',
  'detail',
  'instance',
  'code',
  'requestId',
  'retryable',
  'action',
  'parameters',
  'errors',
]);

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(PROBLEMS, value);
}

function parametersOf(value: unknown): Record<string, string | number> {
  if (!isMembers(value)) return {};
  const entries = Object.entries(value).filter(([, item]) => typeof item === 'string' || typeof item === 'number');
  return Object.fromEntries(entries) as Record<string, string | number>;
}

function fieldErrorsOf(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  const textOf = (member: unknown): string => (typeof member === 'string' ? member : '');
  return value.filter(isMembers).map(({ pointer, detail }) => ({ pointer: textOf(pointer), detail: textOf(detail) }));
}

/** The error that another of our services told, so that it can be told on; undefined where the body is no problem of ours. */
export function problemFromBody(body: unknown, retryAfter: string | null): MooringError | undefined {
  if (!isMembers(body) || !isProblemCode(body['code'])) return undefined;
  const extensions = Object.fromEntries(Object.entries(body).filter(([name]) => !OWN_MEMBERS.has(name)));
  const retryAfterSeconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return new MooringError(body['code'], {
    parameters: parametersOf(body['parameters']),
    errors: fieldErrorsOf(body['errors']),
    extensions,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
