import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PlatformFailure } from '@mooring/adapters-core';
import type { RunningService } from '@mooring/runtime';
import { AppLimits, type Pass } from '../src/limits/app-limits.ts';
import { LimitNews } from '../src/limits/limit-news.ts';
import { LimitTime, PermitLedger, type PlatformApp } from '../src/limits/ports.ts';
import { LimitBounds } from '../src/limits/limit-bounds.ts';
import { RevokeConsent } from '../src/release/revoke-consent.ts';
import { transient } from './test-adapter.ts';
import { VaultFixture } from './vault-fixture.ts';

const LIMITS = {
  PLATFORM_IN_FLIGHT_MAX: '10',
  PLATFORM_PER_SECOND_MAX: '1000',
  PLATFORM_WAIT_MS: '1000',
  PLATFORM_BREAKER_MS: '5000',
  PLATFORM_BREAKER_MAX_MS: '5000',
};
const vault = new VaultFixture({}, LIMITS);
let other: RunningService;
beforeAll(async () => {
  await vault.start();
  other = await vault.startAnother();
});
afterAll(async () => {
  await other?.stop();
  await vault.stop();
});
beforeEach(() => vault.platform.reset());

let apps = 0;
const newApp = (): PlatformApp => ({ platform: 'facebook', clientId: `app-${++apps}` });
/** The limits of an app as one replica has them. */
const replica = (service: RunningService, app: PlatformApp, bounds: Partial<LimitBounds> = {}): AppLimits => {
  const { app: nest } = service;
  const parts = { ledger: nest.get(PermitLedger), time: nest.get(LimitTime), news: nest.get(LimitNews) };
  return new AppLimits(app, { ...parts, bounds: { ...nest.get(LimitBounds), ...bounds } });
};
const leave = (passes: readonly Pass[]): Promise<unknown> => Promise.all(passes.map((pass) => pass.leave(null)));
const failureOf = (entering: Promise<unknown>): Promise<PlatformFailure> =>
  entering.then(
    () => Promise.reject(new Error('it was let in')),
    (error: unknown) => error as PlatformFailure,
  );
