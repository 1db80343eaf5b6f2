import type { FailureClass, Reason } from '@mooring/contracts';

/** One row of Bulletin's errors, by its code. */
export interface BulletinErrorRow {
  readonly code: string;
  readonly class: FailureClass;
  readonly reason?: Reason;
  readonly means: string;
}

/** Bulletin's errors. */
export const BULLETIN_ERROR_ROWS: readonly BulletinErrorRow[] = [
  {
    code: 'token_revoked',
    class: 'reauthorization_required',
    reason: 'removed_in_settings',
    means: 'the person removed the app',
  },
  {
    code: 'token_expired',
    class: 'reauthorization_required',
    reason: 'token_lapsed',
    means: 'the access token lapsed',
  },
  { code: 'not_allowed', class: 'permission_missing', reason: 'permission_removed', means: 'a scope is missing' },
  { code: 'bad_client', class: 'misconfigured', means: 'client id or secret is wrong' },
  { code: 'slow_down', class: 'rate_limited', means: 'too many calls' },
];
