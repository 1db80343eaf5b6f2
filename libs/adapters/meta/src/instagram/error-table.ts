import {
  APP_LIMITED,
  CONSENT_AGAIN,
  INSPECT,
  type MetaErrorRow,
  OPERATOR,
  type Outcome,
  PERMISSION,
  says,
  TRANSIENT,
} from '../graph/error-row.ts';
import { GRAPH_ERROR_ROWS, OAUTH_ERROR_ROWS } from '../graph/error-table.ts';

interface TokenRow {
  readonly codes?: readonly [number, number];
  readonly text?: string;
  readonly outcome: Outcome;
}

const token = (means: string, { codes = [400, 499], text, outcome }: TokenRow): MetaErrorRow => ({
  envelope: 'instagram_token',
  codes,
  ...(text ? { text } : {}),
  ...outcome,
  means,
});

/** Refusals of the code exchange at api.instagram.com, whose code says no more than an HTTP status. */
const EXCHANGE_ROWS: readonly MetaErrorRow[] = [
  token('code unknown or used before', { text: 'matching code was not found', outcome: CONSENT_AGAIN }),
  token('redirect_uri differs from that of the dialog', { text: 'redirect_uri', outcome: OPERATOR }),
  token('redirect_uri differs from that of the dialog', { text: 'redirect uri', outcome: OPERATOR }),
  token('Instagram app secret wrong', { text: 'client_secret', outcome: OPERATOR }),
  token('Instagram app secret wrong', { text: 'client secret', outcome: OPERATOR }),
  token('Instagram app id wrong', { text: 'client_id', outcome: OPERATOR }),
  token('Instagram app id wrong', { text: 'invalid platform app', outcome: OPERATOR }),
  token('too many exchanges', { codes: [429, 429], outcome: APP_LIMITED }),
  token('exchange down', { codes: [500, 599], outcome: TRANSIENT }),
  token('code refused without detail', { outcome: CONSENT_AGAIN }),
];

/** What only graph.instagram.com answers, beside what both hosts do. */
const INSTAGRAM_ROWS: readonly MetaErrorRow[] = [
  says(10, 'does not have permission for this action', PERMISSION, 'a permission of Instagram Login is missing'),
  says(100, 'unsupported request', INSPECT, 'the token is not fit for this call'),
];

/** Instagram's errors in the order in which they are looked up; the first row that fits decides. */
export const INSTAGRAM_ERROR_ROWS: readonly MetaErrorRow[] = [
  ...EXCHANGE_ROWS,
  ...INSTAGRAM_ROWS,
  ...GRAPH_ERROR_ROWS,
  ...OAUTH_ERROR_ROWS,
];
