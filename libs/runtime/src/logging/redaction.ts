import { IncomingMessage, ServerResponse } from 'node:http';

/** Words that make a field's name sensitive, wherever they stand in it (`accessToken`, `client_secret`, `state`). */
const SENSITIVE_WORDS = new Set([
  'token',
  'tokens',
  'secret',
  'secrets',
  'code',
  'password',
  'passwd',
  'state',
  'authorization',
  'cookie',
  'cookies',
  'assertion',
  'verifier',
  'proof',
  'credential',
  'credentials',
]);
/** Names that hold such a word and tell nothing. */
const HARMLESS_NAMES = new Set([
  'statusCode',
  'errorCode',
  'problemCode',
  'exitCode',
  'reasonCode',
  'platformCode',
  'sessionState',
]);

const DEPTH_MAX = 6;
const ITEMS_MAX = 100;
const TEXT_LENGTH_MAX = 8_000;
const REDACTED = '[redacted]';
const TOO_DEEP = '[too deep]';

/** True for names of fields that are removed from log lines. */
export function isSensitiveName(name: string): boolean {
  if (HARMLESS_NAMES.has(name)) return false;
  return name.split(/(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+/).some((word) => SENSITIVE_WORDS.has(word.toLowerCase()));
}

/** Cuts what may be secret out of free text: query strings and fragments of URLs, bearer credentials, JWTs, user info. */
export function scrubText(text: string): string {
  return text
    .slice(0, TEXT_LENGTH_MAX)
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'<>]+@/gi, `$1${REDACTED}@`)
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi, '$1')
    .replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`)
    .replace(/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, REDACTED)
    .replace(
      /\b((?:access_|refresh_|id_|fb_exchange_|input_)?token|client_secret|code|state|password)=[^\s&"']+/gi,
      `$1=${REDACTED}`,
    );
}

/** The path of a request target, without query and fragment. */
export function pathOf(target: string | undefined): string {
  return (target ?? '').split(/[?#]/, 1)[0] ?? '';
}

/** An error as it may be logged: no enumerable extras (drivers keep statements and parameters there). */
export function describeError(error: Error, depth = 0): Record<string, unknown> {
  const errorCode: unknown = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: scrubText(error.message),
    ...(typeof errorCode === 'string' || typeof errorCode === 'number' ? { errorCode } : {}),
    stack: scrubText(error.stack ?? ''),
    ...(error.cause instanceof Error && depth < DEPTH_MAX ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** What an error came of, outermost first, as `type: message`; without stacks. */
export function causesOf(error: Error): string[] {
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < DEPTH_MAX; cause = cause.cause) {
    causes.push(scrubText(`${cause.name}: ${cause.message}`));
  }
  return causes;
}

function redactMembers(value: object, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value).slice(0, ITEMS_MAX)) {
    if (!isSensitiveName(name)) kept[name] = redactValue(member, depth + 1);
  }
  return kept;
}

function printsItself(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function redactObject(value: object, depth: number): unknown {
  // pino's serializers turn these two into method, path and status.
  if (value instanceof IncomingMessage || value instanceof ServerResponse) return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return value;
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return REDACTED;
  if (depth >= DEPTH_MAX) return TOO_DEEP;
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => redactValue(item, depth + 1));
  // A class that prints itself in its own way (Secret, URL) has a reason to.
  if (printsItself(value)) return redactValue(value.toJSON(), depth + 1);
  return redactMembers(value, depth);
}

/** A copy of a value as it may be logged: sensitive fields removed, texts scrubbed, depth and width bounded. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'object' && value !== null) return redactObject(value, depth);
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
}
