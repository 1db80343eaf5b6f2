import { days, type EventData, hours, minutes } from '@mooring/contracts';
import { attemptOf, grantOf, SchedulerFixture, stored, tokenEvent } from './scheduler-fixture.ts';

const scheduler = new SchedulerFixture();
beforeAll(() => scheduler.start(), 60_000);
afterAll(() => scheduler.stop());
beforeEach(() => scheduler.clear());

const transient = {
  class: 'transient',
  reason: null,
  retryAfterSeconds: null,
  consecutive: 0,
  exhausted: false,
  platformCode: null,
} as const;

describe('claiming what is due', () => {
  it('L-13 L-14 asks for a renewal when the seven days begin, and for an inspection every day', async () => {
    const grant = grantOf();
    await scheduler.follow.run(stored(grant));
    await scheduler.claimer().run();
    expect(await scheduler.announced()).toEqual([]);

    await scheduler.moveClock(days(1));
    await scheduler.claimer().run();
    const [inspect, ...none] = await scheduler.announced();
    expect(none).toEqual([]);
    expect(inspect).toMatchObject({ type: 'InspectRequested', key: grant.grantId, data: { trigger: 'schedule' } });
    const { attemptId } = inspect!.data as EventData<'InspectRequested'>;
    await scheduler.follow.run(
      tokenEvent('TokenInspected', { grant, attempt: attemptOf(attemptId), answered: true, failure: null }),
    );

    await scheduler.moveClock(days(53) + hours(6));
    await scheduler.claimer().run();
    const [refresh] = await scheduler.announced();
    expect(refresh).toMatchObject({ type: 'RefreshRequested', data: { grantId: grant.grantId, generation: 1 } });
    expect(Date.parse((refresh!.data as EventData<'RefreshRequested'>).notAfter)).toBeLessThan(Date.now() + 121_000);
  });

  it('never claims a grant twice, however many schedulers claim at once', async () => {
    const grants = Array.from({ length: 120 }, () => grantOf());
    for (const grant of grants) await scheduler.follow.run(stored(grant));
    await scheduler.moveClock(days(2));
    const claimers = Array.from({ length: 6 }, () => scheduler.claimer(7));
    await Promise.all(
      claimers.map(async (claimer) => {
        while ((await claimer.run()).claimed > 0);
      }),
    );
    const commands = await scheduler.announced();
    expect(commands.map((command) => command.key).sort()).toEqual(grants.map((grant) => grant.grantId).sort());
    expect(new Set(commands.map((command) => command.data['attemptId'])).size).toBe(grants.length);
  });

  it('sends an unanswered command again, with the same attempt id, a new event id and a new notAfter', async () => {
    await scheduler.follow.run(stored(grantOf()));
    await scheduler.moveClock(days(2));
    await scheduler.claimer().run();
    await scheduler.claimer().run();
    const [first, ...early] = await scheduler.announced();
    expect(early).toEqual([]);
    await scheduler.lapseLeases();
    await scheduler.claimer().run();
    const [second] = await scheduler.announced();
    expect(second).toMatchObject({ type: first!.type, data: { attemptId: first!.data['attemptId'] } });
    expect(second!.id).not.toBe(first!.id);
    expect(String(second!.data['notAfter']) > String(first!.data['notAfter'])).toBe(true);
  });

  it('C07 tells how late the oldest due grant is, apart: one that nobody took up, one that nobody answers', async () => {
    const due = scheduler.dueGrants();
    const minutesLate = async (): Promise<number[]> => [
      Math.floor((await due.longestOverdueMs()) / minutes(1)),
      Math.floor((await due.longestUnansweredMs()) / minutes(1)),
    ];
    await scheduler.follow.run(stored(grantOf()));
    expect(await minutesLate()).toEqual([0, 0]);
    const rows: { dueAt: Date }[] = await scheduler.worker.query(`select next_due_at as "dueAt" from grant_schedules`);
    await scheduler.moveClock(Number(rows[0]?.dueAt) - Date.now() + minutes(90));
    expect(await minutesLate()).toEqual([90, 0]);
    await scheduler.claimer().run();
    expect(await minutesLate()).toEqual([0, 90]);
  });

  it('heals a crash between claim and command when the lease lapses, with the attempt that was claimed', async () => {
    const grant = grantOf();
    await scheduler.follow.run(stored(grant));
    await scheduler.moveClock(days(2));
    const crashing = scheduler.claimer(10, () => Promise.reject(new Error('killed')));
    await expect(crashing.run()).rejects.toThrow('killed');
    expect(await scheduler.announced()).toEqual([]);
    const claimed = await scheduler.scheduleOf(grant.grantId);
    await scheduler.claimer().run();
    expect(await scheduler.announced()).toEqual([]);
    await scheduler.lapseLeases();
    await scheduler.claimer().run();
    expect(await scheduler.announced()).toMatchObject([{ data: { attemptId: claimed!['attempt_id'] } }]);
  });

  it('lets a claimer that was overtaken send nothing', async () => {
    await scheduler.follow.run(stored(grantOf()));
    await scheduler.moveClock(days(2));
    const overtaken = scheduler.claimer(10, async () => {
      await scheduler.lapseLeases();
      await scheduler.claimer().run();
    });
    await overtaken.run();
    expect(await scheduler.announced()).toHaveLength(1);
  });

  it('C01 C07 plans a failed grant again later while the others go on', async () => {
    const [ill, well] = [grantOf(), grantOf()];
    for (const grant of [ill, well]) await scheduler.follow.run(stored(grant));
    await scheduler.moveClock(days(54));
    await scheduler.claimer().run();
    const commands = await scheduler.announced();
    const attemptOfGrant = (grantId: string) =>
      attemptOf(String(commands.find((command) => command.key === grantId)?.data['attemptId']));
    await scheduler.follow.run(
      tokenEvent('TokenRefreshFailed', { grant: ill, attempt: attemptOfGrant(ill.grantId), failure: transient }),
    );
    const renewed = {
      ...well,
      version: 2,
      generation: 2,
      accessExpiresAt: new Date(Date.now() + days(114)).toISOString(),
    };
    await scheduler.follow.run(tokenEvent('TokenRefreshed', { grant: renewed, attempt: attemptOfGrant(well.grantId) }));
    expect(await scheduler.scheduleOf(ill.grantId)).toMatchObject({ attempt_id: null, refresh_failures: 1 });
    await scheduler.moveClock(days(54) + 70_000);
    await scheduler.claimer().run();
    const again = await scheduler.announced();
    expect(again.filter((command) => command.type === 'RefreshRequested').map((command) => command.key)).toEqual([
      ill.grantId,
    ]);
  });

  it('C05 C06 looks at a grant that was cut off again every day, and renews it again when it has healed', async () => {
    const grant = grantOf();
    const cutOff = { reason: 'password_changed', since: new Date().toISOString() } as const;
    await scheduler.follow.run(stored(grant));
    await scheduler.follow.run(
      tokenEvent('TokenRefreshFailed', {
        grant: { ...grant, version: 2, cutOff },
        attempt: attemptOf(),
        failure: { ...transient, class: 'reauthorization_required', reason: 'password_changed' },
      }),
    );
    expect(await scheduler.scheduleOf(grant.grantId)).toMatchObject({ next_refresh_at: null });
    for (const day of [1, 2, 3]) {
      await scheduler.moveClock(days(day) + hours(1));
      await scheduler.claimer().run();
      const [inspect] = await scheduler.announced();
      expect(inspect).toMatchObject({ type: 'InspectRequested' });
      const healed = day === 3;
      const state = { ...grant, version: 2 + day, cutOff: healed ? null : cutOff };
      const attempt = attemptOf(String(inspect!.data['attemptId']));
      await scheduler.follow.run(
        tokenEvent('TokenInspected', { grant: state, attempt, answered: true, failure: null }),
      );
    }
    expect((await scheduler.scheduleOf(grant.grantId))?.['next_refresh_at']).toBeInstanceOf(Date);
  });
});
