import { type DurationMs, hours, seconds } from '@mooring/contracts';
import { PlatformFailure, parsePlatformJson, scrubText } from '@mooring/adapters-core';
import { type MetaError, type MetaErrorRow, rowFits } from './error-row.ts';
import { fits, GraphErrorEnvelope, InstagramErrorEnvelope, OAuthErrorEnvelope } from './schemas.ts';
import { type Headers, headerOf, regainAfterMs } from './usage.ts';

/** How long Meta asks to leave it alone where it names no time for codes 4, 17, 32 and their like. */
const LIMIT_WAIT_MS = hours(1);
/** Meta's own longest window; a header that asks for more is not believed. */
const LIMIT_WAIT_MS_MAX = hours(24);
const SCOPE_NAMES = /\b(?:pages|instagram|business|ads|read|publish)_[a-z_]{2,40}\b/g;

/** An HTTP answer, so far as it is no part of the error itself. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
}

/** What {@link PlatformFailure}s are made of by one table. */
export interface MetaClassifier {
  /**
   * Classifies an answer of Meta that is not a success, by code and subcode; by text only where Meta sends no subcode. The
   * HTTP status decides only where there is no envelope, because Meta's doesn't follow from the error.
   */
  classify(status: number, body: string, headers?: Headers): PlatformFailure;
  /** Classifies one error that stands alone, as inside `debug_token`. */
  classifyError(error: MetaError, answer: Answer): PlatformFailure;
}

/** The classifier of a table, whose rows are looked up in their order. */
export function classifierOf(rows: readonly MetaErrorRow[]): MetaClassifier {
  const classifyError: MetaClassifier['classifyError'] = (error, answer) => byTable(rows, error, answer);
  return {
    classifyError,
    classify: (status, body, headers = {}) => {
      const answer = parsedOrNull(body);
      const error = errorIn(answer);
      if (error) return classifyError(error, { status, headers });
      if (status === 429) return limited(headers, { detail: 'too many calls' });
      if (status >= 400 && status < 500 && answer !== null) {
        return new PlatformFailure({ class: 'unexpected', detail: `status ${status} without a known error` });
      }
      return new PlatformFailure({ class: 'transient', detail: `status ${status} without a readable error` });
    },
  };
}

/** Reads an error object of Graph's envelope or of `debug_token`, whose key is `subcode`. */
export function graphErrorOf(error: {
  code?: number | null;
  error_subcode?: number | null;
  subcode?: number | null;
  message?: string | null;
  is_transient?: boolean | null;
}): MetaError {
  return {
    envelope: 'graph',
    code: error.code ?? null,
    subcode: error.error_subcode ?? error.subcode ?? null,
    name: null,
    message: error.message ?? '',
    isTransient: error.is_transient ?? false,
  };
}

function errorIn(answer: unknown): MetaError | null {
  if (fits(GraphErrorEnvelope, answer)) return graphErrorOf(answer.error);
  const none = { code: null, subcode: null, name: null, isTransient: false };
  if (fits(InstagramErrorEnvelope, answer)) {
    return { ...none, envelope: 'instagram_token', code: answer.code, message: answer.error_message };
  }
  if (fits(OAuthErrorEnvelope, answer)) {
    return { ...none, envelope: 'oauth', name: answer.error, message: answer.error_description ?? '' };
  }
  return null;
}

function byTable(rows: readonly MetaErrorRow[], error: MetaError, { status, headers }: Answer): PlatformFailure {
  const found = rows.find((candidate) => rowFits(candidate, error));
  const detail = scrubText([found?.name, error.message].filter(Boolean).join(' '));
  const facts = { platformCode: platformCodeOf(error, found), detail };
  // A limit is transient by Meta's own word too; what counts of it is how long it asks to be left alone.
  if (error.isTransient && found?.class !== 'rate_limited')
    return new PlatformFailure({ class: 'transient', ...facts });
  if (!found) {
    return new PlatformFailure({ class: status >= 500 ? 'transient' : 'unexpected', ...facts });
  }
  const reason = found.reason ?? null;
  if (found.class === 'rate_limited') {
    return limited(headers, { reason, limitScope: found.limitScope ?? 'app', ...facts });
  }
  return new PlatformFailure({
    class: found.class,
    reason,
    ...facts,
    scopes: found.class === 'permission_missing' ? [...new Set(error.message.match(SCOPE_NAMES))] : [],
    suspectOwnStorage: found.suspectOwnStorage ?? false,
  });
}

/** A name is told on only where it is one of the table's: anything may stand in an answer. */
function platformCodeOf(error: MetaError, found: MetaErrorRow | undefined): string | null {
  if (error.code === null) return found?.name ?? null;
  return [error.code, error.subcode].filter((part) => part !== null).join('/');
}

interface LimitFacts {
  readonly detail: string;
  readonly reason?: PlatformFailure['reason'];
  readonly limitScope?: PlatformFailure['limitScope'];
  readonly platformCode?: string | null;
}

function limited(headers: Headers, facts: LimitFacts): PlatformFailure {
  const asked = Math.max(retryAfterMs(headers), regainAfterMs(headers));
  const retryAfter = asked > 0 ? Math.min(asked, LIMIT_WAIT_MS_MAX) : LIMIT_WAIT_MS;
  return new PlatformFailure({ class: 'rate_limited', retryAfterMs: retryAfter, ...facts });
}

function retryAfterMs(headers: Headers): DurationMs {
  const value = headerOf(headers, 'retry-after');
  return value !== undefined && /^\d{1,9}$/.test(value) ? seconds(Number(value)) : 0;
}

function parsedOrNull(text: string): unknown {
  try {
    return parsePlatformJson(text);
  } catch {
    return null;
  }
}
