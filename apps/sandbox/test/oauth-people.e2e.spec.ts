import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NoticeReceiver } from './notice-receiver.ts';
import { SampleDriver } from './sample-driver.ts';

let sample: SampleDriver;
let receiver: NoticeReceiver;

beforeAll(async () => {
  sample = await SampleDriver.start();
  receiver = await NoticeReceiver.start();
});
beforeEach(() => sample.control('POST', 'reset'));
afterEach(() => receiver.clear());
afterAll(async () => {
  await receiver.close();
  await sample.close();
});

const act = (name: string, person = 'sara') => sample.control('POST', `sample/people/${person}/${name}`);
const live = async (token: string) => (await sample.me(token)).status === 200;

describe('consent page', () => {
  it('unticks, denies, and sends nobody to an unknown redirect URI', async () => {
    const code = (await sample.consent({ boxes: '1', permissions: 'read' })).searchParams.get('code') ?? '';
    expect((await sample.exchange(code)).body.scope).toBe('read');
    const denied = await sample.consent({ decision: 'cancel' });
    expect(Object.fromEntries(denied.searchParams)).toEqual({ error: 'access_denied', state: 'st-1' });
    const page = await fetch(sample.authorizeUrl({ redirect_uri: 'http://127.0.0.1:1/x' }), { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  });

  it('next-dialog decides once, without a click', async () => {
    await sample.control('PUT', 'sample/next-dialog', { decision: 'error', parameters: { error: 'server_error' } });
    const decided = await fetch(sample.authorizeUrl(), { redirect: 'manual' });
    expect(new URL(decided.headers.get('location') ?? '').searchParams.get('error')).toBe('server_error');
    const asked = await fetch(sample.authorizeUrl(), { redirect: 'manual' });
    expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining('Continue as')]);
  });
});

describe('what happens to people', () => {
  it.each(['app-removed', 'password-changed', 'deleted'])('%s: all tokens of the person end', async (name) => {
    const { access_token, refresh_token } = await sample.connect();
    await act(name);
    expect(await live(access_token)).toBe(false);
    expect((await sample.refresh(refresh_token)).body.error).toBe('refresh-ended');
    await act('restore');
    expect(await live(access_token)).toBe(true);
  });

  it('suspended: nothing works until it is lifted, nor can the app be allowed anew', async () => {
    const { access_token, refresh_token } = await sample.connect();
    await act('suspended');
    expect((await sample.refresh(refresh_token)).body.error).toBe('account-suspended');
    expect((await sample.consent()).href).toBe('about:blank');
    await act('restore');
    expect(await live(access_token)).toBe(true);
  });

  it('access-expired, next-token: tokens end by the platform’s clock', async () => {
    await sample.control('PUT', 'sample/next-token', { lifetimeSeconds: 60, refreshLifetimeSeconds: 120 });
    const { access_token, refresh_token } = await sample.connect();
    await sample.control('POST', 'clock', { offsetMs: 61_000 });
    expect(await (await sample.me(access_token)).json()).toEqual({ error: 'token-expired' });
    await sample.control('POST', 'clock', { offsetMs: 121_000 });
    expect((await sample.refresh(refresh_token)).body.error).toBe('refresh-expired');
  });

  it('a changed client secret refuses, touches no token, and comes back with a reset', async () => {
    const { refresh_token } = await sample.connect();
    await sample.control('PUT', 'sample/app', { clientSecret: 'CANARY-another' });
    expect((await sample.refresh(refresh_token)).body.error).toBe('client-secret');
    await sample.control('POST', 'reset');
    const again = await sample.connect();
    expect((await sample.refresh(again.refresh_token)).status).toBe(200);
  });

  it('grants: many consents at once, each a family of its own', async () => {
    const { body } = await sample.control('POST', 'sample/people/tomas/grants', { count: 50, lifetimeSeconds: 60 });
    expect(new Set((body as { family: string }[]).map(({ family }) => family)).size).toBe(50);
    expect(body[49]).toMatchObject({ expiresInSeconds: 60, refreshExpiresInSeconds: 86_400 });
    expect(await live(body[49].accessToken as string)).toBe(true);
  });
});

describe('notices', () => {
  const notify = (body: object) => sample.control('POST', 'sample/people/sara/notify', { url: receiver.url, ...body });

  it('are signed as they go out; forged ones aren’t what was signed', async () => {
    const { access_token } = await sample.connect();
    await notify({ reason: 2, removes: false });
    await notify({ tampered: true, removes: false });
    const [right, forged] = receiver.received;
    expect(JSON.parse(right!.body)).toMatchObject({ subjectId: 'subject-sara', reason: 2 });
    expect(right!.headers['x-sample-signature']).toBe(`20:${right!.body.length}`);
    expect(JSON.parse(forged!.body)).toMatchObject({ reason: 2 });
    expect(await live(access_token)).toBe(true);
    expect((await notify({})).body).toEqual({ callbackStatus: 200 });
    expect(await live(access_token)).toBe(false);
  });

  it('come again byte for byte, old, oversized, and about nobody', async () => {
    await notify({ ageSeconds: 600 });
    await sample.control('POST', 'clock', { offsetMs: 60_000 });
    await notify({ replayed: true });
    const [first, again] = receiver.received;
    expect(again).toEqual(first);
    const { atSeconds } = JSON.parse(first!.body) as { atSeconds: number };
    expect(Date.now() / 1000 - atSeconds).toBeGreaterThanOrEqual(599);
    await notify({ padBytes: 5000, subjectId: 'nobody' });
    expect(receiver.received[2]!.body.length).toBeGreaterThan(5000);
    expect(JSON.parse(receiver.received[2]!.body)).toMatchObject({ subjectId: 'nobody' });
  });
});

it('C90 the panel and the control API show fingerprints, never tokens, and every secret carries the canary', async () => {
  const tokens = await sample.connect();
  const shown = [
    await (await fetch(`${sample.url}/panel`)).text(),
    JSON.stringify((await sample.control('GET', 'sample')).body),
    JSON.stringify((await sample.control('GET', 'sample/requests')).body),
  ].join('');
  expect(shown).not.toContain('CANARY');
  const { values } = (await sample.control('GET', 'canaries')).body as { values: string[] };
  for (const token of [tokens.access_token, tokens.refresh_token]) {
    expect(token).toContain('CANARY');
    expect(values).toContain(token);
  }
});
