import { type InspectionTarget, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import type { FailureClass } from '@mooring/contracts';
import type { TikTokEndpoints } from './endpoints.ts';
import type { OpenApi } from './open-api.ts';
import { CreatorInfo, UserInfo } from './schemas.ts';
import { IDENTITY_SCOPE, PUBLISH_SCOPE } from './scopes.ts';

/** Classes that are an answer about the token; any other leaves it unknown whether it lives. */
const SPEAKS_OF_TOKEN: ReadonlySet<FailureClass> = new Set([
  'reauthorization_required',
  'permission_missing',
  'user_action_required',
]);
/** Classes that leave open whether publishing is granted. */
const NO_ANSWER: ReadonlySet<FailureClass> = new Set(['transient', 'rate_limited', 'misconfigured']);

/**
 * Asks TikTok with the token itself: there is no introspection, and neither clocks nor scopes are told. A token that is used
 * to publish must be of its account (C37) and be allowed to (C39).
 */
export async function inspect(
  api: OpenApi,
  endpoints: Pick<TikTokEndpoints, 'userInfoUrl' | 'creatorInfoUrl'>,
  target: InspectionTarget,
): Promise<TokenInspection> {
  try {
    const { user } = await api.call(target.token, {
      ...{ url: endpoints.userInfoUrl, schema: UserInfo, what: 'user info', scope: IDENTITY_SCOPE },
      fields: ['open_id'],
    });
    if (target.account && target.account.accountId !== user.open_id) return { alive: false, failure: ofAnother() };
    if (target.account) await mayPublish(api, endpoints.creatorInfoUrl, target);
  } catch (error) {
    if (!(error instanceof PlatformFailure) || !SPEAKS_OF_TOKEN.has(error.class)) throw error;
    // TikTok refuses a lapsed access token as it refuses a removed one. A scope that is missing no renewal brings back.
    return { alive: false, failure: error, renewalDecides: error.class === 'reauthorization_required' };
  }
  return { alive: true, missingScopes: [] };
}

/** What TikTok holds against a post of the day says nothing about the connection; a missing scope and a dead token do. */
async function mayPublish(api: OpenApi, url: string, { token }: InspectionTarget): Promise<void> {
  try {
    await api.call(token, { url, schema: CreatorInfo, what: 'creator info', scope: PUBLISH_SCOPE, json: {} });
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.reason === 'platform_policy') return;
    if (SPEAKS_OF_TOKEN.has(error.class)) throw error;
    if (NO_ANSWER.has(error.class)) throw ofTokenOnly(error);
  }
}

/** This call's limit is counted by account: it holds nobody else back. */
function ofTokenOnly(failure: PlatformFailure): PlatformFailure {
  if (failure.class !== 'rate_limited') return failure;
  const { class: failureClass, retryAfterMs, platformCode, message: detail } = failure;
  return new PlatformFailure({ class: failureClass, retryAfterMs, limitScope: 'token', platformCode, detail });
}

function ofAnother(): PlatformFailure {
  return new PlatformFailure({
    class: 'reauthorization_required',
    reason: 'unknown',
    detail: 'the token is of another account than the connection',
    suspectOwnStorage: true,
  });
}
