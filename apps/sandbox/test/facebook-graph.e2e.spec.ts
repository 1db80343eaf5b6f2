import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { Sandbox } from '../src/index.ts';
import { APP_SECRET, FacebookDriver, startSandbox } from './facebook-driver.ts';

let sandbox: Sandbox;
let facebook: FacebookDriver;

beforeAll(async () => {
  sandbox = await startSandbox();
  facebook = new FacebookDriver(sandbox.url);
});
beforeEach(() => facebook.control('POST', 'reset'));
afterAll(() => sandbox.close());

describe('discovery', () => {
  it('lists Pages with token, tasks and the linked Instagram account', async () => {
    const token = await facebook.longToken();
    const fields =
      'id,name,access_token,tasks,picture.type(large){url},instagram_business_account{id,username,name,profile_picture_url}';
    const reply = await facebook.as(token, 'GET', 'me/accounts', { fields, limit: '100' });
    expect(reply.body.data).toHaveLength(3);
    expect(reply.body.data[0]).toMatchObject({
      id: '100200300400501',
      name: 'Harbour Café',
      access_token: expect.stringContaining('CANARY'),
      tasks: expect.arrayContaining(['CREATE_CONTENT']),
      instagram_business_account: { id: '17841400000010501', username: 'harbour.cafe' },
    });
    expect(reply.body.data[1]).not.toHaveProperty('instagram_business_account');
    expect(reply.body.paging.next).toBeUndefined();
  });

  it('pages 230 Pages in three answers whose next address carries the token', async () => {
    const token = await facebook.longToken({ person: 'max' });
    const ids = new Set<string>();
    let after: string | undefined;
    let answers = 0;
    do {
      const more: Record<string, string> = after === undefined ? {} : { after };
      const { body } = await facebook.as(token, 'GET', 'me/accounts', { limit: '100', ...more });
      for (const page of body.data as { id: string }[]) ids.add(page.id);
      if (answers === 0) expect(body.paging.next).toContain(`access_token=${token}`);
      after = body.paging.next === undefined ? undefined : (body.paging.cursors.after as string);
      answers += 1;
    } while (after !== undefined);
    expect([answers, ids.size]).toEqual([3, 230]);
  });

  it('hides portfolio Pages from me/accounts but names them in granular_scopes and through the business', async () => {
    const token = await facebook.longToken({ person: 'petra' });
    expect((await facebook.as(token, 'GET', 'me/accounts')).body).toEqual({ data: [] });
    const targets = (await facebook.debug(token)).granular_scopes as { scope: string; target_ids?: string[] }[];
    expect(targets.find(({ scope }) => scope === 'pages_show_list')?.target_ids).toHaveLength(3);
    const businesses = await facebook.as(token, 'GET', 'me/businesses');
    const businessId = businesses.body.data[0].id as string;
    const fields = 'id,name,access_token,tasks';
    const owned = await facebook.as(token, 'GET', `${businessId}/owned_pages`, { fields });
    const client = await facebook.as(token, 'GET', `${businessId}/client_pages`, { fields });
    expect(owned.body.data).toHaveLength(2);
    expect(client.body.data[0]).toMatchObject({ id: '100200300400602', access_token: expect.any(String) });
    const single = await facebook.as(token, 'GET', '100200300400603', { fields: 'access_token,tasks' });
    expect(single.body).toMatchObject({ id: '100200300400603', access_token: expect.any(String) });
  });

  it('shows a Page without sufficient tasks and one without a token', async () => {
    const token = await facebook.longToken({ person: 'rhea' });
    const [readOnly, keyless] = (await facebook.as(token, 'GET', 'me/accounts')).body.data;
    expect(readOnly.tasks).toEqual(['ANALYZE']);
    expect(keyless).not.toHaveProperty('access_token');
    expect((await facebook.as(await facebook.longToken({ person: 'noah' }), 'GET', 'me/accounts')).body.data).toEqual(
      [],
    );
  });
});

describe('appsecret_proof', () => {
  it('is required, must fit the token, and may be timed', async () => {
    const token = await facebook.longToken();
    const missing = await facebook.graph('GET', 'me', { access_token: token });
    expect(missing.body.error).toMatchObject({ code: 100, message: expect.stringContaining('appsecret_proof') });
    const wrong = await facebook.graph('GET', 'me', { access_token: token, appsecret_proof: facebook.proof('other') });
    expect(wrong.body.error.message).toBe('Invalid appsecret_proof provided in the API argument');
    const seconds = String(Math.floor(Date.now() / 1000));
    const timed = createHmac('sha256', APP_SECRET).update(`${token}|${seconds}`).digest('hex');
    const good = await facebook.graph('GET', 'me', {
      access_token: token,
      appsecret_proof: timed,
      appsecret_time: seconds,
    });
    expect(good.status).toBe(200);
    await facebook.control('PUT', 'facebook/switches', { requireAppSecret: false });
    expect((await facebook.graph('GET', 'me', { access_token: token })).status).toBe(200);
  });
});

