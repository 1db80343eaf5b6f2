import { minutes, type PendingGrantView } from '@mooring/contracts';
import { Browser, broughtBack, ConnectDriver } from './connect-driver.ts';
import { CANARY_CODE, graphError } from './fake-facebook.ts';
import { GatewayFixture, RETURN_URL } from './gateway-fixture.ts';
import { offerOf, page, SCOPES, WORKSPACE } from './grant-states.ts';

const SECURITY_CHECK = 'Security check failed. Please try connecting again.';
const DENIED = {
  error: 'access_denied',
  error_reason: 'user_denied',
  error_code: '200',
  error_description: 'Permissions error',
};

describe('refusals of the connect flow (L-09)', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  /** Comes back with a failure, and claims it. */
  async function failure(parameters?: Record<string, string>, offer?: Partial<PendingGrantView>) {
    if (offer) fixture.vault.offer = offerOf(offer);
    const driver = new ConnectDriver(fixture);
    return driver.claim(await driver.consent(parameters));
  }

  const expectOwnPage = async (answer: Promise<{ status: number; text: string; headers: Headers }>): Promise<void> => {
    const { status, text, headers } = await answer;
    expect(status).toBe(400);
    expect(text).toContain(SECURITY_CHECK);
    expect(text).toContain(`Diagnostic id: <code>${headers.get('x-request-id')}</code>`);
    expect(headers.get('cache-control')).toBe('no-store');
  };

  it('L-09 security_check_failed: a tampered, an unknown and a missing state', async () => {
    const { state } = await new ConnectDriver(fixture).start();
    const { browser } = new ConnectDriver(fixture);
    await expectOwnPage(browser.callback(`${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`));
    await expectOwnPage(browser.callback('x'));
    await expectOwnPage(browser.open(`/connect/facebook/callback?code=${CANARY_CODE}`));
  });

  it('L-09 security_check_failed: a state that was used before, whatever came of it', async () => {
    const driver = new ConnectDriver(fixture);
    const { state } = await driver.start();
    expect((await driver.browser.callback(state)).status).toBe(303);
    await expectOwnPage(driver.browser.callback(state));
    const again = await driver.start();
    expect((await driver.browser.callback(again.state, DENIED)).status).toBe(303);
    await expectOwnPage(driver.browser.callback(again.state));
    expect(fixture.facebook.seen).toHaveLength(1);
  });

  it('L-09 security_check_failed: of two call-backs at once with one state one goes on', async () => {
    const driver = new ConnectDriver(fixture);
    const { state } = await driver.start();
    const answers = await Promise.all([1, 2, 3, 4].map(() => driver.browser.callback(state)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400, 400, 400]);
  });

  it('L-09 C93 security_check_failed: a foreign browser, and then the right one too', async () => {
    const driver = new ConnectDriver(fixture);
    const { sessionId, state } = await driver.start();
    const foreign = new Browser(fixture);
    foreign.cookie = 'mooring-browser=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    await expectOwnPage(foreign.callback(state));
    await expectOwnPage(driver.browser.callback(state));
    expect(fixture.facebook.seen).toHaveLength(0);
    const { body } = await fixture.call('olga', `GET /v1/connect-sessions/${sessionId}`);
    expect(body).toMatchObject({
      state: 'failed',
      failure: { code: 'security_check_failed', message: SECURITY_CHECK },
    });
  });

  it('L-09 security_check_failed: another platform’s redirect', async () => {
    const driver = new ConnectDriver(fixture);
    const { state } = await driver.start();
    await expectOwnPage(driver.browser.callback(state, { code: CANARY_CODE }, 'linkedin'));
  });

  it('L-09 C93 security_check_failed: ?error= is believed only after the state', async () => {
    await expectOwnPage(new Browser(fixture).callback('x'.repeat(43), DENIED));
    const foreign = new Browser(fixture);
    await expectOwnPage(foreign.callback((await new ConnectDriver(fixture).start()).state, DENIED));
  });

  it('L-09 security_check_failed: a code that the platform does not take', async () => {
    fixture.facebook.answer = graphError(100, 36009);
    const { status, body } = await failure();
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'security_check_failed', detail: SECURITY_CHECK });
  });

  it('L-09 link_expired: eleven minutes old reads as expired and not as tampered, and before the platform’s error', async () => {
    for (const parameters of [undefined, DENIED]) {
      const driver = new ConnectDriver(fixture);
      const { state, sessionId } = await driver.start();
      fixture.clock.advance(minutes(11));
      const back = broughtBack(await driver.browser.callback(state, parameters));
      expect(back.session).toBe(sessionId);
      const { status, body } = await driver.claim(back);
      expect(status).toBe(410);
      expect(body).toMatchObject({
        code: 'link_expired',
        detail: 'The connection link expired.',
        action: 'start_again',
      });
    }
    expect(fixture.facebook.seen).toHaveLength(0);
  });

  it('L-09 link_expired: a start link that is opened late', async () => {
    const driver = new ConnectDriver(fixture);
    const { body } = await driver.begin();
    fixture.clock.advance(minutes(10));
    const { status, text } = await driver.browser.open(body.startUrl);
    expect(status).toBe(410);
    expect(text).toContain('The connection link expired.');
  });

  it('L-09 C93 session_changed: another person claims, or somebody without the result code', async () => {
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent();
    for (const claim of [
      driver.claim(back, 'adam'),
      driver.claim(back, 'mallory'),
      driver.claim({ ...back, result: 'B'.repeat(43) }),
    ]) {
      const { status, body } = await claim;
      expect(status).toBe(403);
      expect(body).toMatchObject({ code: 'session_changed', detail: 'Your session changed during the connection.' });
    }
    expect((await driver.claim(back)).status).toBe(200);
    const other = new ConnectDriver(fixture, 'adam');
    expect((await other.select(back.session, '1')).body.code).toBe('session_changed');
  });

  it('L-09 permissions_declined: consent refused', async () => {
    const { status, body } = await failure(DENIED);
    expect(status).toBe(403);
    expect(body).toMatchObject({
      code: 'permissions_declined',
      detail: 'You declined the permissions Facebook requested.',
      action: 'start_again',
      requestId: expect.any(String),
      diagnosticId: expect.any(String),
    });
  });

  it('L-09 permissions_declined: a required permission unticked; the pending grant is discarded', async () => {
    const { body } = await failure(undefined, { grantedScopes: SCOPES.slice(1) });
    expect(body).toMatchObject({
      code: 'permissions_declined',
      detail: 'You declined the permissions Facebook requested.',
    });
    expect(fixture.vault.discarded).toHaveLength(1);
  });

  it('L-09 no_accounts: nothing to manage', async () => {
    const { status, body } = await failure(undefined, { accounts: [] });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'no_accounts', detail: "Your Facebook account doesn't manage any Pages yet." });
    expect(fixture.vault.discarded).toHaveLength(1);
  });

  it('L-09 C83 accounts of which none can be chosen are an offer with reasons, not "no accounts"', async () => {
    const accounts = [page('1', { selectable: false, unselectableReason: 'no_token' })];
    const { status, body } = await failure(undefined, { accounts });
    expect(status).toBe(200);
    expect(body.accounts).toEqual([expect.objectContaining({ unselectableReason: 'no_token' })]);
  });

  it('L-09 C87 platform_unavailable: outage, reset, rubbish and an abort', async () => {
    for (const answer of [graphError(2), 'reset', { status: 503 }, { status: 200, body: {} }] as const) {
      fixture.facebook.answer = answer;
      const { status, body } = await failure();
      expect(status).toBe(503);
      expect(body).toMatchObject({
        code: 'platform_unavailable',
        detail: 'Facebook is temporarily unavailable.',
        retryable: true,
        action: 'try_again',
      });
    }
    expect((await failure({})).body.code).toBe('platform_unavailable');
  });

  it('L-09 role_not_allowed: editors and viewers', async () => {
    for (const person of ['edith', 'victor']) {
      const { status, body } = await new ConnectDriver(fixture, person).begin();
      expect(status).toBe(403);
      expect(body).toMatchObject({
        code: 'role_not_allowed',
        detail: "Your role doesn't allow connecting Facebook accounts.",
        action: 'ask_admin',
      });
    }
  });

  it('tells the operator, not the person, what is wrong with the app', async () => {
    fixture.facebook.answer = graphError(101);
    const { status, body } = await failure();
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'platform_misconfigured', action: 'contact_operator' });
    expect(fixture.logs.lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        msg: 'the app at the platform is misconfigured',
        platform: 'facebook',
      }),
    );
    expect((await failure({ error_code: '901', error_message: 'App not set up' })).body.code).toBe(
      'platform_misconfigured',
    );
  });

  it('keeps what a vault that is away means apart from the platform’s outage', async () => {
    const driver = new ConnectDriver(fixture);
    const { state } = await driver.start();
    fixture.vault.unreachable();
    const back = broughtBack(await driver.browser.callback(state));
    fixture.vault.refusal = null;
    expect((await driver.claim(back)).body.code).toBe('vault_unavailable');
    await fixture.poll();
    expect(fixture.vault.discarded).toEqual([back.session]);
  });

  it('refuses return addresses that are not on the list before anybody leaves', async () => {
    const driver = new ConnectDriver(fixture);
    const refused = [
      'https://app.example.com.evil.test/',
      'https://evil.test/?https://app.example.com',
      'http://app.example.com/',
      `${RETURN_URL}#x`,
      'https://user@app.example.com/',
      'exampleapp://connected/else',
      'javascript:alert(1)',
      'nonsense',
    ];
    for (const returnUrl of refused) {
      expect((await driver.begin({ returnUrl })).body.code).toBe('return_url_not_allowed');
    }
    for (const returnUrl of ['https://app.example.com/anything', 'http://localhost:8080/x', 'exampleapp://connected']) {
      expect((await driver.begin({ returnUrl })).status).toBe(201);
    }
  });

  it('answers a flood of openings of one start link with 429', async () => {
    const driver = new ConnectDriver(fixture);
    const { body } = await driver.begin();
    const answers = [];
    for (let i = 0; i < 25; i += 1) answers.push((await driver.browser.open(body.startUrl)).status);
    expect(answers.filter((status) => status === 303)).toHaveLength(20);
    expect(answers.at(-1)).toBe(429);
  });

  it('refuses to begin in a workspace that is none of the caller’s', async () => {
    const path = `POST /v1/workspaces/${WORKSPACE}/connect-sessions`;
    const { status } = await fixture.call('mallory', path, { platform: 'facebook', returnUrl: RETURN_URL });
    expect(status).toBe(404);
  });
});
