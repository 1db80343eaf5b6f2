import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TrustedIssuer } from '../settings/identity-settings.ts';

/** What a test token says beside the ordinary. */
export interface TestTokenOptions {
  readonly audience?: string;
  /** Seconds from now; negative for a token that has ended. */
  readonly expiresInSeconds?: number;
  readonly name?: string;
  readonly email?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** An issuer of tokens on a free loopback port, with keys of its own. */
export interface TestIssuer {
  readonly issuer: string;
  readonly jwksUri: string;
  /** For TRUSTED_ISSUERS: people and services of this issuer, for the audience `urn:mooring:api` (or the given ones). */
  trusted(...audience: string[]): TrustedIssuer[];
  /** A token of a person. */
  person(subject: string, options?: TestTokenOptions): Promise<string>;
  /** A token of a service, as client credentials give it. */
  service(subject: string, options?: TestTokenOptions): Promise<string>;
  stop(): Promise<void>;
}

export const TEST_AUDIENCE = 'urn:mooring:api';
const ALGORITHM = 'ES256';
const KEY_ID = 'test-key';
const LIFETIME_SECONDS = 300;

/** Starts an issuer with discovery and JWKS over real HTTP. Stop it after the suite. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' }] };
  const answers: Record<string, unknown> = { '/jwks': keys };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const body = answers[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwksUri = `${issuer}/jwks`;
  answers['/.well-known/openid-configuration'] = { issuer, jwks_uri: jwksUri };

  const mint = (subject: string, claims: Record<string, unknown>, options: TestTokenOptions): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ ...claims, ...options.claims })
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setSubject(subject)
      .setAudience(options.audience ?? TEST_AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + (options.expiresInSeconds ?? LIFETIME_SECONDS))
      .sign(privateKey);
  };
  return {
    issuer,
    jwksUri,
    trusted: (...audience) =>
      (['people', 'services'] as const).map((kind) => ({
        issuer,
        audience: audience.length === 0 ? [TEST_AUDIENCE] : audience,
        kind,
        jwksUri,
      })),
    person: (subject, options = {}) =>
      mint(subject, { client_id: 'test-app', name: options.name, email: options.email }, options),
    service: (subject, options = {}) => mint(subject, { client_id: subject }, options),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
