import { createHash } from 'node:crypto';
import { Browser, broughtBack, ConnectDriver } from './connect-driver.ts';
import { CANARIES, CANARY_SECRET } from './fake-platforms.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { offerOf, page, WIDE_WORKSPACE } from './grant-states.ts';

const CODE = 'canary-code-6666666666666666';

/** What a platform's consent page and token endpoint are asked, as its documentation has it. */
interface Way {
  readonly platform: string;
  readonly kind: string;
  readonly consentPage: string;
  readonly tokenPath: string;
  readonly client: readonly [parameter: string, id: string];
  readonly separator: ',' | ' ';
  /** How the challenge stands for the verifier; null without PKCE. */
  readonly pkce: 'base64url' | 'hex' | null;
  /** The scopes that publishing needs. */
  readonly required: readonly string[];
  /** What the vault gets beside the tokens. */
  readonly handedOn: object;
  readonly declined: Readonly<Record<string, string>>;
}

const REFRESHED = { accessToken: CANARIES.access, refreshToken: CANARIES.refresh };
const LINKEDIN: Way = {
  platform: 'linkedin',
  kind: 'linkedin_organization',
  consentPage: '/www.linkedin.com/oauth/v2/authorization',
  tokenPath: '/www.linkedin.com/oauth/v2/accessToken',
  client: ['client_id', 'linkedin-client'],
  separator: ' ',
  pkce: null,
  required: ['rw_organization_admin', 'w_organization_social'],
  handedOn: { ...REFRESHED, expiresInSeconds: 5_183_999, refreshExpiresInSeconds: 31_536_059 },
  declined: { error: 'user_cancelled_authorize', error_description: 'The user cancelled the authorization' },
};
const TIKTOK: Way = {
  platform: 'tiktok',
  kind: 'tiktok_account',
  consentPage: '/www.tiktok.com/v2/auth/authorize/',
  tokenPath: '/open.tiktokapis.com/v2/oauth/token/',
  client: ['client_key', 'tiktok-client'],
  separator: ',',
  pkce: 'hex',
  required: ['user.info.basic', 'video.publish'],
  handedOn: {
    ...REFRESHED,
    subjectId: 'open-id-0001',
    answeredScopes: ['user.info.basic', 'video.publish'],
    refreshExpiresInSeconds: 15_552_000,
  },
  declined: { error: 'access_denied', error_description: 'The user denied', errCode: '-2' },
};
const X: Way = {
  platform: 'x',
  kind: 'x_account',
  consentPage: '/x.com/i/oauth2/authorize',
  tokenPath: '/api.x.com/2/oauth2/token',
  client: ['client_id', 'x-client'],
  separator: ' ',
  pkce: 'base64url',
  required: ['tweet.read', 'tweet.write', 'users.read', 'offline.access', 'media.write'],
  handedOn: { ...REFRESHED, expiresInSeconds: 7_200 },
  declined: { error: 'access_denied' },
};
const INSTAGRAM: Way = {
  platform: 'instagram',
  kind: 'instagram_account',
  consentPage: '/www.instagram.com/oauth/authorize',
  tokenPath: '/api.instagram.com/oauth/access_token',
  client: ['client_id', '4712'],
  separator: ',',
  pkce: null,
  required: ['instagram_business_basic', 'instagram_business_content_publish'],
  handedOn: { accessToken: CANARIES.access, subjectId: '17841400000000001' },
  declined: { error: 'access_denied', error_reason: 'user_denied', error_description: 'The user denied your request.' },
};
const WAYS = [LINKEDIN, TIKTOK, X, INSTAGRAM] as const;

