import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PlatformFailure } from '@mooring/adapters-core';
import type { EventData, PlatformReadiness, PlatformReadinessAnswer } from '@mooring/contracts';
import { CANARY } from './test-adapter.ts';
import { VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture(
  {},
  {
    PLATFORM_READINESS_MS: '1000',
    PLATFORM_BREAKER_MS: '5000',
    PLATFORM_BREAKER_MAX_MS: '5000',
  },
);
beforeAll(() => vault.start());
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const WRONG = [
  { name: 'client_secret', outcome: 'failed', detail: 'The app secret is wrong: mend FACEBOOK_APP_SECRET.' },
] as const;
const FINE = [{ name: 'client_secret', outcome: 'ok', detail: 'The platform takes the app secret.' }] as const;
const wrongSecret = (): never => {
  throw new PlatformFailure({ class: 'misconfigured', detail: 'Error validating client secret', platformCode: '1' });
};

async function readinessOf(platform: string): Promise<PlatformReadiness> {
  const { body } = await vault.internal<PlatformReadinessAnswer>('GET', '/internal/platforms/readiness');
  return body.platforms.find((one) => one.platform === platform)!;
}

async function readinessThat(isIt: (readiness: PlatformReadiness) => boolean): Promise<PlatformReadiness> {
  for (;;) {
    const readiness = await readinessOf('facebook');
    if (isIt(readiness)) return readiness;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const alerts = (): Record<string, unknown>[] =>
  vault.logs.lines().filter(({ level, kind }) => level === 'error' && kind === 'platform_misconfigured');
async function alertCount(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${vault.service.operationsPort}/metrics`);
  const line = /^mooring_vault_operator_alerts_total\{.*kind="platform_misconfigured".*\} (\d+)$/m;
  return Number(line.exec(await answer.text())?.[1] ?? 0);
}

describe('an app that is not set up right at its platform', () => {
  it('C02 C44 C46 touches no connection, alerts the operator once, says what is wrong, and heals when it is mended', async () => {
    const all = [];
    for (let person = 0; person < 6; person += 1) {
      vault.platform.subject = { id: `misconfigured-${person}`, name: 'Person' };
      vault.platform.accounts = [`page-misconfigured-${person}`];
      all.push(await vault.connect(1));
    }
    const [linesBefore, countBefore] = [alerts().length, await alertCount()];
    vault.platform.readiness = WRONG;
    vault.platform.faults.refresh = wrongSecret;
    for (const { grant, connections } of all) {
      const { data } = await vault.refresh(grant);
      expect((data as EventData<'TokenRefreshFailed'>).failure).toMatchObject({
        class: 'misconfigured',
        consecutive: 0,
        exhausted: false,
      });
      expect((data as EventData<'TokenRefreshFailed'>).grant).toMatchObject({ cutOff: null, consentAdvice: false });
      expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
    }
    expect(vault.platform.calls['refresh']).toBe(1);
    const wrong = await readinessThat(({ checks }) => checks.some(({ outcome }) => outcome === 'failed'));
    expect(wrong).toMatchObject({ configured: true, breaker: 'open', cause: 'misconfigured', checks: WRONG });
    expect(wrong.since).not.toBeNull();
    expect([alerts().length - linesBefore, (await alertCount()) - countBefore]).toEqual([1, 1]);
    expect(JSON.stringify(alerts())).not.toContain(CANARY);

    // Mended at the platform: the check finds out by itself.
    vault.platform.readiness = FINE;
    vault.platform.faults = {};
    vault.limitTime.pass(60_000);
    expect(await readinessThat(({ breaker }) => breaker === 'closed')).toMatchObject({ cause: null, checks: FINE });
    for (const { grant } of all) expect((await vault.refresh(grant)).type).toBe('TokenRefreshed');
    const mended = vault.logs.lines().filter(({ msg }) => msg === 'operator is no longer needed');
    expect(mended).toHaveLength(1);
    expect([alerts().length - linesBefore, (await alertCount()) - countBefore]).toEqual([1, 1]);
  });

  it('is tried by one call after each back-off step where the check sees nothing wrong', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.readiness = FINE;
    vault.platform.faults.refresh = wrongSecret;
    await vault.refresh(grant);
    vault.platform.faults = {};
    vault.limitTime.pass(6_000);
    expect((await vault.refresh(grant)).type).toBe('TokenRefreshed');
    expect(await readinessOf('facebook')).toMatchObject({ breaker: 'closed' });
  });

  it('C44 is tried by one call where the check, which saw it first, no longer tells anything', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.readiness = WRONG;
    vault.platform.faults.refresh = wrongSecret;
    await vault.refresh(grant);
    await readinessThat(({ checks }) => checks.some(({ outcome }) => outcome === 'failed'));
    const held = (await vault.refresh(grant)).data as EventData<'TokenRefreshFailed'>;
    expect(held.failure).toMatchObject({ class: 'misconfigured', consecutive: 0 });

    vault.platform.readiness = [{ name: 'client_secret', outcome: 'unknown', detail: 'No clear answer.' }];
    vault.platform.faults = {};
    vault.limitTime.pass(60_000);
    await readinessThat(({ breaker }) => breaker === 'half_open');
    expect((await vault.refresh(grant)).type).toBe('TokenRefreshed');
    expect(await readinessOf('facebook')).toMatchObject({ breaker: 'closed', cause: null });
  });

  it('C45 is listed with those that nobody has set up, for the gateway alone', async () => {
    expect(await readinessOf('linkedin')).toMatchObject({ configured: false, breaker: 'closed', checks: [] });
    expect((await vault.call('internal', 'GET', '/internal/platforms/readiness')).status).toBe(401);
  });
});
