import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { hours, minutes } from '@mooring/contracts';
import { PlatformFailure } from '@mooring/adapters-core';
import { invalidGrant, noAnswer, StrictPlatform } from './strict-platform.ts';
import { CANARY } from './test-adapter.ts';
import { gate, VaultFixture } from './vault-fixture.ts';

let platform: StrictPlatform;
const vault = new VaultFixture((now) => (platform = new StrictPlatform(now)), {
  PLATFORM_BREAKER_FAILURES: '1000',
  READ_WAIT_MS: '2000',
});
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => platform.reset());

const failing = (failure: () => PlatformFailure) => () => {
  throw failure();
};
const newest = async (connectionId: string): Promise<boolean> =>
  platform.isNewest((await vault.read(connectionId)).body.accessToken);
const journal = async (): Promise<string[]> =>
  (await readdir(vault.journalDirectory, { recursive: true })).filter((name) => /\.(json|begun)$/.test(name));

describe('a token that is spent once', () => {
  it('C18 is on record as spent, with its attempt, before the platform hears of it', async () => {
    const { grant } = await vault.connect(1);
    let seen: unknown;
    platform.renewalFaults.before = async () => {
      seen = await vault.one(
        `select g.doubt_generation as generation, a.state from vault.grants g join vault.attempts a on a.grant_id = g.id
         where g.id = $1`,
        [grant.grantId],
      );
    };
    await vault.refresh(grant, { generation: 1 });
    expect(seen).toEqual({ generation: 1, state: 'sending' });
    expect(await vault.one('select doubt_generation from vault.grants where id = $1', [grant.grantId])).toEqual({
      doubt_generation: null,
    });
    expect(await journal()).toEqual([]);
  });

  it('C18 is not spent again while the access token lives, and is told with the time until then', async () => {
    const { grant, connections } = await vault.connect(1);
    platform.renewalFaults.after = failing(noAnswer);
    vault.clock.advance(minutes(90));
    const { data } = await vault.refresh(grant);
    expect(data).toMatchObject({
      failure: { class: 'transient', consecutive: 0, retryAfterSeconds: 1_800 },
      grant: { cutOff: null },
    });
    expect((await vault.refresh(grant)).data).toMatchObject({
      failure: { class: 'transient' },
      grant: { cutOff: null },
    });
    expect(platform.renewals).toBe(1);
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
  });

  it('C18 C35 is spent once more when the access token has lapsed; the refusal names the lost answer', async () => {
    const { grant, connections } = await vault.connect(1);
    platform.renewalFaults.after = failing(noAnswer);
    await vault.refresh(grant);
    platform.renewalFaults = {};
    vault.clock.advance(hours(3));
    const { data } = await vault.refresh(grant);
    expect(data).toMatchObject({
      failure: { class: 'reauthorization_required', reason: 'refresh_answer_lost', platformCode: 'invalid_grant' },
      grant: {
        cutOff: { reason: 'refresh_answer_lost' },
        connections: [{ cutOff: { reason: 'refresh_answer_lost' } }],
      },
    });
    expect(platform.renewals).toBe(2);
    expect(await vault.read(connections[0]!.connectionId)).toMatchObject({
      status: 409,
      body: { reason: 'refresh_answer_lost', connectionAction: 'reconnect' },
    });
  });

  it('C01 C18 renews as ever after a request that the platform never took', async () => {
    const { grant, connections } = await vault.connect(1);
    platform.renewalFaults.before = failing(noAnswer);
    await vault.refresh(grant);
    platform.renewalFaults = {};
    vault.clock.advance(hours(3));
    expect((await vault.refresh(grant)).data).toMatchObject({ grant: { generation: 2, cutOff: null } });
    expect(await newest(connections[0]!.connectionId)).toBe(true);
  });

  it('C01 survives an outage of any length: whatever lapses meanwhile, nobody is cut off', async () => {
    const { grant } = await vault.connect(1);
    platform.renewalFaults.before = failing(noAnswer);
    for (let round = 0; round < 5; round += 1) {
      vault.clock.advance(hours(1));
      expect((await vault.refresh(grant)).data).toMatchObject({ failure: { consecutive: 0 }, grant: { cutOff: null } });
    }
    platform.renewalFaults = {};
    expect((await vault.refresh(grant)).type).toBe('TokenRefreshed');
  });

  it('may be sent again at once where the request can’t have arrived, or was refused without being taken', async () => {
    const { grant } = await vault.connect(1);
    const refused = () => new PlatformFailure({ class: 'transient', mayHaveArrived: false });
    const limited = () => new PlatformFailure({ class: 'rate_limited', retryAfterMs: 1, limitScope: 'token' });
    for (const failure of [refused, limited]) {
      platform.renewalFaults.before = failing(failure);
      await vault.refresh(grant);
    }
    platform.renewalFaults = {};
    expect((await vault.refresh(grant)).type).toBe('TokenRefreshed');
  });

  it('C10 leaves the stored refresh token where the platform gives no new one', async () => {
    const { grant } = await vault.connect(1);
    const stored = `select t.id from vault.sealed_tokens t where grant_id = $1 and kind = 'refresh'`;
    const before = await vault.one(stored, [grant.grantId]);
    platform.keepsRefreshToken = true;
    expect((await vault.refresh(grant)).data).toMatchObject({ grant: { generation: 2 } });
    expect(await vault.one(stored, [grant.grantId])).toEqual(before);
    expect(vault.logs.text()).toContain('a single-use token was renewed without a new one');
  });

  it('C04 C12 is renewed before a refused or lapsed access token is taken for dead', async () => {
    const { grant, connections } = await vault.connect(1);
    vault.clock.advance(hours(3));
    const { data } = await vault.inspect(grant);
    expect(data).toMatchObject({
      answered: true,
      grant: { generation: 2, cutOff: null, connections: [{ cutOff: null }] },
    });
    expect(platform.renewals).toBe(1);
    expect(await newest(connections[0]!.connectionId)).toBe(true);
  });

  it('C04 is asked for by the platform’s word that the access token is dead, and the refusal decides', async () => {
    const { grant } = await vault.connect(1);
    platform.latest.living = false;
    const { data } = await vault.inspect(grant);
    expect(data).toMatchObject({ answered: true, grant: { cutOff: { reason: 'unknown' }, generation: 1 } });
    expect(platform.renewals).toBe(1);
  });

  it('C01 C04 decides nothing while the renewal that would decide gets no answer', async () => {
    const { grant } = await vault.connect(1);
    vault.clock.advance(hours(3));
    platform.renewalFaults.before = failing(noAnswer);
    const { data } = await vault.inspect(grant);
    expect(data).toMatchObject({ answered: false, failure: { class: 'transient' }, grant: { cutOff: null } });
  });

  it('a new consent wins over a renewal in flight, and what nobody needs any more is taken back', async () => {
    const { grant, connections } = await vault.connect(1);
    const { reach, open, reached } = gate();
    platform.renewalFaults.after = reach;
    const refreshing = vault.refresh(grant);
    await reached;
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...connections[0]!, activation: 2 }], 'reconnect');
    open();
    expect((await refreshing).data).toMatchObject({ grant: { generation: 2, cutOff: null } });
    expect(await newest(connections[0]!.connectionId)).toBe(true);
    const [loser] = platform.families.slice(-2);
    expect(platform.revoked.map(({ token }) => loser!.accesses.has(token!))).toEqual([true]);
    expect(
      await vault.one('select 1 from vault.sealed_tokens where grant_id = $1 and orphan', [grant.grantId]),
    ).toBeUndefined();
  });

  it('C21 a refusal of what somebody else has replaced declares nothing dead', async () => {
    const { grant, connections } = await vault.connect(1);
    const { reach, open, reached } = gate();
    platform.renewalFaults.before = async () => {
      await reach();
      throw invalidGrant();
    };
    const refreshing = vault.refresh(grant);
    await reached;
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...connections[0]!, activation: 2 }], 'reconnect');
    open();
    expect((await refreshing).data).toMatchObject({ grant: { generation: 2, cutOff: null } });
  });

  it('C23 that is renewed after a disconnect is taken back at the platform and kept nowhere', async () => {
    const connected = await vault.connect(1);
    const { reach, open, reached } = gate();
    platform.renewalFaults.after = reach;
    const refreshing = vault.refresh(connected.grant).catch(() => undefined);
    await reached;
    await vault.admin.query(`update vault.leases set expires_at = '-infinity'`);
    await vault.release(connected, 0);
    open();
    await refreshing;
    await vault.eventually(connected.grant.grantId, 'TokenRevoked', ({ result }) => result === 'revoked');
    expect(platform.isNewest(platform.revoked.at(-1)!.token!)).toBe(true);
    expect(
      await vault.one('select 1 from vault.sealed_tokens where grant_id = $1', [connected.grant.grantId]),
    ).toBeUndefined();
    expect(await journal()).toEqual([]);
  });

  it('C90 leaves no token in a log', () => {
    expect(vault.logs.text()).not.toContain(CANARY);
  });
});
