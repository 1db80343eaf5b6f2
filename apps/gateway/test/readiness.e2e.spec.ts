import type { PlatformReadiness } from '@mooring/contracts';
import { ConnectDriver } from './connect-driver.ts';
import { CANARY_SECRET } from './fake-platforms.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { WIDE_WORKSPACE } from './grant-states.ts';

const PATH = 'GET /v1/platforms/readiness';

interface Readiness {
  readonly platform: string;
  readonly state: string;
  readonly connectable: boolean;
  readonly checks: readonly { name: string; outcome: string; detail: string }[];
}

describe('readiness of the platforms, for operators', () => {
  const fixture = new GatewayFixture();
  // LinkedIn without its redirect URI, X without anything at all.
  beforeAll(() => fixture.start({ LINKEDIN_REDIRECT_URI: '', X_CLIENT_ID: '', X_REDIRECT_URI: '' }), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(async () => {
    await fixture.clear();
    fixture.vault.readiness = ['facebook', 'instagram', 'linkedin', 'tiktok', 'x'].map((platform) =>
      vaultView(platform, { configured: platform !== 'x' }),
    );
  });

  function vaultView(platform: string, change: Partial<PlatformReadiness> = {}): PlatformReadiness {
    const checks = [{ name: 'client_secret', outcome: 'ok' as const, detail: 'the platform takes it' }];
    const calm = { breaker: 'closed', cause: null, detail: null, since: null } as const;
    return { platform, configured: true, ...calm, checkedAt: '2026-11-01T11:59:00.000Z', checks, ...change };
  }
  const change = (platform: string, by: Partial<PlatformReadiness>): void => {
    fixture.vault.readiness = fixture.vault.readiness.map((view) =>
      view.platform === platform ? { ...view, ...by } : view,
    );
  };
  async function of(platform: string, who = 'service'): Promise<Readiness | undefined> {
    const { body } = await fixture.call<{ data: Readiness[] }>(who, PATH);
    return body.data.find((one) => one.platform === platform);
  }

  it('is for hub admins and services with the scope, and for nobody else', async () => {
    const statuses = [];
    for (const who of ['hannah', 'service', 'olga', 'victor', 'service:reporter', null]) {
      statuses.push((await fixture.call(who, PATH)).status);
    }
    expect(statuses).toEqual([200, 200, 403, 403, 403, 401]);
    expect((await fixture.call('service:reporter', PATH)).body['code']).toBe('scope_missing');
  });

  it('is ready where gateway and vault have what they need and the platform takes the app', async () => {
    expect(await of('facebook', 'hannah')).toMatchObject({ state: 'ready', connectable: true });
    expect((await of('tiktok'))?.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['app_settings', 'ok'],
      ['redirect_uri', 'ok'],
      ['key_ring', 'ok'],
      ['vault_settings', 'ok'],
      ['client_secret', 'ok'],
    ]);
  });

  it('C44 C45 C62 says which setting is wrong at the platform, and the person who connects is not told', async () => {
    const detail = 'Meta refuses the scope instagram_basic: the app is of another type';
    change('facebook', { checks: [{ name: 'scopes', outcome: 'failed', detail }] });
    expect(await of('facebook')).toMatchObject({
      state: 'failed',
      checks: expect.arrayContaining([{ name: 'scopes', outcome: 'failed', detail }]),
    });
    const { body } = await fixture.call('olga', `GET /v1/platforms?workspace=${WIDE_WORKSPACE}`);
    expect(JSON.stringify(body)).not.toContain(detail);
  });

  it('C45 names what is missing here: the redirect URI, or the vault’s part', async () => {
    const linkedin = await of('linkedin');
    expect(linkedin).toMatchObject({ state: 'failed', connectable: false });
    expect(linkedin?.checks).toContainEqual({
      name: 'redirect_uri',
      outcome: 'failed',
      detail: 'the redirect URI is not set',
    });
    change('tiktok', { configured: false, checks: [], checkedAt: null });
    const tiktok = await of('tiktok');
    expect(tiktok).toMatchObject({ state: 'failed', connectable: false });
    expect(tiktok?.checks).toContainEqual(expect.objectContaining({ name: 'vault_settings', outcome: 'failed' }));
  });

  it('tells what was not set up at all from what is broken, and what got no answer from both', async () => {
    expect(await of('x')).toEqual(expect.objectContaining({ state: 'not_configured', connectable: false, checks: [] }));
    change('tiktok', { checks: [{ name: 'client_secret', outcome: 'unknown', detail: 'TikTok gave no answer' }] });
    expect(await of('tiktok')).toMatchObject({ state: 'unknown', connectable: true });
  });

  it('tells that calls are held back, and why; a wrong secret is not a pause but a fault', async () => {
    const since = '2026-11-01T11:58:00.000Z';
    change('facebook', { breaker: 'open', cause: 'outage', detail: 'status 503', since });
    expect(await of('facebook')).toMatchObject({ state: 'paused', pause: { cause: 'outage', since } });
    change('facebook', { breaker: 'open', cause: 'misconfigured', detail: 'Error validating client secret.', since });
    expect(await of('facebook')).toMatchObject({ state: 'failed', pause: { cause: 'misconfigured' } });
  });

  it('C62 tells people that a platform is not available, without the cause', async () => {
    const driver = new ConnectDriver(fixture);
    const { status, body } = await driver.begin({ platform: 'linkedin' }, WIDE_WORKSPACE);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      code: 'platform_misconfigured',
      detail: 'LinkedIn cannot be connected at the moment. The operator of this service has been told.',
    });
    expect(fixture.logs.lines()).toContainEqual(
      expect.objectContaining({ level: 'warn', platform: 'linkedin', missing: ['the redirect URI is not set'] }),
    );
  });

  it('C90 holds no secret', async () => {
    const { body } = await fixture.call('hannah', PATH);
    expect(JSON.stringify(body)).not.toContain(CANARY_SECRET);
  });
});
