import { days, type EventData, hours, type MooringEvent } from '@mooring/contracts';
import { createBus, encodeEvent, ensureTopics } from '@mooring/messaging';
import { type RunningService, startService } from '@mooring/runtime';
import { Client } from 'pg';
import { readSettings } from '../src/config.ts';
import { schedulerService } from '../src/service.ts';
import { attemptOf, connectionOf, grantOf, SchedulerFixture, stored, tokenEvent } from './scheduler-fixture.ts';

const TYPES = ['TokenStored', 'TokenRefreshed', 'TokenRefreshFailed', 'TokenInspected', 'TokenRevoked'] as const;
const POLL_MS = 50;

interface Logged {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Record<string, string>;
}

describe('the scheduler as a process on the embedded bus', () => {
  const fixture = new SchedulerFixture();
  let service: RunningService;
  let admin: Client;
  let bus: ReturnType<typeof createBus>;

  beforeAll(async () => {
    await fixture.start();
    const { adminUrl } = fixture.postgres;
    const busSettings = { busDatabaseUrl: adminUrl, clientId: 'test' };
    await ensureTopics(busSettings, [{ group: 'scheduler', types: [...TYPES] }]);
    bus = createBus(busSettings);
    admin = new Client({ connectionString: adminUrl });
    await admin.connect();
    const settings = readSettings({
      DATABASE_URL: fixture.urls.url,
      WORKER_DATABASE_URL: fixture.urls.workerUrl,
      BUS_DATABASE_URL: adminUrl,
      POLL_MS: String(POLL_MS),
      LOG_LEVEL: 'silent',
      OPS_PORT: '0',
    });
    service = await startService({ ...schedulerService(), settings });
  }, 90_000);

  afterAll(async () => {
    await service?.stop();
    await bus?.close();
    await admin?.end();
    await fixture.stop();
  });

  const publish = (event: MooringEvent): Promise<void> => bus.producer.send([encodeEvent(event)]);

  async function next(type: string, key: string): Promise<Record<string, unknown>> {
    for (;;) {
      const { rows } = await admin.query<Logged>(
        `select key, value, headers from bus.log where key = $1 and headers->>'ce_type' = $2 order by appended_at desc`,
        [key, type],
      );
      const [found] = rows;
      if (found) return JSON.parse(found.value.toString('utf8')) as Record<string, unknown>;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  it('L-13 L-16 hears of a grant, and asks, reminds and says the deadline has passed as the business clock moves', async () => {
    const deadline = { at: new Date(Date.now() + days(60)).toISOString(), kind: 'access_token' } as const;
    const connection = connectionOf({ deadline });
    const grant = grantOf({ connections: [connection] });
    await publish(stored(grant));
    while (!(await fixture.scheduleOf(grant.grantId))) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    await fixture.moveClock(days(53) + hours(7));
    const command = (await next('RefreshRequested', grant.grantId)) as EventData<'RefreshRequested'>;
    expect(command).toMatchObject({ grantId: grant.grantId, generation: 1 });
    expect(await next('TokenExpiringSoon', grant.grantId)).toMatchObject({ daysLeft: 7 });

    const renewed = {
      ...grant,
      version: 2,
      generation: 2,
      accessExpiresAt: new Date(Date.now() + days(113)).toISOString(),
    };
    await publish(tokenEvent('TokenRefreshed', { grant: renewed, attempt: attemptOf(command.attemptId) }));
    expect(await next('InspectRequested', grant.grantId)).toMatchObject({ grantId: grant.grantId });
    await fixture.moveClock(days(61));
    expect(await next('TokenDeadlineReached', grant.grantId)).toMatchObject({ connectionId: connection.connectionId });
  });

  it('is ready, measures how late the schedule is, and stops cleanly', async () => {
    const ops = `http://127.0.0.1:${service.operationsPort}`;
    expect((await fetch(`${ops}/readyz`)).status).toBe(200);
    expect((await fetch(`${ops}/startupz`)).status).toBe(200);
    const metrics = await (await fetch(`${ops}/metrics`)).text();
    for (const name of ['schedule_lag_seconds', 'schedule_unanswered_seconds', 'bus_lag', 'dead_letters_total']) {
      expect(metrics).toContain(`mooring_${name}`);
    }
    expect(await service.stop()).toEqual({ unfinished: [] });
  });
});
