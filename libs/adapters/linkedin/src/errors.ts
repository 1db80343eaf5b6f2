import { parsePlatformJson, PlatformFailure, scrubText } from '@mooring/adapters-core';
import { LINKEDIN_ERROR_ROWS, type LinkedInErrorRow } from './error-table.ts';
import { LimitWaits } from './limit-waits.ts';
import { ApiErrorEnvelope, fits, OAuthErrorEnvelope } from './schemas.ts';

/** An error of LinkedIn, freed of its envelope. */
export interface LinkedInError {
  readonly status: number;
  readonly error: string | null;
  readonly code: string | null;
  readonly serviceErrorCode: number | null;
  readonly message: string;
}

/** Classifies answers that are not a success. */
export type Classify = (status: number, body: string, headers?: Readonly<Record<string, string>>) => PlatformFailure;

const CODE_PATTERN = /^[A-Za-z][A-Za-z0-9_]{1,47}$/;

/** A classifier by the table. It remembers the limits that it met, by which the next wait is measured. */
export function createClassifier(now: () => Date): Classify {
  const waits = { app: new LimitWaits(now), token: new LimitWaits(now) };
  return (status, body, headers = {}) => {
    const error = errorOf(status, body);
    const row = error && LINKEDIN_ERROR_ROWS.find((candidate) => rowFits(candidate, error));
    const detail = error ? scrubText(`${status} ${error.message}`) : `status ${status} without a readable error`;
    const facts = { detail, platformCode: error && platformCodeOf(error) };
    const failureClass = row?.class ?? classOfUnknown(status, error);
    if (failureClass !== 'rate_limited') {
      return new PlatformFailure({ class: failureClass, reason: row?.reason ?? null, ...facts });
    }
    const limitScope = row?.limitScope ?? 'app';
    const retryAfterMs = waits[limitScope].next(headerOf(headers, 'retry-after'));
    return new PlatformFailure({ class: 'rate_limited', retryAfterMs, limitScope, ...facts });
  };
}

/** True where a row of the table speaks of this error. */
export function rowFits(row: LinkedInErrorRow, error: LinkedInError): boolean {
  const [from, to] = typeof row.status === 'number' ? [row.status, row.status] : (row.status ?? [0, Infinity]);
  return (
    error.status >= from &&
    error.status <= to &&
    (row.error === undefined || row.error === error.error) &&
    (row.code === undefined || row.code === error.code) &&
    (row.serviceErrorCode === undefined || row.serviceErrorCode === error.serviceErrorCode) &&
    (row.text === undefined || row.text.test(error.message))
  );
}

/** Null for what is no error of LinkedIn: a page of some proxy, an answer cut short. */
export function errorOf(status: number, body: string): LinkedInError | null {
  const answer = parsedOrNull(body);
  if (fits(OAuthErrorEnvelope, answer)) {
    const message = `${answer.error} ${answer.error_description ?? ''}`;
    return { status, error: answer.error, code: null, serviceErrorCode: null, message };
  }
  if (!fits(ApiErrorEnvelope, answer)) return null;
  const { code, serviceErrorCode, message } = answer;
  return {
    status,
    error: null,
    code: code ?? null,
    serviceErrorCode: serviceErrorCode ?? null,
    message: message ?? '',
  };
}

/** The member took access away, or LinkedIn says so. */
export function saysRevoked(failure: PlatformFailure): boolean {
  return failure.class === 'reauthorization_required' && failure.reason === 'removed_in_settings';
}

function classOfUnknown(status: number, error: LinkedInError | null) {
  if (status === 429) return 'rate_limited' as const;
  // An error in a success's place is none of the network's either.
  const isAnswer = status === 200 || (status >= 400 && status < 500);
  return error && isAnswer ? ('unexpected' as const) : ('transient' as const);
}

function platformCodeOf({ error, code, serviceErrorCode, status }: LinkedInError): string {
  const names = [error ?? code].filter((name) => name !== null && CODE_PATTERN.test(name));
  return [...names, ...(serviceErrorCode === null ? [] : [serviceErrorCode])].join('/') || String(status);
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function parsedOrNull(text: string): unknown {
  try {
    return parsePlatformJson(text);
  } catch {
    return null;
  }
}
