import { CONSENT_AGAIN, LAPSED, type MetaErrorRow, OPERATOR, row, says, sub } from '../graph/error-row.ts';
import { GRAPH_ERROR_ROWS, OAUTH_ERROR_ROWS } from '../graph/error-table.ts';

/** Refusals of Facebook Login's code exchange, which goes to Graph too. */
const EXCHANGE_ROWS: readonly MetaErrorRow[] = [
  sub(100, 36007, LAPSED, 'authorization code expired'),
  sub(100, 36008, OPERATOR, 'redirect_uri differs from that of the dialog'),
  sub(100, 36009, CONSENT_AGAIN, 'authorization code used before'),
  says(100, 'authorization code has been used', CONSENT_AGAIN, 'text of 36009'),
  says(100, 'redirect_uri is identical', OPERATOR, 'text of 36008'),
  says(100, 'verification code', CONSENT_AGAIN, 'authorization code of the wrong form'),
  row(191, OPERATOR, 'redirect_uri not allowed'),
];

/** Facebook's errors in the order in which they are looked up; the first row that fits decides. */
export const FACEBOOK_ERROR_ROWS: readonly MetaErrorRow[] = [
  ...EXCHANGE_ROWS,
  ...GRAPH_ERROR_ROWS,
  ...OAUTH_ERROR_ROWS,
];
