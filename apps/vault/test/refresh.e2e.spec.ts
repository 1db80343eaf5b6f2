import { randomUUID } from 'node:crypto';
import { PlatformFailure } from '@mooring/adapters-core';
import { type EventData, minutes, newEvent, seconds } from '@mooring/contracts';
import { RecordAttempt } from '../src/attempts/record-attempt.ts';
import { RefreshGrant } from '../src/refresh/refresh-grant.ts';
import { CANARY, passwordChanged, transient, unexpected } from './test-adapter.ts';
import { gate, VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const failing = (failure: () => PlatformFailure) => () => {
  throw failure();
};

function refreshRequested(grantId: string, generation = 1) {
  return newEvent({
    type: 'RefreshRequested',
    service: 'scheduler',
    subject: grantId,
    key: grantId,
    workspaceId: vault.workspaceId,
    time: new Date(),
    data: {
      grantId,
      generation,
      attemptId: randomUUID(),
      trigger: 'schedule',
      requestedBy: null,
      notAfter: new Date(Date.now() + minutes(5)).toISOString(),
    },
  });
}

describe('renewing', () => {
  it('C12 does what was asked for once, however often the command comes, and stores a token that is new', async () => {
    const { grant } = await vault.connect(1);
    const command = refreshRequested(grant.grantId);
    const record = vault.service.app.get(RecordAttempt);
    await Promise.all([record.run(command), record.run(command)]);
    await record.run({ ...command, id: randomUUID() as typeof command.id });
    const refreshed = await vault.eventually(grant.grantId, 'TokenRefreshed');
    expect(refreshed).toMatchObject({
      attempt: { attemptId: command.data.attemptId, trigger: 'schedule' },
      grant: { generation: 2, refreshedAt: vault.clock.now().toISOString() },
    });
    expect(vault.platform.calls['refresh']).toBe(1);
    expect(JSON.stringify(await vault.events(grant.grantId))).not.toContain(CANARY);
  });

  it('C19 C20 asks the platform once for 50 callers at the same time in two processes, and answers all of them', async () => {
    const { grant } = await vault.connect(1);
    const other = await vault.startAnother();
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = reach;
    const tickets = await Promise.all(Array.from({ length: 50 }, () => vault.attempt(grant, { generation: 1 })));
    const [here, there] = [vault.service.app.get(RefreshGrant), other.app.get(RefreshGrant)];
    const running = tickets.map((ticket, index) => (index % 2 ? here : there).run(ticket));
    await reached;
    open();
    const results = await Promise.all(running);
    // The process that came second says so; its attempts are done when they are claimed again.
    const busy = tickets.filter((_, index) => results[index]?.kind === 'busy');
    await Promise.all(busy.map((ticket) => here.run(ticket)));
    expect(vault.platform.calls['refresh']).toBe(1);
    for (const ticket of tickets) expect((await vault.answerTo(ticket)).type).toBe('TokenRefreshed');
    expect((await vault.events(grant.grantId)).at(-1)!.data).toMatchObject({ grant: { generation: 2 } });
    await other.stop();
  });

  it.each([
    ['no answer', transient],
    ['a rate limit', () => new PlatformFailure({ class: 'rate_limited', retryAfterMs: 1, limitScope: 'token' })],
    ['a fault of ours', () => new PlatformFailure({ class: 'misconfigured', detail: 'bad client secret' })],
  ])('C01 C02 C03 L-13 %s never counts and cuts nobody off, however often', async (_what, failure) => {
    const { grant, connections } = await vault.connect(1);
    vault.platform.faults.refresh = failing(failure);
    for (let round = 0; round < 5; round += 1) {
      vault.clock.advance(minutes(2));
      const { type, data } = await vault.refresh(grant);
      expect(type).toBe('TokenRefreshFailed');
      expect(data).toMatchObject({
        failure: { class: failure().class, consecutive: 0, exhausted: false },
        grant: { cutOff: null, consentAdvice: false, episodeId: null },
      });
    }
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
  });

  it('L-13 counts unexpected failures of a living token a minute apart, three in a row exhaust', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.faults.refresh = failing(unexpected);
    const outcomes: unknown[] = [];
    for (const waitMs of [0, seconds(59), seconds(1), seconds(30), seconds(30)]) {
      vault.clock.advance(waitMs);
      const { data } = await vault.refresh(grant);
      const { consecutive, exhausted } = (data as EventData<'TokenRefreshFailed'>).failure;
      outcomes.push([consecutive, exhausted]);
    }
    expect(outcomes).toEqual([
      [1, false],
      [1, false],
      [2, false],
      [2, false],
      [3, true],
    ]);
    const { data } = (await vault.events(grant.grantId)).at(-1)!;
    // The Page has a token of its own: it stays, with the advice to renew consent.
    expect(data).toMatchObject({
      grant: { cutOff: { reason: 'refresh_failed' }, consentAdvice: true, episodeId: null },
    });
  });

  it('takes an unexpected failure without an answer about the token for nothing', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.faults.refresh = failing(unexpected);
    vault.platform.faults.inspect = failing(transient);
    const { data } = await vault.refresh(grant);
    expect(data).toMatchObject({ failure: { class: 'unexpected', consecutive: 0 }, grant: { cutOff: null } });
  });

  it('takes an unexpected failure of a token that is dead for what it is', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.faults.refresh = failing(unexpected);
    vault.platform.killAll(passwordChanged());
    const { data } = await vault.refresh(grant);
    expect(data).toMatchObject({
      failure: { class: 'reauthorization_required', reason: 'password_changed', consecutive: 0 },
      grant: { cutOff: { reason: 'password_changed' } },
    });
  });

  it('leaves a Page with a living token connected when the person’s token is dead, and inspects it', async () => {
    const { grant, connections } = await vault.connect(1);
    vault.platform.faults.refresh = failing(passwordChanged);
    const { data } = await vault.refresh(grant);
    expect(data).toMatchObject({ grant: { consentAdvice: true, connections: [{ cutOff: null }] } });
    const inspected = await vault.eventually(grant.grantId, 'TokenInspected');
    expect(inspected).toMatchObject({ attempt: { trigger: 'failure' }, grant: { connections: [{ cutOff: null }] } });
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
  });

  it('C04 C21 takes a refusal after somebody else brought new tokens for a lost race', async () => {
    const { grant, connections } = await vault.connect(1);
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = async () => {
      await reach();
      throw passwordChanged();
    };
    const refreshing = vault.refresh(grant);
    await reached;
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...connections[0]!, activation: 2 }], 'reconnect');
    open();
    const { type, data } = await refreshing;
    expect(type).toBe('TokenRefreshed');
    expect(data).toMatchObject({ grant: { generation: 2, cutOff: null } });
  });

  it('lets a reconnect win over a renewal in flight, and keeps the loser sealed', async () => {
    const { grant, connections } = await vault.connect(1);
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = reach;
    const refreshing = vault.refresh(grant);
    await reached;
    const sessionId = randomUUID();
    await vault.open(sessionId);
    await vault.activate(sessionId, [{ ...connections[0]!, activation: 2 }], 'reconnect');
    open();
    expect((await refreshing).data).toMatchObject({ grant: { generation: 2 } });
    const orphans = await vault.one<{ n: number }>(
      'select count(*)::int as n from vault.sealed_tokens where grant_id = $1 and orphan',
      [grant.grantId],
    );
    expect(orphans).toEqual({ n: 1 });
  });

  it('answers a command whose time is over as transient, and asks nobody', async () => {
    const { grant } = await vault.connect(1);
    const { data } = await vault.refresh(grant, { notAfter: new Date(Date.now() - 1) });
    expect(data).toMatchObject({ failure: { class: 'transient', consecutive: 0 } });
    expect(vault.platform.calls['refresh'] ?? 0).toBe(0);
  });

  it('C07 C08 goes on with others when one grant makes the adapter fail', async () => {
    const ill = await vault.connect(1);
    vault.platform.faults.refresh = () => {
      throw new TypeError('fault of the adapter');
    };
    expect((await vault.refresh(ill.grant)).data).toMatchObject({ failure: { class: 'unexpected' } });
    vault.platform.faults = {};
    vault.platform.subject = { id: `well-${ill.grant.grantId}`, name: null };
    vault.platform.accounts = [`page-${ill.grant.grantId}`];
    const well = await vault.connect(1);
    expect((await vault.refresh(well.grant)).type).toBe('TokenRefreshed');
  });

  it('takes up an attempt whose process died between the platform’s answer and the commit', async () => {
    const { grant } = await vault.connect(1);
    const ticket = await vault.attempt(grant, { generation: 1 });
    await vault.admin.query(
      `update vault.attempts set state = 'sending', lease_until = clock_timestamp() where attempt_id = $1`,
      [ticket.attemptId],
    );
    expect(await vault.eventually(grant.grantId, 'TokenRefreshed')).toMatchObject({
      attempt: { attemptId: ticket.attemptId },
    });
  });

  it('takes a token that our keys can’t open for a fault of ours: told to the operator, nobody is cut off', async () => {
    const { grant } = await vault.connect(1);
    const other = await vault.startAnother({ KEY_ENCRYPTION_KEYS: `k2:${'f'.repeat(64)}` });
    const ticket = await vault.attempt(grant);
    await other.app.get(RefreshGrant).run(ticket);
    await other.stop();
    expect((await vault.answerTo(ticket)).data).toMatchObject({
      failure: { class: 'unexpected', reason: 'key_unavailable', consecutive: 0 },
      grant: { cutOff: null },
    });
    const alerts = vault.logs.lines().filter((line) => line['kind'] === 'stored_token_unreadable');
    expect(alerts).toMatchObject([{ grantId: grant.grantId }]);
  });

  it('finishes a renewal between answer and commit before it stops', async () => {
    const { grant } = await vault.connect(1);
    const other = await vault.startAnother();
    const { reach, open, reached } = gate();
    vault.platform.faults.refresh = reach;
    const command = refreshRequested(grant.grantId);
    await other.app.get(RecordAttempt).run(command);
    await reached;
    const stopping = [other.stop(), vault.service.stop()];
    open();
    expect(await Promise.all(stopping)).toEqual([{ unfinished: [] }, { unfinished: [] }]);
    expect(await vault.eventually(grant.grantId, 'TokenRefreshed')).toMatchObject({ grant: { generation: 2 } });
    vault.service = await vault.startAnother();
  });
});
