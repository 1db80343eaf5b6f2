import type { Answer } from '../faults/answer.ts';
import type { OAuthCall, RefusalDetails, RefusalReason } from '../oauth/index.ts';

const PROBLEMS = 'https://api.x.com/2/problems';

/** A problem of the API; without a `type` the generic one. */
export function problem(
  status: number,
  title: string,
  more: { type?: string; detail?: string; reason?: string } = {},
): Answer {
  const type = more.type === undefined ? 'about:blank' : `${PROBLEMS}/${more.type}`;
  return { status, body: { title, status, detail: title, ...more, type } };
}

export function oauthError(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

const NO_CLIENT = oauthError(401, 'unauthorized_client', 'Missing valid authorization header');
const DEAD_CODE = oauthError(400, 'invalid_request', 'Value passed for the authorization code was invalid.');
const DEAD_TOKEN = oauthError(400, 'invalid_request', 'Value passed for the token was invalid.');
const SUSPENDED = problem(403, 'Forbidden', {
  detail: 'Your account is suspended and is not permitted to access this feature.',
  reason: 'user-suspended',
});
const UNAUTHORIZED = problem(401, 'Unauthorized');

const AT_TOKEN: Partial<Record<RefusalReason, Answer>> = {
  'client-missing': NO_CLIENT,
  'client-secret': NO_CLIENT,
  'client-unknown': oauthError(401, 'invalid_client', 'Value passed for the client id was invalid.'),
  'grant-type': oauthError(400, 'invalid_request', 'Value passed for the grant type was invalid. Use a known one.'),
  'code-unknown': DEAD_CODE,
  'code-used': DEAD_CODE,
  'code-expired': DEAD_CODE,
  'code-redirect': DEAD_CODE,
  'code-verifier': DEAD_CODE,
  'account-suspended': SUSPENDED,
};

/** What X answers to what the engine refuses. It never says why a token is dead. */
export function refusal({ reason, name }: RefusalDetails, call: OAuthCall): Answer {
  if (reason === 'no-such-path') return problem(404, 'Not Found');
  if (call.path.startsWith('/2/oauth2/')) {
    if (reason === 'parameter-missing') {
      return oauthError(400, 'invalid_request', `Missing required parameter [${name ?? ''}].`);
    }
    return AT_TOKEN[reason] ?? DEAD_TOKEN;
  }
  if (reason === 'account-suspended') return SUSPENDED;
  if (reason === 'scope-missing') {
    const detail = `The token lacks the scope ${name ?? ''}.`;
    return problem(403, 'Forbidden', { type: 'not-authorized-for-resource', detail });
  }
  return UNAUTHORIZED;
}

/** Answers of the switch `apiRefuses`, by its values. */
const REFUSED: Record<string, Answer> = {
  'credits-depleted': problem(402, 'Payment Required', { detail: 'Your enrolled account has no credits left.' }),
  'client-not-enrolled': problem(403, 'Client Forbidden', { type: 'client-forbidden', reason: 'client-not-enrolled' }),
  'unsupported-authentication': problem(403, 'Unsupported Authentication', { type: 'unsupported-authentication' }),
  'rate-limited': problem(429, 'Too Many Requests', { type: 'rate-limit-exceeded' }),
  'usage-capped': problem(429, 'Usage Capped', { type: 'usage-capped' }),
  'legacy-limit': { status: 429, body: { errors: [{ code: 88, message: 'Rate limit exceeded' }] } },
  'suspended-200': {
    status: 200,
    body: { errors: [{ title: 'Forbidden', detail: 'User has been suspended: [somebody].', type: 'about:blank' }] },
  },
};

/** What the API answers everybody at present, where it is told to refuse. */
export function toldToRefuse({ world }: OAuthCall): Answer | undefined {
  return REFUSED[String(world.switch('apiRefuses'))];
}
