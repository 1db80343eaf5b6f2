import { PlatformFailure, type PlatformFailureOptions, parsePlatformJson, scrubText } from '@mooring/adapters-core';
import { minutes, seconds } from '@mooring/contracts';
import { TIKTOK_ERROR_ROWS, type TikTokErrorRow } from './error-table.ts';
import { ApiEnvelope, FailedPost, fits, OAuthErrorEnvelope } from './schemas.ts';

type Headers = Readonly<Record<string, string>>;

/** An error of TikTok, freed of its envelope. */
interface TikTokError {
  readonly from: TikTokErrorRow['from'];
  readonly code: string;
  readonly message: string;
}

/** The window of TikTok's limits, where it names no time: a sliding minute. */
const LIMIT_WAIT_MS = minutes(1);
/** A header that asks for more is not believed. */
const LIMIT_WAIT_MS_MAX = minutes(60);

/**
 * Classifies an answer of TikTok that is not a success, by its code: the status follows from nothing (200 with an error is
 * an error, C87) and decides only where there is no code that is known.
 */
export function classifyTikTokAnswer(status: number, body: string, headers: Headers = {}): PlatformFailure {
  const answer = parsedOrNull(body);
  const error = errorOf(answer);
  if (error) return classifyError(error, { status, headers });
  if (status === 429) return failure({ class: 'rate_limited', detail: 'too many calls' }, headers);
  if (status < 500 && answer !== null) {
    return failure({ class: 'unexpected', detail: `status ${status} without a known error` }, headers);
  }
  return failure({ class: 'transient', detail: `status ${status} without a readable error` }, headers);
}

/** True for what the API answers where all is well. */
export function isSuccess(answer: unknown): boolean {
  return fits(ApiEnvelope, answer) && answer.error.code === 'ok';
}

function classifyError(error: TikTokError, answer: { status: number; headers: Headers }): PlatformFailure {
  const row = TIKTOK_ERROR_ROWS.find((candidate) => rowFits(candidate, error));
  const detail = scrubText(`${error.code} ${error.message}`);
  // Only codes that are known go on to events: any other text may be anything.
  if (row) {
    const { class: failureClass, reason = null, limitScope = 'app' } = row;
    return failure({ class: failureClass, reason, limitScope, platformCode: row.code, detail }, answer.headers);
  }
  if (answer.status === 429) return failure({ class: 'rate_limited', detail }, answer.headers);
  return failure({ class: answer.status >= 500 ? 'transient' : 'unexpected', detail }, answer.headers);
}

function rowFits(row: TikTokErrorRow, error: TikTokError): boolean {
  const sameShape = row.from === error.from || (row.from === 'publish' && error.from === 'api');
  const sameText = row.text === undefined || error.message.toLowerCase().includes(row.text);
  return sameShape && row.code === error.code && sameText;
}

function errorOf(answer: unknown): TikTokError | null {
  if (fits(OAuthErrorEnvelope, answer)) {
    return { from: 'oauth', code: answer.error, message: answer.error_description ?? '' };
  }
  if (!fits(ApiEnvelope, answer)) return null;
  if (answer.error.code !== 'ok') {
    return { from: 'api', code: answer.error.code, message: answer.error.message ?? '' };
  }
  return fits(FailedPost, answer) ? { from: 'fail_reason', code: answer.data.fail_reason, message: '' } : null;
}

function failure(options: PlatformFailureOptions, headers: Headers): PlatformFailure {
  if (options.class !== 'rate_limited') return new PlatformFailure(options);
  return new PlatformFailure({ ...options, retryAfterMs: waitOf(headers) });
}

// TikTok documents no such header; one that is there is obeyed.
function waitOf(headers: Headers): number {
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  if (value === undefined || !/^\d{1,9}$/.test(value)) return LIMIT_WAIT_MS;
  return Math.min(seconds(Number(value)), LIMIT_WAIT_MS_MAX);
}

function parsedOrNull(text: string): unknown {
  try {
    return parsePlatformJson(text);
  } catch {
    return null;
  }
}
