import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PlatformFailure } from '@mooring/adapters-core';
import type { Reason } from '@mooring/contracts';
import { VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();

beforeAll(() => vault.start());
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const refusedWithoutReason = (): PlatformFailure =>
  new PlatformFailure({ class: 'reauthorization_required', reason: 'unknown', platformCode: '401' });

const notify = (reason: Reason | undefined) => {
  const body = { subjectId: vault.platform.subject.id, id: randomUUID(), ...(reason && { reason }) };
  const headers = { 'x-signature': 'signed' };
  return vault.call('callbacks', 'POST', '/webhooks/facebook/deauthorize', { body, headers });
};

describe('the reason that people are told', () => {
  it('L-15 is the notice’s where the platform’s answer gives none, and the inspection confirms the end', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.killAll(refusedWithoutReason());
    await notify('account_suspended');
    const { grant: told } = await vault.eventually(grant.grantId, 'TokenInspected');
    expect(told.cutOff).toMatchObject({ reason: 'account_suspended' });
    expect(told.connections.map(({ cutOff }) => cutOff?.reason)).toEqual(['account_suspended']);
  });

  it('L-15 is the answer’s own where it gives one', async () => {
    const { grant } = await vault.connect(1);
    const changed = new PlatformFailure({ class: 'reauthorization_required', reason: 'password_changed' });
    vault.platform.killAll(changed);
    await notify('removed_in_settings');
    const { grant: told } = await vault.eventually(grant.grantId, 'TokenInspected');
    expect(told.cutOff).toMatchObject({ reason: 'password_changed' });
  });

  it('L-17 is forgotten once the token is proved alive', async () => {
    const connected = await vault.connect(1);
    await notify('account_suspended');
    const { grant: alive } = await vault.eventually(connected.grant.grantId, 'TokenInspected');
    expect(alive.cutOff).toBeNull();
    vault.platform.killAll(refusedWithoutReason());
    const { data } = await vault.inspect(connected.grant);
    expect(data.grant.cutOff).toMatchObject({ reason: 'unknown' });
  });

  it('C30 C31 is a security check after the first inspection that meets it, and every refused publisher hears it', async () => {
    const connected = await vault.connect(1);
    const checkpoint = { class: 'user_action_required', reason: 'security_check', platformCode: '190/459' } as const;
    vault.platform.killAll(new PlatformFailure(checkpoint));
    const { data } = await vault.inspect(connected.grant);
    expect(data.grant.connections[0]?.cutOff).toMatchObject({ reason: 'security_check' });
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      expect(await vault.read(connected.connections[0]?.connectionId ?? '')).toMatchObject({
        status: 409,
        body: { reason: 'security_check', connectionAction: 'open_platform' },
      });
    }
  });
});
