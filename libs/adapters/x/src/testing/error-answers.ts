import { X_ERROR_ROWS, type XErrorRow } from '../index.ts';

/** X's own words, where a row is found by them. */
const WORDS: Readonly<Record<string, string>> = {
  'for the token was invalid': 'Value passed for the token was invalid.',
  'for the authorization code was invalid': 'Value passed for the authorization code was invalid.',
  'missing required parameter': 'Missing required parameter [client_id].',
  'for the grant type was invalid': 'Value passed for the grant type was invalid. The grant type should be known.',
  'redirect uri': 'Value passed for the redirect uri did not match the uri of the authorization code.',
  'user has been suspended': 'User has been suspended: [ida].',
  'account is suspended': 'Your account is suspended and is not permitted to access this feature.',
  'duplicate content': 'You are not allowed to create a Tweet with duplicate content.',
  'not permitted to perform this action': 'You are not permitted to perform this action.',
};

/** An answer for every row of the error table, as X would send it. */
export const X_ERROR_ANSWERS = X_ERROR_ROWS.map((row) => ({
  title: `${titleOf(row)} (${row.means})`,
  status: statusOf(row),
  body: bodyOf(row),
  class: row.class,
  reason: row.reason ?? null,
  at: row.at ?? 'token',
}));

function titleOf(row: XErrorRow): string {
  const parts = [statusOf(row), row.error, row.problem, row.code, row.text && `“${row.text}”`];
  return parts.filter((part) => part !== undefined).join(' ');
}

function statusOf({ at, status, error, problem, code }: XErrorRow): number {
  if (status) return status[0];
  if (at === 'token') return error === 'unauthorized_client' || error === 'invalid_client' ? 401 : 400;
  if (code === 88 || problem === 'rate-limit-exceeded' || problem === 'usage-capped') return 429;
  if (code === 89) return 401;
  return problem === 'invalid-request' ? 400 : 403;
}

function bodyOf(row: XErrorRow): string {
  const status = statusOf(row);
  const detail = WORDS[row.text ?? ''] ?? 'Something.';
  if (row.at === 'token') {
    return JSON.stringify({ error: row.error ?? 'slow_down', error_description: detail });
  }
  if (row.code !== undefined) return JSON.stringify({ errors: [{ code: row.code, message: detail }] });
  const type = row.problem === undefined || row.problem === 'about:blank' ? 'about:blank' : problemUrl(row.problem);
  // A refusal whose form nobody knows.
  if (row.status && row.problem === undefined && status === 401) return JSON.stringify({ status, detail });
  if (row.problem === 'client-not-enrolled' || row.problem === 'user-suspended') {
    return JSON.stringify({ type: 'https://api.x.com/2/problems/other', status, detail, reason: row.problem });
  }
  return JSON.stringify({ title: 'Refused', type, status, detail });
}

function problemUrl(problem: string): string {
  return `https://api.x.com/2/problems/${problem}`;
}
