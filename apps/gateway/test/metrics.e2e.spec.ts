import { minutes } from '@mooring/contracts';
import { METRICS, Metrics } from '@mooring/runtime';
import { countConnectionsRound } from '../src/connections/count-connections.poller.ts';
import { PostgresConnectionCensus } from '../src/storage/postgres-connection-census.ts';
import { ConnectDriver } from './connect-driver.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { offerOf } from './grant-states.ts';

describe('what the operator can measure', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  const metrics = (): Metrics => fixture.service.app.get(Metrics);

  /** Ends of sessions so far, by result. */
  async function ends(): Promise<Record<string, number>> {
    const { values } = await metrics().counter(METRICS.connectSessions).get();
    return Object.fromEntries(values.map(({ labels, value }) => [String(labels['result']), value]));
  }

  it('counts each end of a connect session once, by platform and result', async () => {
    const driver = new ConnectDriver(fixture);
    const before = await ends();
    await driver.connect('1');
    const back = await driver.consent({ error: 'access_denied', error_reason: 'user_denied' });
    await driver.claim(back);
    fixture.vault.offer = offerOf({ accounts: [] });
    await driver.consent();
    fixture.vault.offer = offerOf();
    await driver.claim(await driver.consent());
    fixture.clock.advance(minutes(30));
    await fixture.poll();
    await fixture.poll();
    await driver.start();
    fixture.clock.advance(minutes(24 * 60 + 1));
    await fixture.poll();
    expect(before).toEqual({});
    expect(await ends()).toEqual({ done: 1, permissions_declined: 1, no_accounts: 1, not_chosen: 1, not_returned: 1 });
  });

  it('counts connections by platform and status as of now, reading nothing else of them', async () => {
    await new ConnectDriver(fixture).connect('1', '2');
    const round = countConnectionsRound(new PostgresConnectionCensus(fixture.worker, fixture.clock), metrics());
    const counted = async (): Promise<[string, number][]> => {
      await round();
      const { values } = await metrics().gauge(METRICS.connections).get();
      return values.map(({ labels, value }) => [`${labels['platform']} ${labels['status']}`, value]);
    };
    expect(await counted()).toEqual([['facebook connected', 2]]);
    await fixture.admin.query(`update gateway.connections set deadline_at = $1, deadline_kind = 'data_access'`, [
      fixture.clock.now(),
    ]);
    expect(await counted()).toEqual([['facebook needs_reconnect', 2]]);
    await expect(fixture.worker.query(`select account_id from connections`)).rejects.toThrow('permission denied');
    await expect(fixture.worker.query(`delete from connections`)).rejects.toThrow('permission denied');
  });
});
