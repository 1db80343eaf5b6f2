import { createBus, encodeEvent, ensureTopics } from '@mooring/messaging';
import { type RunningService, startService } from '@mooring/runtime';
import { readSettings } from '../src/config.ts';
import { gatewayService, portsOf } from '../src/service.ts';
import { ConnectDriver } from './connect-driver.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { attemptBy, eventOf, next } from './grant-states.ts';

const TYPES = [
  ...['TokenStored', 'TokenRefreshed', 'TokenRefreshFailed', 'TokenInspected', 'TokenRevoked'],
  ...['TokenExpiringSoon', 'TokenDeadlineReached'],
] as const;
const LOOK_AGAIN_MS = 50;

interface Logged {
  readonly type: string;
  readonly connection: string;
}

describe('the gateway as a process on the embedded bus', () => {
  const fixture = new GatewayFixture();
  let service: RunningService;
  let bus: ReturnType<typeof createBus>;

  beforeAll(async () => {
    // The process under test goes by real time, and forgets sessions of another time.
    fixture.clock.set(new Date());
    await fixture.start();
    const busSettings = { busDatabaseUrl: fixture.postgres.adminUrl, clientId: 'test' };
    await ensureTopics(busSettings, [{ group: 'gateway', types: [...TYPES] as never[] }]);
    bus = createBus(busSettings);
    const settings = readSettings({ ...fixture.environment(), LOG_LEVEL: 'silent', SESSIONS_POLL_MS: '50' });
    service = await startService({ ...gatewayService(), settings, listen: portsOf(settings) });
  }, 90_000);

  afterAll(async () => {
    await service?.stop();
    await bus?.close();
    await fixture.stop();
  });

  async function announced(type: string): Promise<Logged> {
    for (;;) {
      const { rows } = await fixture.admin.query<Logged>(
        `select headers->>'ce_type' as type, headers->>'ce_subject' as connection from bus.log where headers->>'ce_type' = $1`,
        [type],
      );
      const [found] = rows;
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  it('announces what it commits and hears what the vault says', async () => {
    const [connection] = await new ConnectDriver(fixture).connect('1');
    expect((await announced('ConnectionEstablished')).connection).toBe(connection?.id);
    const since = fixture.clock.now().toISOString();
    const [grant] = fixture.vault.grants.values();
    if (!grant) throw new Error('the vault has no grant');
    const dead = next(grant, { cutOff: { reason: 'role_lost', since } });
    const attempt = attemptBy('schedule');
    const event = eventOf('TokenInspected', grant.grantId, { grant: dead, attempt, answered: true, failure: null });
    await bus.producer.send([encodeEvent(event)]);
    expect((await announced('ConnectionExpired')).connection).toBe(connection?.id);
  });

  it('has its poller finish what waits, by itself', async () => {
    const driver = new ConnectDriver(fixture);
    const { sessionId, state } = await driver.start();
    await driver.browser.callback(state);
    await fixture.admin.query(`update gateway.connect_sessions set choose_until = '2000-01-01' where id = $1`, [
      sessionId,
    ]);
    while (!fixture.vault.discarded.includes(sessionId))
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    expect((await driver.claim({ session: sessionId, result: 'x' })).body.code).toBe('session_changed');
  });

  it('is ready, and stops cleanly', async () => {
    const operations = `http://127.0.0.1:${service.operationsPort}`;
    expect((await fetch(`${operations}/readyz`)).status).toBe(200);
    expect((await fetch(`${operations}/startupz`)).status).toBe(200);
    expect(await service.stop()).toEqual({ unfinished: [] });
  });
});
