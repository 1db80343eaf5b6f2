import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { Sandbox } from '../src/index.ts';
import { APP_SECRET, FacebookDriver, startSandbox } from './facebook-driver.ts';
import { IG_APP, InstagramDriver } from './instagram-driver.ts';
import { NoticeReceiver } from './notice-receiver.ts';

const ANSWER = { url: 'https://mooring.example/deletions/A1', confirmation_code: 'A1' };

let sandbox: Sandbox;
let facebook: FacebookDriver;
let receiver: NoticeReceiver;

beforeAll(async () => {
  sandbox = await startSandbox();
  facebook = new FacebookDriver(sandbox.url);
  receiver = await NoticeReceiver.start(JSON.stringify(ANSWER));
});
beforeEach(() => facebook.control('POST', 'reset'));
afterEach(() => receiver.clear());
afterAll(async () => {
  await receiver.close();
  await sandbox.close();
});

function unpack(body: string, secret: string): { signed: boolean; payload: Record<string, unknown> } {
  const [signature, payload = ''] = (new URLSearchParams(body).get('signed_request') ?? '').split('.');
  const expected = createHmac('sha256', secret).update(payload).digest('base64url');
  const parsed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return { signed: signature === expected, payload: parsed };
}

it('Facebook: data deletion is asked for with a signed request, and the app’s answer is shown', async () => {
  const user = await facebook.longToken();
  const { body } = await facebook.control('POST', 'facebook/people/fiona/notify', {
    notice: 'data-deletion',
    url: receiver.url,
  });
  expect(body).toEqual({ callbackStatus: 200, answer: ANSWER });
  const { signed, payload } = unpack(receiver.received[0]!.body, APP_SECRET);
  expect([signed, payload.user_id]).toEqual([true, '10150000000000001']);
  expect((await facebook.debug(user)).error.subcode).toBe(458);
});

it.each(['deauthorize', 'permissions'])('Facebook: %s, forged: the bytes aren’t what was signed', async (notice) => {
  await facebook.control('POST', 'facebook/people/fiona/notify', { notice, url: receiver.url, tampered: true });
  const { body, headers } = receiver.received[0]!;
  if (notice === 'deauthorize') {
    const [signature, payload = ''] = (new URLSearchParams(body).get('signed_request') ?? '').split('.');
    expect(signature).not.toBe(createHmac('sha256', APP_SECRET).update(payload).digest('base64url'));
  } else {
    const expected = createHmac('sha256', APP_SECRET).update(body).digest('hex');
    expect(headers['x-hub-signature-256']).not.toBe(`sha256=${expected}`);
  }
});

it.each([
  ['app-scoped', '24500490000000001'],
  ['professional', '17841400000010501'],
])('Instagram: deauthorize is signed with Instagram’s secret and names the %s id', async (deauthorizeId, userId) => {
  const instagram = new InstagramDriver(sandbox.url);
  const access_token = await instagram.longToken();
  await facebook.control('PUT', 'instagram/switches', { deauthorizeId });
  await facebook.control('POST', 'instagram/people/harbour/notify', { notice: 'deauthorize', url: receiver.url });
  const { signed, payload } = unpack(receiver.received[0]!.body, IG_APP.client_secret);
  expect([signed, payload.user_id]).toEqual([true, userId]);
  expect((await instagram.graph('v25.0/me', { access_token })).body.error.code).toBe(190);
});

it('sends to the addresses of the settings, and says where there is none', async () => {
  const path = 'instagram/people/mira/notify';
  expect((await facebook.control('POST', path, {})).body).toEqual({ callbackStatus: null, error: 'no address' });
  await facebook.control('PUT', 'instagram/app', { callbacks: { deauthorize: receiver.url } });
  expect((await facebook.control('POST', path, {})).body).toEqual({ callbackStatus: 200 });
  expect((await facebook.control('POST', path, { notice: 'nonsense' })).status).toBe(404);
});
