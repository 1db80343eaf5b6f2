import { randomUUID } from 'node:crypto';
import { days, minutes } from '@mooring/contracts';
import { passwordChanged, transient, unexpected } from './test-adapter.ts';
import { gate, VaultFixture } from './vault-fixture.ts';

// A platform of the other kind: accounts are used with the grant's own token, whose refresh token rotates.
const vault = new VaultFixture({
  platform: 'x',
  accountTokens: false,
  dependsOnRefresh: true,
  refreshKind: 'rotating',
});
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

describe('connections that live on the token that is renewed', () => {
  it('L-13 are cut off when three counted failures exhaust the renewal, and healed by one that succeeds', async () => {
    const { grant, connections } = await vault.connect(1);
    vault.platform.faults.refresh = () => {
      throw unexpected();
    };
    for (let round = 0; round < 3; round += 1) {
      vault.clock.advance(minutes(1));
      await vault.refresh(grant);
    }
    expect(await vault.read(connections[0]!.connectionId)).toMatchObject({
      status: 409,
      body: { reason: 'refresh_failed' },
    });
    vault.platform.faults = {};
    const { data } = await vault.refresh(grant);
    expect(data).toMatchObject({ grant: { cutOff: null, connections: [{ cutOff: null }] } });
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
  });

  it('C35 are cut off at once with the reason when the platform refuses for good', async () => {
    const { grant } = await vault.connect(2);
    vault.platform.faults.refresh = () => {
      throw passwordChanged();
    };
    const { data } = await vault.refresh(grant);
    expect(data).toMatchObject({
      failure: { class: 'reauthorization_required', reason: 'password_changed', platformCode: '190/460' },
      grant: { consentAdvice: false, connections: [{ cutOff: { reason: 'password_changed' } }, { cutOff: {} }] },
    });
  });

  it('C18 C19 are read by 50 callers at once after the token lapsed: one renewal, everybody gets the new token', async () => {
    const { connections } = await vault.connect(1);
    const { connectionId } = connections[0]!;
    const before = (await vault.read(connectionId)).body.accessToken;
    vault.clock.advance(days(61));
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = reach;
    const reading = Array.from({ length: 50 }, () => vault.read(connectionId));
    await reached;
    open();
    const answers = await Promise.all(reading);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const tokens = new Set(answers.map(({ body }) => body.accessToken));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(before);
    expect(vault.platform.calls['refresh']).toBe(1);
  });

  it('are served with the old token while it is good and a renewal is under way', async () => {
    const { grant, connections } = await vault.connect(1);
    const { connectionId } = connections[0]!;
    const before = (await vault.read(connectionId)).body.accessToken;
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = reach;
    const refreshing = vault.refresh(grant);
    await reached;
    expect((await vault.read(connectionId)).body.accessToken).toBe(before);
    open();
    await refreshing;
    expect((await vault.read(connectionId)).body.accessToken).not.toBe(before);
  });

  it('never get a token that has lapsed while the platform is away', async () => {
    const { connections } = await vault.connect(1);
    vault.clock.advance(days(61));
    vault.platform.faults.refresh = () => {
      throw transient();
    };
    expect(await vault.read(connections[0]!.connectionId)).toMatchObject({
      status: 503,
      body: { code: 'platform_unavailable', retryable: true },
    });
  });

  it('are refused with the reason where the renewal for a reader finds them cut off', async () => {
    const { connections } = await vault.connect(1);
    vault.clock.advance(days(61));
    vault.platform.faults.refresh = () => {
      throw passwordChanged();
    };
    expect(await vault.read(connections[0]!.connectionId)).toMatchObject({
      status: 409,
      body: { code: 'connection_not_usable', reason: 'password_changed' },
    });
  });

  it('leave one attempt behind, not one a look, where another process holds the grant for too long', async () => {
    const { grant, connections } = await vault.connect(1);
    vault.clock.advance(days(61));
    await vault.admin.query(
      `insert into vault.leases (name, owner, fence, expires_at) values ($1, $2, 1, now() + interval '1 hour')`,
      [`grant:${grant.grantId}`, randomUUID()],
    );
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(503);
    const left = `select count(*)::int as n from vault.attempts where grant_id = $1 and trigger = 'read'`;
    expect(await vault.one(left, [grant.grantId])).toEqual({ n: 1 });
  });

  it('C10 C11 keep their refresh token when a renewal or a reconnect brings none', async () => {
    const { grant, connections } = await vault.connect(1);
    const refreshToken = () =>
      vault.one<{ generation: number }>(
        `select generation from vault.sealed_tokens where grant_id = $1 and kind = 'refresh'`,
        [grant.grantId],
      );
    Object.assign(vault.platform.options, { refreshKind: 'reexchange' });
    await vault.refresh(grant);
    expect(await refreshToken()).toEqual({ generation: 1 });
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...connections[0]!, activation: 2 }], 'reconnect');
    expect(await refreshToken()).toEqual({ generation: 1 });
    Object.assign(vault.platform.options, { refreshKind: 'rotating' });
    await vault.refresh(grant);
    expect(await refreshToken()).toEqual({ generation: 4 });
  });
});
