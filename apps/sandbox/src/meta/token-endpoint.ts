import { textOf } from '../request-values.ts';
import { decodeToken, type GraphCall } from './call.ts';
import { redeemCode } from './codes.ts';
import { GraphError, invalidParameter } from './graph-error.ts';
import { TokenBook, type IssuedUserToken } from './tokens.ts';

function checkApp(call: GraphCall): void {
  const { app } = call.world;
  const clientId = textOf(call.params, 'client_id');
  if (clientId === undefined) throw new GraphError({ code: 101, message: 'Missing client_id parameter.' });
  if (clientId !== app.clientId) {
    throw new GraphError({
      code: 101,
      message: 'Error validating application. Cannot get application info due to a system error.',
    });
  }
  if (textOf(call.params, 'client_secret') !== app.clientSecret) {
    throw new GraphError({ code: 1, message: 'Error validating client secret.' });
  }
}

function tokenBody(issued: IssuedUserToken) {
  return {
    access_token: issued.record.value,
    token_type: 'bearer',
    ...(issued.expiresInSeconds === undefined ? {} : { expires_in: issued.expiresInSeconds }),
  };
}

function checkRedirectUri(call: GraphCall): string {
  const redirectUri = textOf(call.params, 'redirect_uri');
  const refuse = (message: string) => new GraphError({ code: 191, message });
  if (redirectUri === undefined) throw refuse('Missing redirect_uri parameter.');
  if (!URL.canParse(redirectUri)) throw refuse("redirect_uri isn't an absolute URI. Check RFC 3986.");
  if (!call.world.app.redirectUris.includes(redirectUri)) {
    throw refuse(
      "Can't Load URL: The domain of this URL isn't included in the app's domains. To be able to load this URL, add all domains and subdomains of your app to the App Domains field in your app settings.",
    );
  }
  return redirectUri;
}

function exchangeCode(call: GraphCall) {
  const redirectUri = checkRedirectUri(call);
  checkApp(call);
  const person = redeemCode(call.world, textOf(call.params, 'code') ?? '', redirectUri);
  return tokenBody(new TokenBook(call.world).issueShort(person));
}

function exchangeToken(call: GraphCall) {
  checkApp(call);
  const value = textOf(call.params, 'fb_exchange_token');
  if (value === undefined) throw invalidParameter('fb_exchange_token parameter not specified');
  const token = decodeToken(call.world, value);
  const book = new TokenBook(call.world);
  const refusal = book.refusal(token);
  if (refusal !== undefined) throw refusal;
  if (token.kind !== 'user') throw invalidParameter('(#100) fb_exchange_token must be a user access token');
  return tokenBody(book.exchange(token));
}

function appToken(call: GraphCall) {
  checkApp(call);
  const { world } = call;
  const known = world.state.appTokens.at(-1);
  const value = known ?? `${world.app.clientId}|${world.mint.mint('', 27)}`;
  if (known === undefined) world.state.appTokens.push(value);
  world.changed();
  return { access_token: value, token_type: 'bearer' };
}

export function tokenGrantOf(grantType: string | undefined): string {
  return grantType === undefined || grantType === 'authorization_code' ? 'code' : grantType;
}

/** `oauth/access_token`: code exchange, long-lived exchange, app token. */
export function answerTokenRequest(call: GraphCall): unknown {
  const grant = tokenGrantOf(textOf(call.params, 'grant_type'));
  if (grant === 'code') return exchangeCode(call);
  if (grant === 'fb_exchange_token') return exchangeToken(call);
  if (grant === 'client_credentials') return appToken(call);
  throw invalidParameter(`Invalid grant_type: ${grant}`);
}
