import { minutes } from '@mooring/contracts';
import { Browser, broughtBack, ConnectDriver } from './connect-driver.ts';
import { CANARY_CODE, CANARY_TOKEN } from './fake-facebook.ts';
import { APP_SECRET, GatewayFixture, RETURN_URL } from './gateway-fixture.ts';
import { WORKSPACE } from './grant-states.ts';

describe('connecting accounts of Facebook', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  it('L-05 leads from the start link over consent and choice to live connections', async () => {
    const driver = new ConnectDriver(fixture);
    const { sessionId, state, dialog } = await driver.start();
    expect(dialog.pathname).toBe('/v25.0/dialog/oauth');
    expect(dialog.searchParams.get('redirect_uri')).toBe('http://127.0.0.1:4001/connect/facebook/callback');
    expect(dialog.searchParams.get('scope')?.split(',')).toContain('pages_manage_posts');
    const answer = await driver.browser.callback(state);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.location.startsWith(`${RETURN_URL}#session=${sessionId}&result=`)).toBe(true);

    const claimed = await driver.claim(broughtBack(answer));
    expect(claimed.status).toBe(200);
    expect(claimed.body.session.state).toBe('claimed');
    const chosen = await driver.select(sessionId, '1', '2');
    expect(chosen.body.session.state).toBe('done');
    expect(chosen.body.connections.map(({ status }) => status)).toEqual(['connected', 'connected']);
    const events = await fixture.announced();
    expect(events.map(({ type }) => type)).toEqual(['ConnectionEstablished', 'ConnectionEstablished']);
    expect(events[0]?.data).toMatchObject({ restored: false, by: { subject: 'olga' }, connection: { version: 1 } });
  });

  it('exchanges the code by a form that carries it, and the vault gets the tokens once', async () => {
    const driver = new ConnectDriver(fixture);
    await driver.consent();
    const [exchange] = fixture.facebook.seen;
    expect(exchange?.method).toBe('POST');
    expect(exchange?.query.size).toBe(0);
    expect(Object.fromEntries(new URLSearchParams(exchange?.body))).toMatchObject({
      code: CANARY_CODE,
      client_id: '4711',
      client_secret: APP_SECRET,
      grant_type: 'authorization_code',
      redirect_uri: 'http://127.0.0.1:4001/connect/facebook/callback',
    });
    expect(fixture.facebook.seen).toHaveLength(1);
    expect(fixture.vault.opened).toEqual([
      expect.objectContaining({ accessToken: CANARY_TOKEN, expiresInSeconds: 5_177, workspaceId: WORKSPACE }),
    ]);
  });

  it('A6 C90 leaves token, code, state, result and client secret in no log line and no row', async () => {
    const driver = new ConnectDriver(fixture);
    const { state } = await driver.start();
    const { session, result } = broughtBack(await driver.browser.callback(state));
    await driver.claim({ session, result });
    await driver.select(session, '1');
    const { rows } = await fixture.admin.query<{ text: string }>(`select s::text as text from gateway.connect_sessions s
      union all select c::text from gateway.connections c union all select o::text from gateway.outbox o`);
    const everywhere = fixture.logs.text() + rows.map(({ text }) => text).join('\n');
    expect(everywhere).toContain(session);
    for (const secret of [CANARY_TOKEN, CANARY_CODE, APP_SECRET, state, result])
      expect(everywhere).not.toContain(secret);
  });

  it('C86 answers the same to a claim and a choice that are repeated, and does things once', async () => {
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent();
    expect((await driver.claim(back)).body).toEqual((await driver.claim(back)).body);
    const first = await driver.select(back.session, '1');
    const second = await driver.select(back.session, '1');
    expect(second.body).toEqual(first.body);
    expect((await driver.select(back.session, '2')).body.code).toBe('session_not_ready');
    expect((await fixture.announced()).map(({ type }) => type)).toEqual(['ConnectionEstablished']);
  });

  it('C84 tells a window that only follows the session how far it is', async () => {
    const driver = new ConnectDriver(fixture);
    const { sessionId, state } = await driver.start();
    const stateOf = async (): Promise<unknown> =>
      (await fixture.call('olga', `GET /v1/connect-sessions/${sessionId}`)).body['state'];
    expect(await stateOf()).toBe('started');
    const back = broughtBack(await driver.browser.callback(state));
    expect(await stateOf()).toBe('offered');
    await driver.claim(back);
    expect(await stateOf()).toBe('claimed');
    expect((await fixture.call('adam', `GET /v1/connect-sessions/${sessionId}`)).status).toBe(404);
  });

  it('keeps a browser’s cookie, so that two tabs work, and lets a start link be opened again: the earlier state is void', async () => {
    const driver = new ConnectDriver(fixture);
    const { body } = await driver.begin();
    const first = await driver.start(body.startUrl);
    const { cookie } = driver.browser;
    const other = await new ConnectDriver(fixture, 'olga', driver.browser).start();
    const second = await driver.start(body.startUrl);
    expect(driver.browser.cookie).toBe(cookie);
    expect((await driver.browser.callback(first.state)).status).toBe(400);
    expect((await driver.browser.callback(second.state)).status).toBe(303);
    expect((await driver.browser.callback(other.state)).status).toBe(303);
  });

  it('binds the cookie to this host and keeps it from scripts', async () => {
    const browser = new Browser(fixture);
    const { body } = await new ConnectDriver(fixture).begin();
    const { headers } = await browser.open(body.startUrl);
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^mooring-browser=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('C83 shows accounts that cannot be chosen with the reason, and marks those that are connected', async () => {
    const driver = new ConnectDriver(fixture);
    await driver.connect('1');
    const { body } = await driver.claim(await driver.consent());
    expect(
      body.accounts.map(({ accountId, selectable, unselectableReason }) => [accountId, selectable, unselectableReason]),
    ).toEqual([
      ['1', false, 'already_connected'],
      ['2', true, null],
      ['3', false, 'role_too_low'],
    ]);
  });

  it('L-02 refuses the same account twice in a workspace, and what was not offered', async () => {
    const driver = new ConnectDriver(fixture);
    await driver.connect('1');
    const back = await driver.consent();
    await driver.claim(back);
    expect((await driver.select(back.session, '1')).body.code).toBe('account_already_connected');
    expect((await driver.select(back.session, '3')).body.code).toBe('account_not_offered');
    expect((await driver.select(back.session, '99')).body.detail).toContain('99');
    expect((await driver.select(back.session, '2')).status).toBe(200);
  });

  it('finishes an activation by itself when the vault could not be reached, by event or by poller', async () => {
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent();
    await driver.claim(back);
    fixture.vault.unreachable();
    const chosen = await driver.select(back.session, '1');
    expect(chosen.body.session.state).toBe('activating');
    expect((await fixture.call('olga', `GET /v1/workspaces/${WORKSPACE}/connections`)).body['data']).toEqual([]);
    fixture.vault.refusal = null;
    await fixture.admin.query(`update gateway.connect_sessions set touched_at = now() - interval '1 hour'`);
    await fixture.poll();
    expect((await driver.select(back.session, '1')).body.connections).toHaveLength(1);
    expect((await fixture.announced()).map(({ type }) => type)).toEqual(['ConnectionEstablished']);
  });

  it('gives back what it reserved when the pending grant is gone', async () => {
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent();
    await driver.claim(back);
    fixture.vault.pending.clear();
    const chosen = await driver.select(back.session, '1');
    expect(chosen.body.code).toBe('link_expired');
    const { rows } = await fixture.admin.query(`select id from gateway.connections`);
    expect(rows).toEqual([]);
    expect(await fixture.announced()).toEqual([]);
  });

  it('expires a choice that nobody makes after 30 minutes and has the pending grant discarded', async () => {
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent();
    await driver.claim(back);
    fixture.clock.advance(minutes(30));
    expect((await driver.select(back.session, '1')).body.code).toBe('link_expired');
    await fixture.poll();
    expect(fixture.vault.discarded).toEqual([back.session]);
    await fixture.poll();
    expect(fixture.vault.discarded).toHaveLength(1);
  });

  it('leaves nothing behind when the process died after the code exchange', async () => {
    const { sessionId, state } = await new ConnectDriver(fixture).start();
    await fixture.admin.query(
      `update gateway.connect_sessions set state = 'completing', state_hash = null, pending_grant = 'open', touched_at = now() - interval '1 hour'`,
    );
    await fixture.poll();
    expect(fixture.vault.discarded).toEqual([sessionId]);
    expect((await new Browser(fixture).callback(state)).status).toBe(400);
  });

  it('forgets sessions after a day', async () => {
    await new ConnectDriver(fixture).start();
    fixture.clock.advance(minutes(24 * 60 + 1));
    await fixture.poll();
    expect((await fixture.admin.query(`select id from gateway.connect_sessions`)).rows).toEqual([]);
  });
});
