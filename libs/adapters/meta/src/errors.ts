import { type DurationMs, hours, minutes, seconds } from '@mooring/contracts';
import { PlatformFailure, parsePlatformJson, scrubText } from '@mooring/adapters-core';
import { META_ERROR_ROWS, type MetaErrorRow } from './error-table.ts';
import { GraphErrorEnvelope, InstagramErrorEnvelope, OAuthErrorEnvelope, fits } from './schemas.ts';

/** An error of Graph, freed of its envelope; the same inside `debug_token`, where the subcode's key is another. */
export interface GraphError {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly message: string;
  readonly isTransient: boolean;
}

type Headers = Readonly<Record<string, string>>;

/** How long Meta asks to leave it alone where it names no time for codes 4, 17, 32 and their like. */
const LIMIT_WAIT_MS = hours(1);
/** Meta's own longest window; a header that asks for more is not believed. */
const LIMIT_WAIT_MS_MAX = hours(24);
const SCOPE_NAMES = /\b(?:pages|instagram|business|ads|read|publish)_[a-z_]{2,40}\b/g;

/**
 * Classifies an answer of Meta that is not a success, by code and subcode; by text only where Meta sends no subcode. The HTTP
 * status decides only where there is no envelope, because Meta's doesn't follow from the error.
 */
export function classifyMetaAnswer(status: number, body: string, headers: Headers = {}): PlatformFailure {
  const answer = parsedOrNull(body);
  if (fits(GraphErrorEnvelope, answer)) return classifyGraphError(graphErrorOf(answer.error), { status, headers });
  if (fits(InstagramErrorEnvelope, answer)) return classifyInstagramTokenError(answer);
  if (fits(OAuthErrorEnvelope, answer)) return classifyOAuthError(answer, headers);
  if (status === 429) return limited(headers, { detail: 'too many calls' });
  if (status >= 400 && status < 500 && answer !== null) {
    return new PlatformFailure({ class: 'unexpected', detail: `status ${status} without a known error` });
  }
  return new PlatformFailure({ class: 'transient', detail: `status ${status} without a readable error` });
}

/** Classifies one error of Graph by the table. */
export function classifyGraphError(error: GraphError, answer: { status: number; headers: Headers }): PlatformFailure {
  const detail = scrubText(error.message);
  const platformCode =
    error.code === null ? null : [error.code, error.subcode].filter((part) => part !== null).join('/');
  if (error.isTransient) return new PlatformFailure({ class: 'transient', platformCode, detail });
  const row = META_ERROR_ROWS.find((candidate) => rowFits(candidate, error));
  if (!row) {
    const failureClass = answer.status >= 500 ? 'transient' : 'unexpected';
    return new PlatformFailure({ class: failureClass, platformCode, detail });
  }
  if (row.class === 'rate_limited')
    return limited(answer.headers, {
      reason: row.reason ?? null,
      limitScope: row.limitScope ?? 'app',
      platformCode,
      detail,
    });
  return new PlatformFailure({
    class: row.class,
    reason: row.reason ?? null,
    platformCode,
    detail,
    scopes: row.class === 'permission_missing' ? [...new Set(error.message.match(SCOPE_NAMES))] : [],
    suspectOwnStorage: row.suspectOwnStorage ?? false,
  });
}

/** Reads an error object of Graph's envelope or of `debug_token`, whose key is `subcode`. */
export function graphErrorOf(error: {
  code?: number | null;
  error_subcode?: number | null;
  subcode?: number | null;
  message?: string | null;
  is_transient?: boolean | null;
}): GraphError {
  return {
    code: error.code ?? null,
    subcode: error.error_subcode ?? error.subcode ?? null,
    message: error.message ?? '',
    isTransient: error.is_transient ?? false,
  };
}

/** True where a row of the table speaks of this error. */
export function rowFits(row: MetaErrorRow, error: GraphError): boolean {
  if (row.codes && (error.code === null || error.code < row.codes[0] || error.code > row.codes[1])) return false;
  if (row.subcode === 'unlisted') return error.subcode !== null;
  if (row.subcode !== undefined) return error.subcode === row.subcode;
  return row.text === undefined || (error.subcode === null && error.message.toLowerCase().includes(row.text));
}

// api.instagram.com's token endpoint: `code` is like an HTTP status.
function classifyInstagramTokenError(answer: { code: number; error_message: string }): PlatformFailure {
  const failureClass =
    answer.code >= 500 ? 'transient' : answer.code === 429 ? 'rate_limited' : 'reauthorization_required';
  return new PlatformFailure({
    class: failureClass,
    platformCode: String(answer.code),
    detail: scrubText(answer.error_message),
  });
}

const OAUTH_CLASSES = {
  invalid_grant: 'reauthorization_required',
  invalid_client: 'misconfigured',
  unauthorized_client: 'misconfigured',
  invalid_scope: 'misconfigured',
  temporarily_unavailable: 'transient',
  server_error: 'transient',
} as const;

// RFC 6749 section 5.2; not what Meta sends today, but what clients of Meta have met.
function classifyOAuthError(answer: { error: string; error_description?: string }, headers: Headers): PlatformFailure {
  const known = Object.hasOwn(OAUTH_CLASSES, answer.error);
  const failureClass = known ? OAUTH_CLASSES[answer.error as keyof typeof OAUTH_CLASSES] : 'unexpected';
  const detail = scrubText(`${answer.error} ${answer.error_description ?? ''}`);
  if (answer.error === 'slow_down') return limited(headers, { detail });
  return new PlatformFailure({ class: failureClass, platformCode: known ? answer.error : null, detail });
}

interface LimitFacts {
  readonly detail: string;
  readonly reason?: PlatformFailure['reason'];
  readonly limitScope?: PlatformFailure['limitScope'];
  readonly platformCode?: string | null;
}

function limited(headers: Headers, facts: LimitFacts): PlatformFailure {
  const asked = Math.max(retryAfterMs(headers), regainAccessMs(headers));
  const retryAfter = asked > 0 ? Math.min(asked, LIMIT_WAIT_MS_MAX) : LIMIT_WAIT_MS;
  return new PlatformFailure({ class: 'rate_limited', retryAfterMs: retryAfter, ...facts });
}

function retryAfterMs(headers: Headers): DurationMs {
  const value = header(headers, 'retry-after');
  return value !== undefined && /^\d{1,9}$/.test(value) ? seconds(Number(value)) : 0;
}

/** `X-Business-Use-Case-Usage`: the longest `estimated_time_to_regain_access`, which is in minutes. */
function regainAccessMs(headers: Headers): DurationMs {
  const usage = parsedOrNull(header(headers, 'x-business-use-case-usage') ?? '');
  if (typeof usage !== 'object' || usage === null) return 0;
  const waits = Object.values(usage)
    .flat()
    .map((entry: unknown) =>
      typeof entry === 'object' && entry !== null && 'estimated_time_to_regain_access' in entry
        ? entry.estimated_time_to_regain_access
        : 0,
    );
  return minutes(Math.max(0, ...waits.filter((wait): wait is number => typeof wait === 'number' && wait > 0)));
}

function header(headers: Headers, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function parsedOrNull(text: string): unknown {
  try {
    return parsePlatformJson(text);
  } catch {
    return null;
  }
}
