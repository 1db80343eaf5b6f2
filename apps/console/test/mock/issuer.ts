import { createHash, randomUUID } from 'node:crypto';
import express, { Router } from 'express';

const TOKEN_SECONDS = 3_600;
const PERSON = { sub: 'olivia', name: 'Olivia Owner', email: 'olivia@example.com' };

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
// The page reads claims and leaves the check of the signature to the API.
const token = (claims: Record<string, unknown>) => `${base64({ alg: 'none' })}.${base64(claims)}.unsigned`;

interface Asked {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

/** An OpenID provider that knows one person and asks nothing; it insists on PKCE and on the resource at both ends. */
export function issuer(address: () => string, resource: string): Router {
  const codes = new Map<string, Asked>();
  const router = Router();
  router.use((_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' });
    next();
  });
  router.options('/{*any}', (_request, response) => void response.sendStatus(204));
  router.get('/.well-known/openid-configuration', (_request, response) => {
    response.json({
      issuer: address(),
      authorization_endpoint: `${address()}/authorize`,
      token_endpoint: `${address()}/token`,
      end_session_endpoint: `${address()}/end`,
    });
  });
  router.get('/authorize', (request, response) => {
    const query = request.query as Record<string, string>;
    if (query.resource !== resource || query.code_challenge_method !== 'S256') {
      response.status(400).send('no resource or no PKCE');
      return;
    }
    const code = randomUUID();
    codes.set(code, {
      nonce: query.nonce ?? '',
      challenge: query.code_challenge ?? '',
      redirectUri: query.redirect_uri ?? '',
    });
    const back = new URL(query.redirect_uri ?? '');
    back.search = new URLSearchParams({ code, state: query.state ?? '' }).toString();
    response.redirect(back.href);
  });
  router.post('/token', express.urlencoded({ extended: false }), (request, response) => {
    const body = request.body as Record<string, string>;
    const asked = codes.get(body.code ?? '');
    const challenge = createHash('sha256')
      .update(body.code_verifier ?? '')
      .digest('base64url');
    if (!asked || asked.challenge !== challenge || body.resource !== resource) {
      response.status(400).json({ error: 'invalid_grant' });
      return;
    }
    codes.delete(body.code ?? '');
    const now = Math.trunc(Date.now() / 1_000);
    const times = { iat: now, exp: now + TOKEN_SECONDS };
    response.json({
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      scope: 'openid profile email',
      access_token: token({ iss: address(), aud: resource, sub: PERSON.sub, ...times }),
      id_token: token({ iss: address(), aud: 'mooring-console', nonce: asked.nonce, ...PERSON, ...times }),
    });
  });
  router.get('/end', (request, response) => {
    const query = request.query as Record<string, string>;
    response.redirect(query.post_logout_redirect_uri ?? '/');
  });
  return router;
}
