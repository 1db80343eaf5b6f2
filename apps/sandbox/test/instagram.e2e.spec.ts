import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../src/index.ts';
import { FacebookDriver, startSandbox } from './facebook-driver.ts';
import { InstagramDriver } from './instagram-driver.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let sandbox: Sandbox;
let instagram: InstagramDriver;
let control: FacebookDriver['control'];

beforeAll(async () => {
  sandbox = await startSandbox();
  instagram = new InstagramDriver(sandbox.url);
  const facebook = new FacebookDriver(sandbox.url);
  control = facebook.control.bind(facebook);
});
beforeEach(() => control('POST', 'reset'));
afterAll(() => sandbox.close());

const clock = (offsetMs: number) => control('POST', 'clock', { offsetMs });

describe('consent', () => {
  it('goes back with a code and #_, or with the documented refusal', async () => {
    const agreed = (await instagram.consent()).headers.get('location') ?? '';
    expect(agreed).toMatch(/\?code=AQCANARY[^&]+&state=st-1#_$/);
    const denied = new URL((await instagram.consent({ decision: 'cancel' })).headers.get('location') ?? '');
    expect(Object.fromEntries(denied.searchParams)).toEqual({
      error: 'access_denied',
      error_reason: 'user_denied',
      error_description: 'The user denied your request',
      state: 'st-1',
    });
  });

  it('sends nobody to an unknown redirect URI, and takes no personal account', async () => {
    const unknown = await instagram.consent({}, { redirect_uri: 'http://127.0.0.1:1/elsewhere' });
    expect([unknown.status, unknown.headers.get('location')]).toEqual([400, null]);
    const personal = await instagram.consent({ person: 'pete' });
    expect([personal.status, await personal.text()]).toEqual([400, expect.stringContaining('professional account')]);
  });
});

describe('code exchange', () => {
  it('observed: flat, a bare number beyond 2^53, permissions as a list', async () => {
    const { text, body } = await instagram.exchange(await instagram.code());
    expect(text).toContain('"user_id":17841400000010501,');
    expect(Object.keys(body)).toEqual(['access_token', 'user_id', 'permissions']);
    expect(body.permissions).toEqual(['instagram_business_basic', 'instagram_business_content_publish']);
  });

  it('documented: wrapped in data, the id as text, permissions with commas', async () => {
    await control('PUT', 'instagram/switches', { tokenAnswer: 'documented' });
    const { body } = await instagram.exchange(await instagram.code());
    expect(body.data).toEqual([
      {
        access_token: expect.stringMatching(/^IGAACANARY/),
        user_id: '24500490000000001',
        permissions: 'instagram_business_basic,instagram_business_content_publish',
      },
    ]);
  });

  it('refuses in its own envelope: used code, wrong secret, unknown app', async () => {
    const code = await instagram.code();
    await instagram.exchange(code);
    const envelope = (error_message: string) => ({ error_type: 'OAuthException', code: 400, error_message });
    const used = await instagram.exchange(code);
    expect([used.status, used.body]).toEqual([400, envelope('Matching code was not found or was already used')]);
    const wrong = await instagram.exchange(await instagram.code(), { client_secret: 'x' });
    expect(wrong.body).toEqual(envelope('Error validating client secret'));
    const unknown = await instagram.exchange(await instagram.code(), { client_id: '1' });
    expect(unknown.body).toEqual(envelope('Invalid platform app'));
  });

  it('a blank token keeps the number whole', async () => {
    await control('PUT', 'instagram/fault', { fault: 'blank-token', calls: ['token'] });
    const { text } = await instagram.exchange(await instagram.code());
    expect(text).toContain('"access_token":"","user_id":17841400000010501,');
  });
});

describe('long tokens', () => {
  it('live sixty days, from a short one only', async () => {
    const long = await instagram.lengthen(await instagram.shortToken());
    expect(long.body).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 5_183_944 });
    const again = await instagram.lengthen(long.body.access_token as string);
    expect([again.status, again.body.error.type]).toEqual([400, 'IGApiException']);
  });

  it('are renewed after 24 hours and before their end, with the basic permission', async () => {
    const long = await instagram.longToken();
    expect((await instagram.renew(long)).status).toBe(400);
    await clock(DAY_MS + 1000);
    const renewed = await instagram.renew(long);
    expect(renewed.body).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 5_183_944 });
    expect(renewed.body.access_token).not.toBe(long);
    await clock(61 * DAY_MS + HOUR_MS);
    const late = await instagram.renew(long);
    expect(late.status).toBe(400);
    expect(late.body.error).toEqual({
      message: expect.stringMatching(/^Error validating access token: Session has expired on /),
      type: 'OAuthException',
      code: 190,
      fbtrace_id: expect.any(String),
    });
  });

  it('without the basic permission: code 10', async () => {
    const long = await instagram.longToken({ boxes: '1', permissions: 'instagram_business_content_publish' });
    await clock(2 * DAY_MS);
    expect((await instagram.renew(long)).body.error).toMatchObject({ code: 10, type: 'IGApiException' });
  });
});

describe('graph.instagram.com', () => {
  it('me, flat and wrapped, and recent posts', async () => {
    const access_token = await instagram.longToken();
    const query = { fields: 'id,user_id,username,account_type', access_token };
    const me = { id: '24500490000000001', user_id: '17841400000010501' };
    expect((await instagram.graph('v25.0/me', query)).body).toMatchObject({ ...me, username: 'harbour.cafe' });
    await control('PUT', 'instagram/switches', { meAnswer: 'wrapped' });
    expect((await instagram.graph('v25.0/me', query)).body.data).toEqual([expect.objectContaining(me)]);
    const media = await instagram.graph('v25.0/me/media', { fields: 'id,caption,timestamp', limit: '2', access_token });
    expect(media.body.data).toHaveLength(2);
  });

  it.each([
    ['app-removed', /has not authorized application 555666777888/],
    ['password-changed', /changed their password/],
    ['suspended', /log in to www\.facebook\.com/],
  ])('%s: 190 without a subcode, in the known words', async (act, words) => {
    const access_token = await instagram.longToken();
    await control('POST', `instagram/people/harbour/${act}`);
    const { status, body } = await instagram.graph('v25.0/me', { access_token });
    expect([status, body.error.code]).toEqual([400, 190]);
    expect(body.error.message).toMatch(words);
    expect(body.error).not.toHaveProperty('error_subcode');
  });

  it('DELETE me/permissions ends every token of the person, where it works at all', async () => {
    const access_token = await instagram.longToken();
    await control('PUT', 'instagram/switches', { deletePermissions: false });
    expect((await instagram.graph('me/permissions', { access_token }, 'DELETE')).body.error.code).toBe(100);
    await control('PUT', 'instagram/switches', { deletePermissions: true });
    expect((await instagram.graph('me/permissions', { access_token }, 'DELETE')).body).toEqual({ success: true });
    expect((await instagram.graph('v25.0/me', { access_token })).body.error.code).toBe(190);
  });
});
