import { jest } from '@jest/globals';
import { Plans } from '../src/directory/plan-matrix.ts';
import { ConnectDriver } from './connect-driver.ts';
import { GatewayFixture, RETURN_URL } from './gateway-fixture.ts';
import { offerOf, page, WIDE_WORKSPACE, WORKSPACE } from './grant-states.ts';

const ACTING = { 'Mooring-Acting-Workspace': WORKSPACE };
const CONNECTIONS = `/v1/workspaces/${WORKSPACE}/connections`;

interface PlatformsBody {
  readonly data: readonly { platform: string; available: boolean; reason: string | null; requirements: string[] }[];
}

describe('directory, roles and plans', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  const workspace = (changes: object = {}) =>
    fixture.call('service', `PUT /v1/workspaces/${WORKSPACE}`, {
      ...{ hubId: 'acme', name: 'North', plan: 'free', timeZone: 'Europe/Berlin' },
      ...changes,
    });

  it('announces what the product says, with growing versions', async () => {
    await workspace({ name: 'North 2' });
    await fixture.call('service', `PUT /v1/workspaces/${WORKSPACE}/members/nora`, { role: 'viewer', name: 'Nora' });
    await fixture.call('service', `DELETE /v1/workspaces/${WORKSPACE}/members/nora`);
    await fixture.call('service', `PUT /v1/workspaces/${WORKSPACE}/members/nora`, { role: 'admin', name: 'Nora' });
    await fixture.call('service', `DELETE /v1/workspaces/${WORKSPACE}/members/nora`);
    await fixture.call('service', `PUT /v1/hubs/acme/admins/hugo`, { name: 'Hugo', email: 'hugo@example.com' });
    await fixture.call('service', `DELETE /v1/hubs/acme/admins/hugo`);
    const events = await fixture.announced();
    expect(events.map(({ type, key }) => `${type} ${key}`)).toEqual([
      `WorkspaceChanged ${WORKSPACE}`,
      `MemberChanged ${WORKSPACE}`,
      `MemberRemoved ${WORKSPACE}`,
      `MemberChanged ${WORKSPACE}`,
      `MemberRemoved ${WORKSPACE}`,
      'HubAdminChanged acme',
      'HubAdminChanged acme',
    ]);
    expect(events.map(({ data }) => data['version'])).toEqual([expect.any(Number), 1, 2, 3, 4, 1, 2]);
    expect(events.at(-1)?.data).toMatchObject({ hubId: 'acme', subject: 'hugo', removed: true });
  });

  it('never moves a workspace to another hub', async () => {
    await fixture.call('service', 'PUT /v1/hubs/other', { name: 'Other' });
    const { status, body } = await workspace({ hubId: 'other' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'hub_mismatch' });
  });

  it('takes the directory from services with the scope alone', async () => {
    const put = 'PUT /v1/hubs/acme';
    expect((await fixture.call('olga', put, { name: 'x' })).status).toBe(403);
    expect((await fixture.call(null, put, { name: 'x' })).status).toBe(401);
    const { body } = await fixture.call('service', 'PUT /v1/hubs/acme', { name: '', extra: 1 });
    expect(body).toMatchObject({ code: 'invalid_request', requestId: expect.any(String) });
    expect((body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/extra', '/name']),
    );
  });

  it('tells a person the workspaces and roles, and a hub admin the whole hub', async () => {
    const mine = async (who: string): Promise<unknown> => (await fixture.call(who, 'GET /v1/me')).body;
    expect(await mine('edith')).toMatchObject({
      subject: 'edith',
      workspaces: [{ id: WORKSPACE, role: 'editor' }],
      hubs: [],
    });
    expect(await mine('hannah')).toMatchObject({
      workspaces: [
        { id: WORKSPACE, role: 'hub_admin' },
        { id: WIDE_WORKSPACE, role: 'hub_admin' },
      ],
      hubs: [{ id: 'acme' }],
    });
    expect(await mine('mallory')).toMatchObject({ workspaces: [], hubs: [] });
  });

  it('L-03 lets editors and viewers see and nothing else', async () => {
    const [connection] = await new ConnectDriver(fixture).connect('1');
    for (const person of ['edith', 'victor']) {
      expect((await fixture.call(person, `GET ${CONNECTIONS}`)).body['data']).toHaveLength(1);
      const detail = await fixture.call(person, `GET /v1/connections/${connection?.id}`);
      expect(detail.body['abilities']).toEqual({ reconnect: false, refresh: false, check: false, disconnect: false });
      for (const act of ['POST check', 'POST refresh', 'GET disconnect-preview', 'POST reconnect-sessions']) {
        const [method, verb] = act.split(' ');
        const body = verb === 'reconnect-sessions' ? { returnUrl: RETURN_URL } : undefined;
        const refused = await fixture.call(person, `${method} /v1/connections/${connection?.id}/${verb}`, body);
        expect(refused.body).toMatchObject({ code: 'role_not_allowed' });
      }
      const deleted = await fixture.call(person, `DELETE /v1/connections/${connection?.id}`);
      expect(deleted.status).toBe(403);
    }
  });

  it('L-03 lets a hub admin act with the header, on the workspace’s behalf, and not without', async () => {
    const without = await fixture.call('hannah', `GET ${CONNECTIONS}`);
    expect(without.status).toBe(403);
    expect(without.body).toMatchObject({ code: 'acting_workspace_required' });
    expect((await fixture.call('hannah', `GET ${CONNECTIONS}`, undefined, ACTING)).status).toBe(200);
    const [connection] = await new ConnectDriver(fixture).connect('1');
    await fixture.announced();
    const { status } = await fixture.call('hannah', `DELETE /v1/connections/${connection?.id}`, undefined, ACTING);
    expect(status).toBe(200);
    const [event] = await fixture.announced();
    expect(event?.data['by']).toEqual({ subject: 'hannah', name: 'Hannah', onBehalfOfWorkspace: true });
    const history = await fixture.call('olga', `GET /v1/connections/${connection?.id}/events`);
    expect(history.body['data']).toContainEqual(
      expect.objectContaining({ kind: 'ConnectionDisconnected', onBehalfOfWorkspace: true }),
    );
  });

  it('L-04 shows an upgrade prompt for a platform that the plan bars', async () => {
    const of = jest.spyOn(fixture.service.app.get(Plans), 'of').mockReturnValue({ platforms: [], accountsMax: 5 });
    const { body } = await fixture.call<PlatformsBody>('olga', `GET /v1/platforms?workspace=${WORKSPACE}`);
    of.mockRestore();
    expect(body.data.find(({ platform }) => platform === 'facebook')?.reason).toBe('plan');
    expect(body.data.find(({ platform }) => platform === 'telegram')?.reason).toBe('coming_soon');
  });

  it('L-01 L-04 shows what cannot be connected yet, and refuses it as it refuses what the plan bars', async () => {
    const { body } = await fixture.call<PlatformsBody>('olga', `GET /v1/platforms?workspace=${WORKSPACE}`);
    const reasons = Object.fromEntries(body.data.map(({ platform, reason }) => [platform, reason]));
    expect(reasons).toMatchObject({
      facebook: null,
      instagram: null,
      linkedin: 'plan',
      tiktok: 'plan',
      x: 'plan',
      telegram: 'coming_soon',
    });
    expect(body.data.find(({ platform }) => platform === 'facebook')?.requirements).not.toHaveLength(0);
    const begin = (platform: string) => new ConnectDriver(fixture).begin({ platform });
    expect((await begin('linkedin')).body).toMatchObject({ code: 'platform_not_on_plan', action: 'upgrade_plan' });
    expect((await begin('instagram')).status).toBe(201);
    expect((await begin('telegram')).status).toBe(422);
    const forViewer = await fixture.call<PlatformsBody>('victor', `GET /v1/platforms?workspace=${WORKSPACE}`);
    expect(forViewer.body.data.find(({ platform }) => platform === 'facebook')?.reason).toBe('role');
  });

  it('L-04 C81 counts broken connections, frees the slot of a disconnected one, and never asks a reconnect for one', async () => {
    const ids = ['1', '2', '3', '4', '5', '6'];
    fixture.vault.offer = offerOf({ accounts: ids.map((id) => page(id)) });
    const driver = new ConnectDriver(fixture);
    const back = await driver.consent();
    await driver.claim(back);
    const tooMany = await driver.select(back.session, ...ids);
    expect(tooMany.status).toBe(409);
    expect(tooMany.body).toMatchObject({
      code: 'plan_limit_reached',
      detail: 'Your plan allows 5 connected accounts and 0 are in use.',
    });
    const { body } = await driver.select(back.session, ...ids.slice(1));
    await fixture.admin.query(
      `update gateway.connections set cut_off_reason = 'password_changed', status = 'needs_reconnect'`,
    );
    expect((await driver.begin()).body.code).toBe('plan_limit_reached');
    const [first] = body.connections;
    expect((await driver.start(await driver.beginReconnect(first?.id ?? ''))).state).toHaveLength(43);
    await fixture.call('olga', `DELETE /v1/connections/${first?.id}`);
    expect((await driver.begin()).status).toBe(201);
  });

  it('L-04 gives the last slot to one of two choices at once', async () => {
    fixture.vault.offer = offerOf({ accounts: ['1', '2', '3', '4', '5', '6', '7'].map((id) => page(id)) });
    const driver = new ConnectDriver(fixture);
    await driver.connect('1', '2', '3', '4');
    const backs = [await driver.consent(), await driver.consent()];
    for (const back of backs) await driver.claim(back);
    const answers = await Promise.all(backs.map(({ session }, i) => driver.select(session, String(5 + i))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('publishes its OpenAPI document to everybody, and answers unknown routes as problems', async () => {
    const { body } = await fixture.call(null, 'GET /v1/openapi.json');
    expect(Object.keys(body['paths'] as object)).toContain('/v1/connections/{connectionId}');
    expect((await fixture.call('olga', 'GET /v1/nothing')).body).toMatchObject({ code: 'not_found' });
    expect((await fixture.call('olga', 'GET /v1/connections/nonsense')).body).toMatchObject({
      code: 'invalid_request',
    });
  });
});
