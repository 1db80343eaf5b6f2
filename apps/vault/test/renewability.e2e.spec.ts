import { days } from '@mooring/contracts';
import { VaultFixture } from './vault-fixture.ts';

const about = { platform: 'tiktok', accountTokens: false, dependsOnRefresh: true, refreshKind: 'reusable' } as const;
const kinds = {
  with: new VaultFixture(about),
  without: new VaultFixture({ ...about, refreshToken: 'none' }),
  optional: new VaultFixture({ ...about, refreshToken: 'optional' }),
};
beforeAll(() => Promise.all(Object.values(kinds).map((vault) => vault.start())), 120_000);
afterAll(() => Promise.all(Object.values(kinds).map((vault) => vault.stop())));
beforeEach(() => Object.values(kinds).forEach((vault) => vault.platform.reset()));

/** Of one process there is one logger, whichever of its vaults says something. */
const warnedOf = (grantId: string): boolean =>
  Object.values(kinds)
    .flatMap((vault) => vault.logs.lines())
    .some((line) => line['kind'] === 'refresh_token_missing' && line['grantId'] === grantId);

describe('a consent at a platform that renews by refresh tokens', () => {
  it('C17 with one: is renewed by it, and bound by its life', async () => {
    const { grant } = await kinds.with.connect(1);
    expect(grant).toMatchObject({ policy: { refreshKind: 'reusable' }, connections: [{ deadline: null }] });
    expect((await kinds.with.refresh(grant)).type).toBe('TokenRefreshed');
    expect(warnedOf(grant.grantId)).toBe(false);
  });

  it('C11 without one: the operator hears of it at the connect', async () => {
    const { grant } = await kinds.without.connect(1);
    expect(warnedOf(grant.grantId)).toBe(true);
  });

  it('C11 C13 without one where that is nothing odd: nobody is told', async () => {
    const { grant } = await kinds.optional.connect(1);
    expect(warnedOf(grant.grantId)).toBe(false);
  });

  it('C13 C14 C17 without one: is not renewed, and bound by its access token', async () => {
    const { grant, connections } = await kinds.optional.connect(1);
    expect(grant).toMatchObject({
      policy: { refreshKind: 'none' },
      connections: [{ deadline: { kind: 'access_token', at: grant.accessExpiresAt } }],
    });
    const { type, data } = await kinds.optional.refresh(grant);
    expect(type).toBe('TokenRefreshFailed');
    expect(data).toMatchObject({ failure: { class: 'transient', consecutive: 0 }, grant: { cutOff: null } });
    expect(kinds.optional.platform.calls['refresh'] ?? 0).toBe(0);
    kinds.optional.clock.advance(days(61));
    expect(await kinds.optional.read(connections[0]!.connectionId)).toMatchObject({
      status: 409,
      body: { reason: 'token_lapsed', connectionAction: 'reconnect' },
    });
    expect(kinds.optional.platform.calls['refresh'] ?? 0).toBe(0);
  });

  it('C16 keeps the time that its token was issued at, whatever else is written', async () => {
    const vault = kinds.with;
    const { grant } = await vault.connect(1);
    vault.clock.advance(days(3));
    const { data } = await vault.inspect(grant);
    expect(data.grant.issuedAt).toBe(grant.issuedAt);
  });
});
