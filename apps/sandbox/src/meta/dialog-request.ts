import { listOf, textOf, type Values } from '../request-values.ts';
import type { FacebookPerson } from './people.ts';
import type { FacebookWorld } from './world.ts';

export interface DialogRequest {
  clientId: string | undefined;
  redirectUri: string;
  state: string | undefined;
  scopes: string[];
  /** With a configuration of Facebook Login for Business all of its permissions are given, or none. */
  allOrNone: boolean;
  rerequest: boolean;
  returnScopes: boolean;
  grantedScopes: boolean;
}

/** Thrown when the dialog shows an error page of its own and sends nobody back. */
export class DialogRefusal extends Error {
  override name = 'DialogRefusal';
}

const SUPPORTED_RESPONSE_TYPES = ['code', 'granted_scopes'];

export function readDialogRequest(world: FacebookWorld, query: Values): DialogRequest {
  const clientId = textOf(query, 'client_id');
  if (clientId !== world.app.clientId)
    throw new DialogRefusal('Invalid App ID: The provided app ID does not look valid.');
  const redirectUri = textOf(query, 'redirect_uri') ?? '';
  if (!world.app.redirectUris.includes(redirectUri)) {
    throw new DialogRefusal(
      'URL Blocked: This redirect failed because the redirect URI is not white-listed in the app’s client OAuth settings. Make sure that the client and web OAuth logins are on and add all your app domains as valid OAuth redirect URIs.',
    );
  }
  const responseTypes = (textOf(query, 'response_type') ?? 'code').split(/[\s,]+/);
  if (responseTypes.some((type) => !SUPPORTED_RESPONSE_TYPES.includes(type))) {
    throw new DialogRefusal('The sandbox supports response_type code and granted_scopes only.');
  }
  // The configuration takes the place of `scope`; what stands in it, a switch says.
  const configured = textOf(query, 'config_id') !== undefined;
  const asked = configured ? world.state.switches.configScopes : textOf(query, 'scope');
  const scopes = (asked ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  return {
    clientId,
    redirectUri,
    state: textOf(query, 'state'),
    scopes: [...new Set(scopes)],
    allOrNone: configured,
    rerequest: textOf(query, 'auth_type') === 'rerequest',
    returnScopes: textOf(query, 'return_scopes') === 'true',
    grantedScopes: responseTypes.includes('granted_scopes'),
  };
}

/** What the dialog asks this person: what was declined before is only asked again with `auth_type=rerequest`. */
export function askedScopes(world: FacebookWorld, request: DialogRequest, person: FacebookPerson): string[] {
  const { permissions } = world.stateOf(person);
  return request.scopes.filter((scope) => request.rerequest || permissions[scope] !== 'declined');
}

export interface DialogForm {
  person: string | undefined;
  cancelled: boolean;
  /** Undefined: every asked permission. */
  permissions: string[] | undefined;
  /** Undefined: every Page. */
  pages: string[] | undefined;
}

/** The posted form. Only with `boxes=1` do missing boxes count as unticked; so a bare post agrees to everything. */
export function readDialogForm(body: Values): DialogForm {
  const boxes = textOf(body, 'boxes') === '1';
  return {
    person: textOf(body, 'person'),
    cancelled: textOf(body, 'decision') === 'cancel',
    permissions: listOf(body, 'permissions') ?? (boxes ? [] : undefined),
    pages: listOf(body, 'pages') ?? (boxes ? [] : undefined),
  };
}
