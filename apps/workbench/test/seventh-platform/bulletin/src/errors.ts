import { parsePlatformJson, PlatformFailure } from '@mooring/adapters-core';
import { BULLETIN_ERROR_ROWS } from './error-table.ts';

/** Classifies an answer that is no success, by its code. */
export function classifyBulletinAnswer(status: number, body: string): PlatformFailure {
  const code = codeOf(body);
  const row = BULLETIN_ERROR_ROWS.find((one) => one.code === code);
  if (row)
    return new PlatformFailure({
      class: row.class,
      reason: row.reason ?? null,
      platformCode: row.code,
      detail: row.means,
    });
  if (status === 429) return new PlatformFailure({ class: 'rate_limited', platformCode: '429' });
  const failed = status >= 500 || code === undefined;
  return new PlatformFailure({ class: failed ? 'transient' : 'unexpected', platformCode: code ?? String(status) });
}

function codeOf(body: string): string | undefined {
  try {
    const answer = parsePlatformJson(body);
    const code = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
    return typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}
