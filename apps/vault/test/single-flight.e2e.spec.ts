import { randomUUID } from 'node:crypto';
import { hours } from '@mooring/contracts';
import type { RunningService } from '@mooring/runtime';
import { RefreshGrant } from '../src/refresh/refresh-grant.ts';
import { noAnswer, StrictPlatform } from './strict-platform.ts';
import { gate, VaultFixture } from './vault-fixture.ts';

let platform: StrictPlatform;
const vault = new VaultFixture((now) => (platform = new StrictPlatform(now)), { PLATFORM_BREAKER_FAILURES: '1000' });
const others: RunningService[] = [];
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => platform.reset());
afterEach(async () => {
  await Promise.all(others.splice(0).map((service) => service.stop()));
});

const start = async (environment: Record<string, string> = {}): Promise<RunningService> => {
  const service = await vault.startAnother(environment);
  others.push(service);
  return service;
};

describe('single flight', () => {
  it('C19 in the process: 50 callers are one attempt, one lease and one renewal', async () => {
    const connected = await vault.connect(1);
    const { reach, open, reached } = gate();
    platform.renewalFaults.after = reach;
    const tickets = await Promise.all(Array.from({ length: 50 }, () => vault.attempt(connected.grant)));
    const running = tickets.map((ticket) => vault.service.app.get(RefreshGrant).run(ticket));
    await reached;
    open();
    // Nobody is sent away to come back later.
    expect(new Set((await Promise.all(running)).map(({ kind }) => kind))).toEqual(new Set(['refreshed']));
    expect(platform.renewals).toBe(1);
    const fence = 'select fence::int from vault.leases where name = $1';
    expect(await vault.one(fence, [`grant:${connected.grant.grantId}`])).toEqual({ fence: 1 });
  });

  it('C19 between processes: who comes second is told that the lease is held, and asks nobody', async () => {
    const connected = await vault.connect(1);
    const other = await start();
    const { reach, open, reached } = gate();
    platform.renewalFaults.after = reach;
    const first = vault.service.app.get(RefreshGrant).run(await vault.attempt(connected.grant));
    await reached;
    const second = await other.app.get(RefreshGrant).run(await vault.attempt(connected.grant));
    expect(second).toEqual({ kind: 'busy' });
    open();
    await first;
    expect(platform.renewals).toBe(1);
  });

  it('C19 after it: who was asked for a generation that is gone looks again and asks nobody', async () => {
    const connected = await vault.connect(1);
    await vault.refresh(connected.grant, { generation: 1 });
    expect((await vault.refresh(connected.grant, { generation: 1 })).type).toBe('TokenRefreshed');
    expect(platform.renewals).toBe(1);
  });

  it('C20 is over when the lease of a dead process lapses: nobody is locked out for good', async () => {
    const connected = await vault.connect(1);
    const dead = `insert into vault.leases (name, owner, fence, expires_at)
      values ($1, $2, 7, clock_timestamp() + interval '150 milliseconds')`;
    await vault.admin.query(dead, [`grant:${connected.grant.grantId}`, randomUUID()]);
    const renew = async () =>
      vault.service.app.get(RefreshGrant).run(await vault.attempt(connected.grant, { generation: 1 }));
    expect(await renew()).toEqual({ kind: 'busy' });
    let result = await renew();
    while (result.kind === 'busy') result = await renew();
    expect(result).toEqual({ kind: 'refreshed' });
    expect(platform.renewals).toBe(1);
  });

  it('C20 lets a reader go whose renewal takes too long, and gives the next one its result', async () => {
    const connected = await vault.connect(1);
    const service = await start({ READ_WAIT_MS: '200' });
    const { reach, open, reached } = gate();
    platform.renewalFaults.after = reach;
    vault.clock.advance(hours(3));
    const first = vault.service;
    vault.service = service;
    const { connectionId } = connected.connections[0]!;
    const reading = vault.read(connectionId);
    await reached;
    expect((await reading).status).toBe(503);
    open();
    vault.service = first;
    const again = await vault.read(connectionId);
    expect([again.status, platform.renewals]).toEqual([200, 1]);
  });

  it('C01 gives readers no dead token and no cut-off while the platform is silent', async () => {
    const connected = await vault.connect(1);
    vault.clock.advance(hours(3));
    platform.renewalFaults.before = () => {
      throw noAnswer();
    };
    const { connectionId } = connected.connections[0]!;
    expect((await vault.read(connectionId)).status).toBe(503);
    platform.renewalFaults = {};
    expect((await vault.read(connectionId)).status).toBe(200);
  });
});
