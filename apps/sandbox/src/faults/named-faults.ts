import type { Fault } from './fault-box.ts';

const META_SUBCODES = [458, 459, 460, 463, 464, 467, 492];

const BLOCKED = 'The action attempted has been deemed abusive or is otherwise disallowed';

function metaFaults(): Record<string, Fault> {
  const graph = (code: number, rest: Partial<Fault> = {}): Fault => ({ kind: 'graph', code, ...rest });
  return {
    'meta-190': graph(190, { message: 'Error validating access token: The session is invalid.' }),
    ...Object.fromEntries(META_SUBCODES.map((subcode) => [`meta-190-${subcode}`, graph(190, { subcode })])),
    'meta-10': graph(10, { status: 403, message: '(#10) Application does not have permission for this action' }),
    'meta-200': graph(200, { status: 403, message: '(#200) Permissions error' }),
    'meta-368': graph(368, { message: BLOCKED }),
    'meta-1': { kind: 'transient', code: 1 },
    'meta-2': { kind: 'transient', code: 2 },
    ...Object.fromEntries([4, 17, 32, 613].map((code) => [`meta-${code}`, { kind: 'rate_limit', code }])),
    'accounts-empty': { kind: 'accounts_empty' },
    'page-without-token': { kind: 'page_without_token' },
  };
}

const statusFaults = Object.fromEntries(
  [500, 502, 503, 504, 429].map((status): [string, Fault] => [String(status), { kind: 'status', status }]),
);

/** Faults by the names that the control API and page use. Those of Meta's own kind make sense at Meta's platforms only. */
export const NAMED_FAULTS: Record<string, Fault> = {
  ...statusFaults,
  '429-retry-after': { kind: 'status', status: 429, retryAfterSeconds: 30 },
  reset: { kind: 'reset' },
  'hang-30s': { kind: 'hang', delayMs: 30_000 },
  hang: { kind: 'hang' },
  half: { kind: 'half' },
  truncated: { kind: 'truncated' },
  html: { kind: 'html' },
  'html-200': { kind: 'html', status: 200 },
  'error-200': { kind: 'error_200' },
  'blank-token': { kind: 'blank_token' },
  'lost-answer': { kind: 'reset', afterEffect: true },
  'family-revoked': { kind: 'family_revoked', calls: ['token.refresh'] },
  'no-refresh-token': { kind: 'no_refresh_token' },
  'refresh-counts-down': { kind: 'refresh_counts_down' },
  slow: { kind: 'slow' },
  ...metaFaults(),
};
