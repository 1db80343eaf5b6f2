import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { TrustedIssuer } from '../settings/identity-settings.ts';
import { startTestIssuer, type TestIssuer } from '../test-tools/test-issuer.ts';
import { JwtVerifier } from './jwt-verifier.ts';

let issuer: TestIssuer;
let stranger: TestIssuer;
beforeAll(async () => {
  [issuer, stranger] = await Promise.all([startTestIssuer(), startTestIssuer()]);
});
afterAll(() => Promise.all([issuer.stop(), stranger.stop()]));

const verifierOf = (overrides: Partial<ConstructorParameters<typeof JwtVerifier>[0]> = {}) =>
  new JwtVerifier({
    issuers: issuer.trusted(),
    serviceScopes: { publisher: { scopes: ['tokens:read'] } },
    ...overrides,
  });
const withoutKeys = ({ issuer: url, audience, kind }: TrustedIssuer): TrustedIssuer => ({
  issuer: url,
  audience,
  kind,
});
const unauthenticated = { code: 'unauthenticated' };

describe('JwtVerifier', () => {
  it('knows a person by issuer and subject', async () => {
    const token = await issuer.person('ada', { name: 'Ada', email: 'ada@example.test' });
    await expect(verifierOf().verify(token)).resolves.toEqual({
      kind: 'people',
      issuer: issuer.issuer,
      subject: 'ada',
      name: 'Ada',
      email: 'ada@example.test',
      scopes: [],
    });
  });

  it("knows a service by its own client's token, with the scopes that the operator gave", async () => {
    await expect(verifierOf().verify(await issuer.service('publisher'))).resolves.toMatchObject({
      kind: 'services',
      subject: 'publisher',
      scopes: ['tokens:read'],
    });
    await expect(verifierOf().verify(await issuer.service('unlisted'))).resolves.toMatchObject({ scopes: [] });
  });

  it('finds the keys by discovery', async () => {
    const issuers = issuer.trusted().map((entry) => withoutKeys(entry));
    await expect(verifierOf({ issuers }).verify(await issuer.person('ada'))).resolves.toMatchObject({ subject: 'ada' });
  });

  it('refuses a token that is over, for another audience, or not from a trusted issuer', async () => {
    const verifier = verifierOf();
    for (const token of [
      await issuer.person('ada', { expiresInSeconds: -60 }),
      await issuer.person('ada', { audience: 'urn:other' }),
      await stranger.person('ada'),
      await stranger.person('ada', { claims: { iss: issuer.issuer } }),
      'not.a.token',
      '',
      'x'.repeat(20_000),
    ]) {
      await expect(verifier.verify(token)).rejects.toMatchObject(unauthenticated);
    }
  });

  it('refuses a token signed by another key in the name of a trusted issuer, unsigned, or by a shared secret', async () => {
    const claims = { sub: 'ada', client_id: 'app' };
    const now = Math.floor(Date.now() / 1_000);
    const forged = new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'test-key' })
      .setIssuer(issuer.issuer)
      .setAudience('urn:mooring:api')
      .setExpirationTime(now + 60)
      .sign(Buffer.alloc(32));
    const unsigned = new UnsecuredJWT(claims)
      .setIssuer(issuer.issuer)
      .setAudience('urn:mooring:api')
      .setExpirationTime(now + 60)
      .encode();
    const verifier = verifierOf({ issuers: [{ ...issuer.trusted()[0]!, jwksUri: stranger.jwksUri }] });
    await expect(verifier.verify(await issuer.person('ada'))).rejects.toMatchObject(unauthenticated);
    await expect(verifierOf().verify(await forged)).rejects.toMatchObject(unauthenticated);
    await expect(verifierOf().verify(unsigned)).rejects.toMatchObject(unauthenticated);
  });

  it("takes no client's own token for a person where only people are trusted", async () => {
    const people = issuer.trusted().filter(({ kind }) => kind === 'people');
    await expect(verifierOf({ issuers: people }).verify(await issuer.service('publisher'))).rejects.toMatchObject(
      unauthenticated,
    );
  });

  it('does not give the scopes of a subject to its namesake at another issuer', async () => {
    const issuers = [...issuer.trusted(), ...stranger.trusted()];
    await expect(verifierOf({ issuers }).verify(await stranger.service('publisher'))).resolves.toMatchObject({
      scopes: [],
    });
    const serviceScopes = { [`${issuer.issuer}#publisher`]: { scopes: ['tokens:read'] } };
    const verifier = verifierOf({ issuers, serviceScopes });
    await expect(verifier.verify(await issuer.service('publisher'))).resolves.toMatchObject({
      scopes: ['tokens:read'],
    });
  });

  it('gives no scopes to a service that is called like a member of every object', async () => {
    for (const subject of ['constructor', 'toString', '__proto__']) {
      await expect(verifierOf().verify(await issuer.service(subject))).resolves.toMatchObject({ subject, scopes: [] });
    }
  });

  it('reads scopes from a claim only where the operator named it', async () => {
    const token = await issuer.service('other', { claims: { scope: 'posts:write tokens:read' } });
    await expect(verifierOf().verify(token)).resolves.toMatchObject({ scopes: [] });
    const issuers = issuer.trusted().map((entry) => ({ ...entry, scopeClaim: 'scope' }));
    await expect(verifierOf({ issuers }).verify(token)).resolves.toMatchObject({
      scopes: ['posts:write', 'tokens:read'],
    });
  });

  it('remembers a verified token, boundedly, so that it asks the issuer no more', async () => {
    const short = await startTestIssuer();
    const verifier = new JwtVerifier({ issuers: short.trusted(), serviceScopes: {}, cacheEntriesMax: 1 });
    const [first, second] = [await short.person('ada'), await short.person('bob')];
    const caller = await verifier.verify(first);
    expect(await verifier.verify(first)).toBe(caller);
    await verifier.verify(second);
    expect(await verifier.verify(first)).not.toBe(caller);
    await short.stop();
  });

  it('says temporarily_unavailable, not unauthenticated, when the keys cannot be had', async () => {
    const gone = await startTestIssuer();
    const token = await gone.person('ada');
    const [entry] = gone.trusted();
    await gone.stop();
    for (const trusted of [entry!, withoutKeys(entry!)]) {
      const verifier = new JwtVerifier({ issuers: [trusted], serviceScopes: {} });
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    }
  });
});
