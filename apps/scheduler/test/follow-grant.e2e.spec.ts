import { randomUUID } from 'node:crypto';
import { days } from '@mooring/contracts';
import { inWorkspaces, rows } from '@mooring/persistence';
import {
  attemptOf,
  connectionOf,
  grantOf,
  SchedulerFixture,
  stored,
  tokenEvent,
  WORKSPACE,
} from './scheduler-fixture.ts';

const scheduler = new SchedulerFixture();
beforeAll(() => scheduler.start(), 60_000);
afterAll(() => scheduler.stop());
beforeEach(() => scheduler.clear());

describe('following a grant', () => {
  it('drops what is older than what it knows, and takes it as the answer to the attempt all the same', async () => {
    const grant = grantOf();
    await scheduler.follow.run(stored({ ...grant, version: 5, generation: 3 }));
    await scheduler.moveClock(days(2));
    await scheduler.claimer().run();
    const before = await scheduler.scheduleOf(grant.grantId);
    const attempt = attemptOf(String(before!['attempt_id']));
    await scheduler.follow.run(tokenEvent('TokenInspected', { grant, attempt, answered: true, failure: null }));
    expect(await scheduler.scheduleOf(grant.grantId)).toEqual({
      ...before,
      attempt_id: null,
      attempt_kind: null,
      claim_owner: null,
      lease_until: null,
      sent_count: 0,
    });
  });

  it('handles an event once, however often it is delivered', async () => {
    const grant = grantOf();
    await scheduler.follow.run(stored(grant));
    const failed = tokenEvent('TokenInspected', { grant, attempt: attemptOf(), answered: false, failure: null });
    await Promise.all([scheduler.follow.run(failed), scheduler.follow.run(failed)]);
    await scheduler.follow.run(failed);
    expect(await scheduler.scheduleOf(grant.grantId)).toMatchObject({ inspection_failures: 1 });
  });

  it('lets go of a renewal that somebody else has done, and keeps an inspection that is on its way', async () => {
    const grant = grantOf();
    await scheduler.follow.run(stored(grant));
    await scheduler.moveClock(days(54));
    await scheduler.claimer().run();
    expect(await scheduler.scheduleOf(grant.grantId)).toMatchObject({ attempt_kind: 'refresh' });
    const renewed = {
      ...grant,
      version: 2,
      generation: 2,
      accessExpiresAt: new Date(Date.now() + days(114)).toISOString(),
    };
    await scheduler.follow.run(tokenEvent('TokenRefreshed', { grant: renewed, attempt: attemptOf() }));
    expect(await scheduler.scheduleOf(grant.grantId)).toMatchObject({ attempt_id: null, generation: '2' });

    await scheduler.claimer().run();
    expect(await scheduler.scheduleOf(grant.grantId)).toMatchObject({ attempt_kind: 'inspect' });
    await scheduler.follow.run(
      tokenEvent('TokenRefreshed', { grant: { ...renewed, version: 3, generation: 3 }, attempt: attemptOf() }),
    );
    expect(await scheduler.scheduleOf(grant.grantId)).toMatchObject({ attempt_kind: 'inspect' });
  });

  it('forgets a grant that is gone, and a late event does not bring it back', async () => {
    const deadline = { at: new Date(Date.now() + days(20)).toISOString(), kind: 'access_token' } as const;
    const connection = connectionOf({ deadline });
    const grant = grantOf({ connections: [connection] });
    await scheduler.follow.run(stored(grant));
    await scheduler.follow.run(
      tokenEvent('TokenRevoked', {
        grant: { ...grant, version: 9, state: 'revoking', connections: [{ ...connection, released: true }] },
        connectionId: connection.connectionId,
        activation: 1,
        releaseId: randomUUID(),
        result: 'pending',
      }),
    );
    await scheduler.follow.run(tokenEvent('TokenRefreshed', { grant: { ...grant, version: 8 }, attempt: attemptOf() }));
    expect(await scheduler.scheduleOf(grant.grantId)).toBeUndefined();
    expect(await rows(scheduler.worker.manager, 'select * from deadlines')).toEqual([]);
  });

  it('shows a schedule to its own workspace alone', async () => {
    await scheduler.follow.run(stored(grantOf()));
    const count = (workspace: string) =>
      inWorkspaces(scheduler.runtime, workspace, (manager) => rows(manager, 'select 1 from grant_schedules'));
    expect(await count(WORKSPACE)).toHaveLength(1);
    expect(await count('other')).toHaveLength(0);
  });

  it('L-16 reminds at 7, 3 and 1 days and says once that the deadline has passed, also with two schedulers', async () => {
    const deadline = { at: new Date(Date.now() + days(10)).toISOString(), kind: 'data_access' } as const;
    const connection = connectionOf({ deadline });
    const grant = grantOf({ connections: [connection] });
    await scheduler.follow.run(stored(grant));
    for (const day of [1, 3.5, 4, 7.5, 8, 9.5, 9.6, 10.5, 12]) {
      await scheduler.moveClock(days(day));
      await Promise.all([scheduler.deadlines.run(), scheduler.deadlines.run()]);
    }
    const told = await scheduler.announced();
    expect(told.map((event) => event.data['daysLeft'] ?? event.type)).toEqual([7, 3, 1, 'TokenDeadlineReached']);
    for (const event of told) {
      expect(event).toMatchObject({ key: grant.grantId, data: { connectionId: connection.connectionId, deadline } });
    }
  });
});
