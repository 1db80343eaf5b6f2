import type { Challenge } from './state.ts';
import type { OAuthWorld } from './world.ts';

/** What the consent page is asked, whatever the platform calls the parameters. */
export interface AuthorizeRequest {
  clientId: string | undefined;
  redirectUri: string;
  responseType: string | undefined;
  state: string | undefined;
  scopes: string[];
  /** Undefined: none was sent, or the platform takes none. */
  challenge?: Challenge;
  /** The app asks that the page is shown even to who agreed before. */
  alwaysAsk: boolean;
}

/** Thrown when the platform shows an error page of its own and sends nobody back. */
export class AuthorizeRefusal extends Error {
  override name = 'AuthorizeRefusal';
}

/** What a person can't be sent back with, because it isn't known where to, or because the platform never does. */
export function checkRequest(world: OAuthWorld, request: AuthorizeRequest): void {
  const { app, profile } = world;
  if (request.clientId !== app.clientId) throw new AuthorizeRefusal('The app is not known: check the client id.');
  if (!app.redirectUris.includes(request.redirectUri)) {
    throw new AuthorizeRefusal('The redirect URI does not match a registered one.');
  }
  if (request.responseType !== 'code') throw new AuthorizeRefusal('The response type must be code.');
  const required = world.switch('pkceRequired') ?? profile.pkce.required;
  if (request.challenge === undefined && required === true) {
    throw new AuthorizeRefusal('Something went wrong: code_challenge is required.');
  }
  if (request.challenge !== undefined && !profile.pkce.methods.includes(request.challenge.method)) {
    throw new AuthorizeRefusal('Something went wrong: code_challenge_method is not supported.');
  }
}

/** Scopes that the app may not ask for: unknown ones, and those of the switch `unapprovedScopes` (comma list). */
export function unapprovedScopes(world: OAuthWorld, request: AuthorizeRequest): string[] {
  const withheld = String(world.switch('unapprovedScopes') ?? '').split(',');
  return request.scopes.filter((scope) => world.profile.scopes[scope] === undefined || withheld.includes(scope));
}
