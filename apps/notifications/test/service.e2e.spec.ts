import { randomUUID } from 'node:crypto';
import type { MooringEvent } from '@mooring/contracts';
import { type Bus, createBus, encodeEvent, ensureTopics } from '@mooring/messaging';
import { type RunningService, startService } from '@mooring/runtime';
import { startTestIssuer, type TestIssuer } from '@mooring/runtime/testing';
import { readSettings } from '../src/config.ts';
import { notificationsService, portsOf } from '../src/service.ts';
import { StreamReader } from './live-stream.ts';
import { directoryEvent, HUB, NotificationsFixture, TestConnection, WORKSPACE } from './notifications-fixture.ts';

const TYPES = [
  'ConnectionEstablished',
  'ConnectionRefreshed',
  'ConnectionChecked',
  'ConnectionReconnected',
  'ConnectionExpiringSoon',
  'ConnectionExpired',
  'ConnectionRecovered',
  'ConnectionScopesChanged',
  'ConnectionDisconnected',
  'WorkspaceChanged',
  'MemberChanged',
  'MemberRemoved',
  'HubAdminChanged',
] as const;

interface Page {
  readonly data: { id: string; text: string; read: boolean; code: string }[];
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
  readonly unreadCount: number;
}

describe('notifications as a process on the embedded bus', () => {
  const fixture = new NotificationsFixture();
  let issuer: TestIssuer;
  let bus: Bus;
  let service: RunningService;
  let olivia: Record<string, string>;

  const start = (changes: Record<string, string> = {}): Promise<RunningService> => {
    const settings = readSettings({
      DATABASE_URL: fixture.urls.url,
      WORKER_DATABASE_URL: fixture.urls.workerUrl,
      BUS_DATABASE_URL: fixture.postgres.adminUrl,
      TRUSTED_ISSUERS: JSON.stringify(issuer.trusted()),
      HTTP_PORT: '0',
      OPS_PORT: '0',
      LOG_LEVEL: 'silent',
      LIVE_HEARTBEAT_MS: '1000',
      ...changes,
    });
    return startService({ ...notificationsService(), settings, listen: portsOf(settings) });
  };
  const url = (path: string, of: RunningService = service): string => `http://127.0.0.1:${of.ports['public']}${path}`;
  const publish = (...events: MooringEvent[]): Promise<void> => bus.producer.send(events.map(encodeEvent));
  const headersOf = async (subject: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await issuer.person(subject)}`,
  });
  const get = async (path: string, headers = olivia): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(url(path), { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const listen = (headers: Record<string, string> = {}, of = service): Promise<StreamReader> =>
    StreamReader.open(url(`/v1/live?workspace=${WORKSPACE}`, of), { ...olivia, ...headers });

  beforeAll(async () => {
    await fixture.start();
    issuer = await startTestIssuer();
    const busSettings = { busDatabaseUrl: fixture.postgres.adminUrl, clientId: 'test' };
    await ensureTopics(busSettings, [{ group: 'notifications', types: [...TYPES] }]);
    bus = createBus(busSettings);
    olivia = await headersOf('olivia');
    const person = { email: null, locale: null, version: 1 };
    const workspace = { hubId: HUB, plan: 'free', timeZone: 'UTC', version: 1 } as const;
    for (const event of [
      directoryEvent('WorkspaceChanged', { ...workspace, workspaceId: WORKSPACE, name: 'Acme' }),
      directoryEvent('MemberChanged', {
        ...person,
        workspaceId: WORKSPACE,
        subject: 'olivia',
        role: 'viewer',
        name: 'O',
      }),
      directoryEvent('MemberChanged', { ...person, workspaceId: WORKSPACE, subject: 'gone', role: 'owner', name: 'G' }),
      directoryEvent('MemberRemoved', { workspaceId: WORKSPACE, subject: 'gone', version: 2 }),
      directoryEvent('HubAdminChanged', { ...person, hubId: HUB, subject: 'hanna', name: 'H', removed: false }),
    ]) {
      await fixture.directory.run(event);
    }
    service = await start();
  }, 90_000);

  afterAll(async () => {
    await service?.stop();
    await bus?.close();
    await issuer?.stop();
    await fixture.stop();
  });

  it('L-23 L-24 tells of a renewal and a cut-off at once, in the feed, as an alert, and closes it with an all-clear', async () => {
    const stream = await listen();
    await stream.next('ready');
    const page = new TestConnection('Harbour Coffee');
    const renewal = page.refreshed('refreshed');
    await publish(page.established(), renewal, page.expired(randomUUID()));
    const toast = await stream.next('toast');
    expect(toast.data).toMatchObject({
      workspaceId: WORKSPACE,
      text: 'Access token refreshed for Harbour Coffee',
      tone: 'success',
      connectionId: page.state.connectionId,
    });
    await stream.next('toast', (message) => message.data['text'] === 'Harbour Coffee expired. Please reconnect.');
    const alert = await stream.next('alert');
    expect(alert.data['alert']).toMatchObject({ closedAt: null, reason: 'password_changed' });
    const change = await stream.next('connection', (message) => message.data['cause'] === 'ConnectionExpired');
    expect(change.data['connection']).toMatchObject({ status: 'needs_reconnect' });
    const ended = await stream.next('connection', (message) => message.data['cause'] === 'ConnectionRefreshed');
    expect(ended.data['attemptId']).toBe('attempt' in renewal.data ? renewal.data.attempt.attemptId : null);
    expect((await get(`/v1/alerts?workspace=${WORKSPACE}`)).body).toMatchObject({
      data: [{ closedAt: null, connections: [{ displayName: 'Harbour Coffee', outcome: null }] }],
    });

    await publish(page.healed());
    await stream.next('notice', (message) => message.data['code'] === 'all_clear');
    expect((await get(`/v1/alerts?workspace=${WORKSPACE}`)).body).toMatchObject({
      data: [{ closedAt: expect.any(String), connections: [{ outcome: 'healed' }] }],
    });
    stream.close();
  });

  it('L-24 pages through the feed and counts what a person has not read', async () => {
    const first = (await get(`/v1/notifications?workspace=${WORKSPACE}&limit=2`)).body as unknown as Page;
    expect(first).toMatchObject({ hasMore: true, unreadCount: 3, data: [{ code: 'all_clear', read: false }, {}] });
    const rest = (await get(`/v1/notifications?workspace=${WORKSPACE}&cursor=${first.nextCursor}`)).body;
    expect(rest).toMatchObject({ hasMore: false, nextCursor: null, data: [{ code: 'token_refreshed' }] });
    const read = await fetch(url(`/v1/notifications/read?workspace=${WORKSPACE}`), {
      method: 'POST',
      headers: { ...olivia, 'content-type': 'application/json' },
      body: JSON.stringify({ upTo: first.data[1]!.id }),
    });
    expect({ status: read.status, body: await read.json() }).toEqual({ status: 200, body: { unreadCount: 1 } });
    const hanna = { ...(await headersOf('hanna')), 'mooring-acting-workspace': WORKSPACE };
    expect((await get(`/v1/notifications?workspace=${WORKSPACE}`, hanna)).body).toMatchObject({ unreadCount: 3 });
    expect((await get(`/v1/notifications?workspace=${WORKSPACE}&cursor=forged`)).body).toMatchObject({ status: 422 });
  });

  it.each([
    { who: 'a stranger', subject: 'nobody', acting: null, status: 404, code: 'not_found' },
    { who: 'somebody who has left', subject: 'gone', acting: null, status: 404, code: 'not_found' },
    {
      who: 'a hub admin who does not say where to act',
      subject: 'hanna',
      acting: null,
      status: 403,
      code: 'acting_workspace_required',
    },
    {
      who: 'a hub admin who acts elsewhere',
      subject: 'hanna',
      acting: 'other',
      status: 403,
      code: 'acting_workspace_required',
    },
  ])('lets $who see nothing', async ({ subject, acting, status, code }) => {
    const headers = { ...(await headersOf(subject)), ...(acting && { 'mooring-acting-workspace': acting }) };
    for (const path of ['/v1/live', '/v1/notifications', '/v1/alerts']) {
      expect(await get(`${path}?workspace=${WORKSPACE}`, headers)).toMatchObject({ status, body: { code } });
    }
  });

  it('asks for a token and a workspace id', async () => {
    expect(await get(`/v1/live?workspace=${WORKSPACE}`, {})).toMatchObject({ status: 401 });
    expect(await get('/v1/live')).toMatchObject({ status: 422 });
    const service = { authorization: `Bearer ${await issuer.service('publisher')}` };
    expect(await get(`/v1/alerts?workspace=${WORKSPACE}`, service)).toMatchObject({ status: 403 });
  });

  it('L-24 resumes after the last message that was received, and loses nothing to a crash between feed and delivery', async () => {
    const stream = await listen();
    const { id } = await stream.next('ready');
    expect(Number(id)).toBeGreaterThan(0);
    stream.close();
    const crashing = fixture.tellPeople(() => Promise.reject(new Error('killed')));
    const page = new TestConnection('While away');
    await expect(crashing.run(page.refreshed('refreshed'))).rejects.toThrow('killed');
    const resumed = await listen({ 'last-event-id': id });
    const toast = await resumed.next('toast');
    expect(toast.data['text']).toBe('Access token refreshed for While away');
    expect(Number(toast.id)).toBeGreaterThan(Number(id));
    resumed.close();
  });

  it('tells a listener whose gap is too long, or whose id is not ours, to begin afresh', async () => {
    const caughtUp = await listen();
    await caughtUp.next('ready');
    await publish(...['a', 'b'].map((name) => new TestConnection(name).refreshed('refreshed')));
    await caughtUp.next('toast', (message) => String(message.data['text']).endsWith('b'));
    caughtUp.close();
    for (const id of ['999999999', 'forged']) {
      const stream = await listen({ 'last-event-id': id });
      await stream.next('reset');
      stream.close();
    }
    const small = await start({ LIVE_REPLAY_ROWS_MAX: '1', LIVE_LISTENERS_MAX: '1', LIVE_STREAM_MS_MAX: '1500' });
    try {
      const stream = await listen({ 'last-event-id': '0' }, small);
      await stream.next('reset');
      await expect(listen({}, small)).rejects.toThrow('429');
      await stream.ended;
      expect(stream.comments).toBeGreaterThanOrEqual(1);
    } finally {
      await small.stop();
    }
  });

  it('delivers to listeners of every replica, whichever of them heard of it', async () => {
    const other = await start();
    try {
      const streams = [await listen(), await listen({}, other)];
      for (const stream of streams) await stream.next('ready');
      await publish(new TestConnection('Everywhere').refreshed('refreshed'));
      for (const stream of streams) {
        await stream.next('toast', (message) => message.data['text'] === 'Access token refreshed for Everywhere');
        stream.close();
      }
    } finally {
      expect(await other.stop()).toEqual({ unfinished: [] });
    }
  });

  it('ends live streams when it stops, and stops cleanly', async () => {
    const stream = await listen();
    await stream.next('ready');
    expect(await service.stop()).toEqual({ unfinished: [] });
    await stream.ended;
  });
});