/** How many of so many calls are let in while none of them ends. */
async function letIn(limits: AppLimits, count: number): Promise<Pass[]> {
  const entered = await Promise.allSettled(Array.from({ length: count }, () => limits.enter(null)));
  return entered.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

describe('limits of an app, shared by replicas', () => {
  it('never let more calls be under way than the cap, over all replicas', async () => {
    const app = newApp();
    const [one, two] = [replica(vault.service, app), replica(other, app)];
    const [first, second] = await Promise.all([letIn(one, 15), letIn(two, 15)]);
    expect(first.length + second.length).toBeLessThanOrEqual(10);
    expect(first.length + second.length).toBeGreaterThan(0);
    await leave([...first, ...second]);
    expect((await letIn(replica(vault.service, newApp()), 15)).length).toBe(10);
  });

  it('C01 C02 leave a platform alone that fails for several grants, on every replica, and go on after one success', async () => {
    const app = newApp();
    const [one, two] = [replica(vault.service, app), replica(other, app)];
    for (const grant of ['a', 'b', 'c', 'd', 'e']) await (await one.enter(grant)).leave(transient());
    expect(await failureOf(one.enter('f'))).toMatchObject({ class: 'transient', mayHaveArrived: false });
    expect((await failureOf(two.enter('g'))).class).toBe('transient');
    vault.limitTime.pass(60_000);
    // One call tries; the others wait for what it finds out.
    const probe = await one.enter('f');
    const waiting = one.enter('h');
    expect((await failureOf(two.enter('g'))).class).toBe('transient');
    await probe.leave(null);
    await leave([await waiting]);
    vault.limitTime.pass(2_000);
    await leave([await two.enter('g')]);
  });

  it('obey Retry-After for the app on every replica, and for a token on that grant alone', async () => {
    const app = newApp();
    const [one, two] = [replica(vault.service, app), replica(other, app)];
    const limited = (limitScope: 'app' | 'token'): PlatformFailure =>
      new PlatformFailure({ class: 'rate_limited', retryAfterMs: 30_000, limitScope });
    await (await one.enter('11111111-1111-4111-8111-111111111111')).leave(limited('token'));
    for (const limits of [one, two]) {
      const held = await failureOf(limits.enter('11111111-1111-4111-8111-111111111111'));
      expect(held.class).toBe('rate_limited');
      await leave([await limits.enter('22222222-2222-4222-8222-222222222222')]);
    }
    await (await one.enter(null)).leave(limited('app'));
    vault.limitTime.pass(2_000);
    for (const limits of [one, two]) {
      const { class: failureClass, retryAfterMs } = await failureOf(limits.enter(null));
      expect([failureClass, Math.ceil((retryAfterMs ?? 0) / 1_000)]).toEqual(['rate_limited', 28]);
    }
    vault.limitTime.pass(30_000);
    await leave([await two.enter(null)]);
  });

  it('C07 C08 C09 a grant whose call hangs takes one place, and all others go on', async () => {
    const limits = replica(vault.service, newApp());
    const hanging = await limits.enter('bad');
    const again = failureOf(limits.enter('bad'));
    for (let call = 0; call < 50; call += 1) await leave([await limits.enter(`good-${call}`)]);
    vault.limitTime.pass(2_000);
    expect((await again).class).toBe('rate_limited');
    await hanging.leave(transient());
  });

  it('begin with a tenth after a crash of the database, and grow to the whole', async () => {
    const app = newApp();
    const cautious = (): AppLimits => replica(vault.service, app, { cautiousMs: 10_000 });
    const ledger = vault.service.app.get(PermitLedger);
    const ask = { running: 0, wants: 100, permits: 5_000, unused: 0, usage: null };
    const bounds = vault.service.app.get<{ cautiousMs: number }>(LimitBounds);
    Object.assign(bounds, { cautiousMs: 10_000 });
    try {
      const early = await ledger.lease(app, ask);
      expect([early.places, early.permits <= 110]).toEqual([1, true]);
      vault.limitTime.pass(10_000);
      expect((await ledger.lease(app, ask)).places).toBe(10);
      await vault.admin.query('truncate vault.platform_apps, vault.platform_shares');
      expect((await ledger.lease(app, ask)).places).toBe(1);
      await leave([await cautious().enter(null)]);
    } finally {
      Object.assign(bounds, { cautiousMs: 0 });
    }
  });

  it('slow down from 80 % in usage headers on, and stop where a limit is used up', async () => {
    const app = newApp();
    const ledger = vault.service.app.get(PermitLedger);
    const ask = { running: 0, wants: 100, permits: 1, unused: 0 };
    await ledger.lease(app, { ...ask, usage: null });
    vault.limitTime.pass(60_000);
    expect((await ledger.lease(app, { ...ask, usage: 0.5 })).places).toBe(10);
    expect((await ledger.lease(app, { ...ask, usage: 0.85 })).places).toBe(7);
    const limits = replica(vault.service, newApp());
    await leave([await limits.enter(null)]);
    await limits.heed({ usedFraction: 1, regainAfterMs: 20_000, limitScope: 'app' }, null);
    expect(await failureOf(limits.enter(null))).toMatchObject({ class: 'rate_limited' });
    vault.limitTime.pass(20_000);
    await leave([await limits.enter(null)]);
  });
});

describe('limits and a database pool that is used up', () => {
  it('C07 C08 are at hand while every connection waits for a platform to take a consent back', async () => {
    const small = await vault.startAnother({ DATABASE_POOL_MAX: '2' });
    try {
      const { platform, credentials } = vault.platform.adapter;
      const revoked = ['a', 'b', 'c', 'd'].map((subjectId) =>
        small.app
          .get(RevokeConsent)
          .run({ id: randomUUID(), platform, clientId: credentials.clientId, subjectId }, null),
      );
      expect(await Promise.all(revoked)).toEqual(['revoked', 'revoked', 'revoked', 'revoked']);
    } finally {
      await small.stop();
    }
  });
});
