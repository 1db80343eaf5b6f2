import { TIKTOK_ERROR_ROWS, type TikTokErrorRow } from '../index.ts';

/** TikTok's own words, where a row is told by them. */
const WORDS: Readonly<Record<string, string>> = {
  'authorization code': 'Authorization code is expired.',
  'access token': 'Access token is invalid or expired.',
};
const LOG_ID = '20251107123053AAAA490B190463';

/** Which of our calls meets a row; publishing is not among them. */
const PLACES = { oauth: 'token', api: 'api', publish: 'publish', fail_reason: 'publish' } as const;

/** An answer for every row of the error table, as TikTok would send it. */
export const TIKTOK_ERROR_ANSWERS = TIKTOK_ERROR_ROWS.map((row) => ({
  title: `${row.from} ${row.code}${row.text ? ` “${row.text}”` : ''} (${row.means})`,
  status: row.status,
  body: JSON.stringify(bodyOf(row)),
  class: row.class,
  reason: row.reason ?? null,
  at: PLACES[row.from],
}));

function bodyOf({ from, code, text }: TikTokErrorRow): object {
  const words = text ? WORDS[text] : 'Something is not right.';
  switch (from) {
    case 'oauth':
      return { error: code, error_description: words, log_id: LOG_ID };
    case 'fail_reason':
      return {
        data: { status: 'FAILED', fail_reason: code },
        error: { code: 'ok', message: '', log_id: LOG_ID },
      };
    default:
      return { data: {}, error: { code, message: words, log_id: LOG_ID } };
  }
}
