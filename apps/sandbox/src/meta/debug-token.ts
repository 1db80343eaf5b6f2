import { toSeconds } from '../clock.ts';
import { decodeToken, isAppToken, requireText, sentToken, type GraphCall } from './call.ts';
import { GraphError, invalidParameter } from './graph-error.ts';
import { pageById } from './pages.ts';
import type { FacebookPerson } from './people.ts';
import type { TokenRecord } from './state.ts';
import { TokenBook } from './tokens.ts';
import type { FacebookWorld } from './world.ts';

const APPLICATION_NAME = 'Mooring Sandbox';

function checkAccessor(call: GraphCall): void {
  const accessor = sentToken(call);
  if (accessor !== undefined && isAppToken(call.world, accessor)) return;
  if (accessor?.includes('|') === true) {
    throw new GraphError({ code: 190, message: 'Invalid OAuth access token signature.' });
  }
  throw invalidParameter(
    '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app',
  );
}

function targetsOf(world: FacebookWorld, person: FacebookPerson, scope: string): string[] | undefined {
  if (scope === 'business_management') return person.businesses.map((business) => business.id);
  if (scope.startsWith('ads_')) return world.adAccountsOf(person).map((account) => account.id);
  const pageIds = world.visibleRoles(person).map((role) => role.pageId);
  if (scope.startsWith('instagram_')) {
    return pageIds.flatMap((pageId) => pageById(pageId)?.instagram?.id ?? []);
  }
  return scope.startsWith('pages_') ? pageIds : undefined;
}

/** Without `target_ids` a scope holds for every asset: that is what a person gives who ticks all classic Pages. */
function granularScopes(call: GraphCall, person: FacebookPerson, scopes: string[]) {
  const { world } = call;
  // A token for which me/accounts is empty names the Pages it is for.
  const named = call.fault?.kind === 'accounts_empty';
  const allClassic =
    !named && world.stateOf(person).selectedPages === null && person.roles.every((role) => role.classic);
  return scopes
    .filter((scope) => scope !== 'public_profile' && scope !== 'email')
    .map((scope) => {
      const targets = allClassic ? undefined : targetsOf(world, person, scope);
      return { scope, ...(targets === undefined || targets.length === 0 ? {} : { target_ids: targets }) };
    });
}

function dataAccessExpiresAt(world: FacebookWorld, person: FacebookPerson): number {
  const endsAtMs = world.dataAccessEndsAtMs(person);
  return endsAtMs === null ? 0 : toSeconds(endsAtMs);
}

function describe(call: GraphCall, token: TokenRecord) {
  const { world } = call;
  const book = new TokenBook(world);
  const person = book.personOf(token);
  const refusal = book.refusal(token)?.details;
  const scopes = world.grantedPermissions(person);
  return {
    app_id: world.app.clientId,
    type: token.kind === 'page' ? 'PAGE' : 'USER',
    application: APPLICATION_NAME,
    data_access_expires_at: dataAccessExpiresAt(world, person),
    ...(refusal === undefined
      ? {}
      : { error: { code: refusal.code, message: refusal.message, subcode: refusal.subcode } }),
    expires_at: token.expiresAtMs === null ? 0 : toSeconds(token.expiresAtMs),
    is_valid: refusal === undefined,
    ...(token.longLived ? { issued_at: toSeconds(token.issuedAtMs) } : {}),
    ...(token.pageId === undefined ? {} : { profile_id: token.pageId }),
    scopes,
    ...(refusal === undefined ? { granular_scopes: granularScopes(call, person, scopes) } : {}),
    user_id: person.asid,
  };
}

/** `debug_token`: HTTP 200 for a dead token too, whose subcode is called `subcode` here. */
export function answerDebugToken(call: GraphCall): unknown {
  const input = requireText(call, 'input_token');
  checkAccessor(call);
  if (isAppToken(call.world, input)) {
    const { clientId: appId } = call.world.app;
    return { data: { app_id: appId, type: 'APP', application: APPLICATION_NAME, is_valid: true, scopes: [] } };
  }
  try {
    return { data: describe(call, decodeToken(call.world, input)) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const { code, message } = error.details;
    return { data: { error: { code, message }, is_valid: false, scopes: [] } };
  }
}