describe('token lifetimes', () => {
  it('Page tokens of a short token die with it, those of a long one have expires_at 0', async () => {
    const short = await facebook.shortToken();
    const [ofShort] = await facebook.pageTokens(short);
    const [ofLong] = await facebook.pageTokens((await facebook.exchangeToken(short)).body.access_token as string);
    expect((await facebook.debug(ofShort!.access_token)).expires_at).toBeGreaterThan(0);
    expect(await facebook.debug(ofLong!.access_token)).toMatchObject({
      type: 'PAGE',
      is_valid: true,
      expires_at: 0,
      profile_id: '100200300400501',
      user_id: '10150000000000001',
      issued_at: expect.any(Number),
    });
    await facebook.control('POST', 'clock', { offsetMs: 80 * 86_400_000 });
    expect((await facebook.debug(ofShort!.access_token)).error.subcode).toBe(463);
    expect((await facebook.debug(ofLong!.access_token)).is_valid).toBe(true);
  });

  it('says what cannot be read, with HTTP 200', async () => {
    expect(await facebook.debug('EAABnothing')).toEqual({
      error: { code: 190, message: 'The access token could not be decrypted' },
      is_valid: false,
      scopes: [],
    });
    const reply = await facebook.graph('GET', 'debug_token', { input_token: 'x', access_token: 'EAABuser' });
    expect([reply.status, reply.body.error.code]).toEqual([400, 100]);
  });
});

describe('what cuts an account off', () => {
  it.each([
    ['password-changed', 460],
    ['app-removed', 458],
    ['checkpoint', 459],
    ['unconfirmed', 464],
  ])('%s: 190/%i for user and Page tokens, told by debug_token as subcode with HTTP 200', async (act, subcode) => {
    const user = await facebook.longToken();
    const [page] = await facebook.pageTokens(user);
    await facebook.control('POST', `facebook/people/fiona/${act}`);
    const me = await facebook.as(user, 'GET', 'me');
    expect([me.status, me.body.error.code, me.body.error.error_subcode]).toEqual([400, 190, subcode]);
    const debug = await facebook.debug(page!.access_token);
    expect([debug.is_valid, debug.error.subcode]).toEqual([false, subcode]);
    const renewed = await facebook.longToken();
    expect((await facebook.debug(renewed)).is_valid).toBe(true);
  });

  it('logged-out: 190/467 for the user token only', async () => {
    const user = await facebook.longToken();
    const [page] = await facebook.pageTokens(user);
    await facebook.control('POST', 'facebook/people/fiona/logged-out');
    expect((await facebook.as(user, 'GET', 'me')).body.error.error_subcode).toBe(467);
    expect((await facebook.debug(page!.access_token)).is_valid).toBe(true);
  });

  it('role-lost: 190/492 for that Page only, until the role is back', async () => {
    const [one, two] = await facebook.pageTokens(await facebook.longToken());
    await facebook.control('POST', `facebook/people/fiona/pages/${one!.id}/role-lost`);
    expect((await facebook.debug(one!.access_token)).error.subcode).toBe(492);
    expect((await facebook.debug(two!.access_token)).is_valid).toBe(true);
    await facebook.control('POST', `facebook/people/fiona/pages/${one!.id}/role-restored`);
    expect((await facebook.debug(one!.access_token)).is_valid).toBe(true);
  });

  it('DELETE permissions: everything of that person is 190/466; one permission: declined', async () => {
    const user = await facebook.longToken();
    const [page] = await facebook.pageTokens(user);
    const one = await facebook.as(user, 'DELETE', '10150000000000001/permissions/pages_manage_posts');
    expect(one.body).toEqual({ success: true });
    const refused = await facebook.as(page!.access_token, 'POST', `${page!.id}/feed`, { message: 'x' });
    expect([refused.status, refused.body.error.code]).toEqual([403, 200]);
    await facebook.control('PUT', 'facebook/switches', { deletePermissionsAnswer: 'true' });
    expect((await facebook.as(user, 'DELETE', 'me/permissions')).body).toBe(true);
    expect((await facebook.debug(page!.access_token)).error.subcode).toBe(466);
  });
});

describe('Page feed', () => {
  it('takes a post with the Page token and lists it', async () => {
    const user = await facebook.longToken();
    const [page] = await facebook.pageTokens(user);
    const posted = await facebook.as(page!.access_token, 'POST', `${page!.id}/feed`, { message: 'Ahoy' });
    expect(posted.body.id).toMatch(new RegExp(`^${page!.id}_\\d+$`));
    expect(JSON.parse(posted.headers.get('x-business-use-case-usage') ?? '')).toHaveProperty(page!.id);
    const listed = await facebook.as(page!.access_token, 'GET', `${page!.id}/posts`, { fields: 'id,message' });
    expect(listed.body.data).toEqual([{ id: posted.body.id, message: 'Ahoy' }]);
    expect((await facebook.control('GET', 'facebook/posts')).body).toHaveLength(1);
    const byUser = await facebook.as(user, 'POST', `${page!.id}/feed`, { message: 'x' });
    expect(byUser.body.error.code).toBe(210);
    await facebook.control('POST', 'facebook/people/fiona/permissions/pages_read_engagement/remove');
    const unread = await facebook.as(page!.access_token, 'GET', `${page!.id}/feed`);
    expect(unread.body.error.code).toBe(10);
  });
});
