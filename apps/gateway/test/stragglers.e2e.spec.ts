import { ConnectDriver } from './connect-driver.ts';
import { GatewayFixture } from './gateway-fixture.ts';

const fixture = new GatewayFixture();
beforeAll(() => fixture.start({ SESSIONS_BATCH_MAX: '1' }), 60_000);
afterAll(() => fixture.stop());
beforeEach(() => fixture.clear());

const NO_ANSWER = { status: 503, body: { code: 'vault_unavailable', status: 503 } };
const refusal = (code: string) => ({ status: 409, body: { code, status: 409 } });

/** Two sessions that are claimed; the first one's has been waiting longer. */
async function claimTwo(driver: ConnectDriver): Promise<[string, string]> {
  const sessions: string[] = [];
  for (let index = 0; index < 2; index += 1) {
    const back = await driver.consent();
    await driver.claim(back);
    sessions.push(back.session);
  }
  return [sessions[0]!, sessions[1]!];
}

async function makeWait([first, second]: readonly [string, string]): Promise<void> {
  const wait = `update gateway.connect_sessions set touched_at = now() - $2::interval where id = $1`;
  await fixture.admin.query(wait, [first, '2 hours']);
  await fixture.admin.query(wait, [second, '1 hour']);
}

async function sessionRow(id: string): Promise<{ state: string; pending_grant: string } | undefined> {
  const { rows } = await fixture.admin.query<{ state: string; pending_grant: string }>(
    `select state, pending_grant from gateway.connect_sessions where id = $1`,
    [id],
  );
  return rows[0];
}

describe('sessions that fail again and again', () => {
  it('let others have their turn in having pending grants discarded', async () => {
    const sessions = await claimTwo(new ConnectDriver(fixture));
    await fixture.admin.query(`update gateway.connect_sessions set state = 'expired'`);
    await makeWait(sessions);
    fixture.vault.refusals.set(sessions[0], NO_ANSWER);
    await fixture.poll();
    await fixture.poll();
    expect(fixture.vault.discarded).toEqual([sessions[1]]);
  });

  it('let others have their turn in being activated', async () => {
    const driver = new ConnectDriver(fixture);
    const sessions = await claimTwo(driver);
    fixture.vault.unreachable();
    for (const [index, session] of sessions.entries()) await driver.select(session, `${index + 1}`);
    fixture.vault.refusal = null;
    await makeWait(sessions);
    fixture.vault.refusals.set(sessions[0], NO_ANSWER);
    await fixture.poll();
    await fixture.poll();
    expect(await sessionRow(sessions[1])).toMatchObject({ state: 'done' });
    expect(await sessionRow(sessions[0])).toMatchObject({ state: 'activating' });
  });
});

describe('an activation that the vault refuses for good', () => {
  it.each(['superseded', 'account_not_offered'])('%s: is undone, says so, and is discarded', async (code) => {
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent();
    await driver.claim(back);
    fixture.vault.refusals.set(back.session, refusal(code));
    const chosen = await driver.select(back.session, '1');
    expect(chosen.body.code).toBe(code);
    expect(await sessionRow(back.session)).toEqual({ state: 'failed', pending_grant: 'open' });
    expect((await fixture.admin.query(`select id from gateway.connections`)).rows).toEqual([]);
    fixture.vault.refusals.clear();
    await fixture.poll();
    expect(fixture.vault.discarded).toEqual([back.session]);
    expect(await sessionRow(back.session)).toEqual({ state: 'failed', pending_grant: 'settled' });
  });

  it('gives back a connection that it would have restored, as it was', async () => {
    const driver = new ConnectDriver(fixture);
    const [connection] = await driver.connect('1');
    await fixture.call('olga', `DELETE /v1/connections/${connection!.id}`);
    const back = await driver.consent();
    await driver.claim(back);
    fixture.vault.refusals.set(back.session, refusal('superseded'));
    await driver.select(back.session, '1');
    const { rows } = await fixture.admin.query(`select phase from gateway.connections`);
    expect(rows).toEqual([{ phase: 'removed' }]);
  });
});
