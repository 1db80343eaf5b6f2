import { parsePlatformJson, PlatformFailure, scrubText } from '@mooring/adapters-core';
import { X_ERROR_ROWS, type XErrorRow } from './error-table.ts';
import { fits, OAuthErrorAnswer, Problem, ProblemList, type XProblem } from './schemas.ts';
import { type Headers, waitMsOf } from './usage.ts';

/** An answer of X that is no success, or says so in its body. */
export interface XRefusal {
  readonly status: number;
  readonly body: string;
  readonly headers?: Headers;
  /** Which part of X answered; read from the body's form where the caller doesn't know. */
  readonly at?: 'token' | 'api';
}

/** An error of X, freed of its envelope. */
interface XError {
  readonly at: 'token' | 'api';
  readonly status: number;
  readonly error: string | null;
  readonly problems: readonly (string | null)[];
  readonly code: number | null;
  readonly text: string;
}

const PROBLEM_NAME = /^[a-z_-]{1,60}$/;
/** Statuses that mean the same without a word. */
const SPEAKS_BY_STATUS: ReadonlySet<number> = new Set([402, 429]);
/** Statuses of the token endpoint that are about the app, whatever the body. */
const SPEAKS_OF_CLIENT: ReadonlySet<number> = new Set([401, 429]);

/** Classifies an answer of X by its table: codes and types before words, and no verdict by anything that isn't X's own JSON. */
export function classifyXAnswer(refusal: XRefusal, now: Date): PlatformFailure {
  const { status, headers = {} } = refusal;
  const answer = parsedOrNull(refusal.body);
  const error = errorOf(refusal, answer);
  // An error page of whatever stands between us and X is nobody's refusal.
  if (!error && !SPEAKS_BY_STATUS.has(status) && !isObject(answer)) {
    return new PlatformFailure({ class: 'transient', detail: `status ${status} without a readable error` });
  }
  const known = error ?? { at: refusal.at ?? 'api', status, error: null, problems: [], code: null, text: '' };
  const row = X_ERROR_ROWS.find((candidate) => rowFits(candidate, known));
  const detail = scrubText([known.error, known.text].filter(Boolean).join(' ')) || `status ${status}`;
  const platformCode = codeOf(known);
  if (!row) return new PlatformFailure({ class: 'unexpected', platformCode, detail });
  return new PlatformFailure({
    class: row.class,
    reason: row.reason ?? null,
    platformCode,
    detail,
    ...(row.class === 'rate_limited' && { retryAfterMs: waitMsOf(headers, now), limitScope: row.limitScope ?? 'app' }),
    suspectOwnStorage: row.suspectOwnStorage ?? false,
  });
}

/** True for an answer of status 200 that holds an error and nothing that was asked for. */
export function isRefusal(answer: unknown): boolean {
  if (!isObject(answer) || 'data' in answer) return false;
  return fits(OAuthErrorAnswer, answer) || fits(ProblemList, answer);
}

function errorOf({ status, at }: XRefusal, answer: unknown): XError | null {
  if (fits(OAuthErrorAnswer, answer) && at !== 'api') {
    const text = answer.error_description ?? '';
    return { at: 'token', status, error: answer.error, problems: [], code: null, text };
  }
  const problem = problemOf(answer);
  if (!problem) return null;
  const text = problem.detail ?? problem.message ?? problem.title ?? '';
  const problems = [problem.type?.split('/').at(-1) ?? null, problem.reason ?? null];
  // The API's own words mean the same wherever they come from, but for what the token endpoint says by its status.
  const place = at === 'token' && SPEAKS_OF_CLIENT.has(status) ? 'token' : 'api';
  return { at: place, status, error: null, problems, code: problem.code ?? null, text };
}

function problemOf(answer: unknown): XProblem | null {
  // The outer problem says more where there are both.
  if (fits(Problem, answer) && (answer.type || answer.code)) return answer;
  if (fits(ProblemList, answer)) return answer.errors[0] ?? null;
  return null;
}

function rowFits(row: XErrorRow, error: XError): boolean {
  if (row.at !== undefined && row.at !== error.at) return false;
  if (row.status && (error.status < row.status[0] || error.status > row.status[1])) return false;
  if (row.error !== undefined && row.error !== error.error) return false;
  if (row.problem !== undefined && !error.problems.includes(row.problem)) return false;
  if (row.code !== undefined && row.code !== error.code) return false;
  return row.text === undefined || error.text.toLowerCase().includes(row.text);
}

/** What operators look up; only what has the form of a name, because a body may say anything. */
function codeOf({ status, error, problems, code }: XError): string {
  const name = [error, ...problems].find((part) => part && PROBLEM_NAME.test(part));
  return [status, name ?? code].filter((part) => part !== null && part !== undefined).join('/');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedOrNull(text: string): unknown {
  try {
    return parsePlatformJson(text);
  } catch {
    return null;
  }
}