describe('connecting accounts of the platforms beside Facebook', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  const offered = ({ kind, required }: Way) =>
    offerOf({ grantedScopes: required, accounts: [page('901', { kind, displayName: 'Bakery' })] });
  const startUrlOf = async (driver: ConnectDriver, { platform }: Way): Promise<string> =>
    (await driver.begin({ platform }, WIDE_WORKSPACE)).body.startUrl;

  async function failure(way: Way, parameters: Record<string, string>) {
    const driver = new ConnectDriver(fixture);
    return driver.claim(await driver.consent(parameters, await startUrlOf(driver, way), way.platform));
  }

  it.each(WAYS)('L-01 L-05 $platform: consent page, code, choice, connected', async (way) => {
    const { platform, kind, client, pkce } = way;
    fixture.vault.offer = offered(way);
    const driver = new ConnectDriver(fixture);
    const redirectUri = `http://127.0.0.1:4001/connect/${platform}/callback`;
    const { dialog, state } = await driver.start(await startUrlOf(driver, way));
    expect(dialog.pathname).toBe(way.consentPage);
    const parameters = Object.fromEntries(dialog.searchParams);
    expect(parameters).toMatchObject({ response_type: 'code', redirect_uri: redirectUri, [client[0]]: client[1] });
    expect(parameters['scope']?.split(way.separator)).toEqual(expect.arrayContaining([...way.required]));

    const back = broughtBack(await driver.browser.callback(state, { code: CODE }, platform));
    const [exchange, ...more] = fixture.platforms.seen;
    expect(more).toEqual([]);
    expect([exchange?.method, exchange?.path, exchange?.query.size]).toEqual(['POST', way.tokenPath, 0]);
    const form = Object.fromEntries(new URLSearchParams(exchange?.body));
    expect(form).toMatchObject({ grant_type: 'authorization_code', code: CODE, redirect_uri: redirectUri });
    const verifier = form['code_verifier'];
    const challenge =
      pkce &&
      createHash('sha256')
        .update(verifier ?? '')
        .digest(pkce);
    expect(parameters['code_challenge']).toBe(challenge ?? undefined);
    expect(verifier === undefined).toBe(pkce === null);
    expect(fixture.vault.opened).toEqual([expect.objectContaining({ platform, ...way.handedOn })]);

    await driver.claim(back);
    const { body } = await driver.choose(back.session, [{ accountId: '901', kind }]);
    expect(body.connections).toMatchObject([{ platform, kind, consentPlatform: platform, status: 'connected' }]);
  });

  it.each(WAYS)('L-09 $platform: a refusal is told as one, before any code', async (way) => {
    const { body } = await failure(way, way.declined);
    expect(body).toMatchObject({ code: 'permissions_declined', detail: expect.stringMatching(/^You declined the/) });
    expect(fixture.platforms.seen).toEqual([]);
  });

  it('L-09 LinkedIn: who would not even sign in has declined too', async () => {
    expect((await failure(LINKEDIN, { error: 'user_cancelled_login' })).body.code).toBe('permissions_declined');
  });

  it.each<[string, Way, Record<string, string>]>([
    ['C44 a scope that the app does not own', LINKEDIN, { error: 'unauthorized_scope_error' }],
    ['C43 C45 a scope that is not approved', TIKTOK, { error: 'invalid_scope', error_description: 'scope' }],
    ['C62 an app that may not ask', X, { error: 'unauthorized_client' }],
  ])('%s is told to the operator, and to the person that the operator knows', async (_what, way, parameters) => {
    const { status, body } = await failure(way, parameters);
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'platform_misconfigured', action: 'contact_operator' });
    expect(JSON.stringify(body)).not.toContain(parameters['error']);
    const told = fixture.logs.lines().filter(({ msg }) => msg === 'the app at the platform is misconfigured');
    expect(told.at(-1)).toMatchObject({
      platform: way.platform,
      detail: expect.stringContaining(parameters['error'] ?? ''),
    });
  });

  it('C36 C40 TikTok: names the permission that was unticked', async () => {
    fixture.vault.offer = { ...offered(TIKTOK), grantedScopes: ['user.info.basic'], missingScopes: ['video.publish'] };
    const { body } = await failure(TIKTOK, { code: CODE, scopes: 'user.info.basic' });
    expect(body).toMatchObject({ code: 'permissions_declined', missingScopes: ['video.publish'] });
    expect(fixture.vault.discarded).toHaveLength(1);
  });

  it('C36 takes nothing for missing where the platform does not say what was granted', async () => {
    fixture.vault.offer = { ...offered(X), grantedScopes: [], missingScopes: [] };
    expect((await failure(X, { code: CODE })).status).toBe(200);
  });

  it('Instagram: the code is taken without the #_ that stands at its end', async () => {
    fixture.vault.offer = offered(INSTAGRAM);
    expect((await failure(INSTAGRAM, { code: `${CODE}#_` })).status).toBe(200);
    expect(new URLSearchParams(fixture.platforms.seen[0]?.body).get('code')).toBe(CODE);
  });

  it('C87 TikTok: a success that is an error is an outage or a refusal, never a connection', async () => {
    const error = { error: 'invalid_request', error_description: 'broken', log_id: 'L1' };
    for (const body of [error, { ...TIKTOK, access_token: '' }, {}]) {
      fixture.platforms.refusal = { status: 200, body };
      expect((await failure(TIKTOK, { code: CODE })).status).toBeGreaterThanOrEqual(400);
    }
    expect(fixture.vault.opened).toEqual([]);
  });

  it('C45 a wrong client secret is the operator’s to mend', async () => {
    fixture.platforms.refusal = { status: 401, body: { error: 'invalid_client', error_description: 'bad secret' } };
    for (const way of [LINKEDIN, TIKTOK]) {
      expect((await failure(way, { code: CODE })).body.code).toBe('platform_misconfigured');
    }
  });

  it('C90 leaves tokens, code, verifier and secret in no log line, address or row', async () => {
    for (const way of WAYS) {
      fixture.vault.offer = offered(way);
      const driver = new ConnectDriver(fixture);
      const back = await driver.consent({ code: CODE }, await startUrlOf(driver, way), way.platform);
      await driver.claim(back);
      await driver.choose(back.session, [{ accountId: '901', kind: way.kind }]);
    }
    const verifiers = fixture.platforms.seen.map(({ body }) => new URLSearchParams(body).get('code_verifier') ?? '');
    const secrets = [...Object.values(CANARIES), CODE, CANARY_SECRET, ...verifiers.filter((text) => text !== '')];
    const { rows } = await fixture.admin.query<{ text: string }>(`select s::text as text from gateway.connect_sessions s
      union all select c::text from gateway.connections c union all select o::text from gateway.outbox o`);
    const everywhere = fixture.logs.text() + rows.map(({ text }) => text).join('\n');
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of secrets) expect(everywhere).not.toContain(secret);
    const addresses = fixture.platforms.seen.map(({ path, query }) => `${path}?${query.toString()}`).join('\n');
    for (const secret of secrets) expect(addresses).not.toContain(secret);
  });

  it('C93 a code that another platform’s redirect brings is refused', async () => {
    const driver = new ConnectDriver(fixture);
    const { state } = await driver.start(await startUrlOf(driver, X));
    expect((await driver.browser.callback(state, { code: CODE }, 'tiktok')).status).toBe(400);
    expect((await new Browser(fixture).callback(state, { code: CODE }, 'x')).status).toBe(400);
    expect(fixture.platforms.seen).toEqual([]);
  });

  it('L-07 lists every platform with what a person needs there, and that one may be signed in as someone else', async () => {
    const { body } = await fixture.call('olga', `GET /v1/platforms?workspace=${WIDE_WORKSPACE}`);
    const list = body['data'] as { platform: string; available: boolean; requirements: string[] }[];
    const available = list.filter((offer) => offer.available);
    expect(available.map(({ platform }) => platform).sort()).toEqual([
      ...['facebook', 'instagram', 'linkedin', 'tiktok', 'x'],
    ]);
    for (const { requirements } of available)
      expect(requirements.join(' ')).toMatch(/signed in (as someone else|with another account)/);
    expect(list.filter((offer) => !offer.available).map(({ platform }) => platform)).toContain('telegram');
  });
});
