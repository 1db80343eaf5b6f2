import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TIKTOK_APP_SECRET, TikTokDriver, type Reply, type Webhook } from './tiktok-driver.ts';

let tiktok: TikTokDriver;

beforeAll(async () => {
  tiktok = await TikTokDriver.start();
});
beforeEach(() => tiktok.control('POST', 'reset'));
afterAll(() => tiktok.close());

const codeOf = ({ status, body }: Reply) => `${status} ${(body as unknown as { error: { code: string } }).error.code}`;
const onlyBasic: [string, string][] = [
  ['boxes', '1'],
  ['permissions', 'user.info.basic'],
];

describe('TikTok’s APIs', () => {
  it('name the account, fields by scope', async () => {
    const { access_token: token } = await tiktok.connect();
    const { body } = await tiktok.userInfo(token, 'open_id,display_name,username,follower_count,avatar_url');
    expect(body).toMatchObject({
      data: { user: { display_name: 'Harbour Café', username: 'harbourcafe', follower_count: 12_490 } },
      error: { code: 'ok', message: '' },
    });
    const basic = (await tiktok.connect(onlyBasic)).access_token;
    expect(codeOf(await tiktok.userInfo(basic))).toBe('200 ok');
    expect(codeOf(await tiktok.userInfo(basic, 'open_id,username'))).toBe('400 scope_permission_missed');
    expect(codeOf(await tiktok.userInfo(basic, ''))).toBe('400 invalid_params');
  });

  it('C40 name the scope that is missing, and refuse tokens that are none', async () => {
    const basic = (await tiktok.connect(onlyBasic)).access_token;
    const refused = await tiktok.call(basic, 'post/publish/creator_info/query/', {});
    expect(codeOf(refused)).toBe('401 scope_not_authorized');
    expect(JSON.stringify(refused.body)).toContain('video.publish');
    expect(codeOf(await tiktok.userInfo('act.nobody'))).toBe('401 access_token_invalid');
  });

  it('list what was published, newest first', async () => {
    const { access_token: token } = await tiktok.connect();
    const post = { post_info: { title: 'Boats at dawn' }, source_info: { source: 'PULL_FROM_URL' } };
    expect(codeOf(await tiktok.call(token, 'post/publish/video/init/', post))).toBe('200 ok');
    expect(codeOf(await tiktok.call(token, 'post/publish/status/fetch/', { publish_id: 'x' }))).toBe('200 ok');
    const list = await tiktok.call(token, 'video/list/?fields=id,title', { max_count: 2 });
    expect(list.body).toMatchObject({ data: { has_more: true, videos: [{ title: 'Boats at dawn' }, {}] } });
    expect(codeOf(await tiktok.call(token, 'video/list/?fields=id', { max_count: 21 }))).toBe('400 invalid_params');
  });

  it('C77 revoke the whole consent with an empty body, and answer 200 for a dead token', async () => {
    const one = await tiktok.connect();
    const other = await tiktok.connect();
    expect(await tiktok.revoke(one.access_token)).toEqual({ status: 200, body: undefined });
    expect(codeOf(await tiktok.userInfo(other.access_token))).toBe('401 access_token_invalid');
    expect((await tiktok.refresh(other.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    expect(await tiktok.revoke(one.access_token)).toMatchObject({ status: 200, body: { error: 'invalid_grant' } });
  });

  it.each(['app-removed', 'suspended', 'deleted', 'age-changed'])('%s ends both tokens', async (act) => {
    const { access_token: access, refresh_token: refresh } = await tiktok.connect();
    await tiktok.control('POST', `tiktok/people/tara/${act}`);
    expect(codeOf(await tiktok.userInfo(access))).toBe('401 access_token_invalid');
    expect((await tiktok.refresh(refresh)).body).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('TikTok’s webhook', () => {
  const isSigned = ({ signature, body }: Webhook) => {
    const [, time = '', given] = /^t=(\d+),s=([0-9a-f]{64})$/.exec(signature) ?? [];
    return createHmac('sha256', TIKTOK_APP_SECRET).update(`${time}.${body}`).digest('hex') === given;
  };
  const notify = (options: object) =>
    tiktok.receive((url) => tiktok.control('POST', 'tiktok/people/tara/notify', { url, ...options }));

  it.each([
    ['removed', 1],
    ['deleted', 2],
    ['age-changed', 3],
    ['banned', 4],
    ['revoked-by-app', 5],
  ])('L-15 %s says reason %i, in JSON within JSON', async (notice, reason) => {
    const webhook = await notify({ notice });
    expect(isSigned(webhook)).toBe(true);
    const body = JSON.parse(webhook.body) as Record<string, string>;
    expect(body).toMatchObject({ client_key: 'awtest01', event: 'authorization.removed' });
    expect(JSON.parse(body.content!)).toEqual({ reason });
  });

  it('B8 comes tampered, old and again, as told', async () => {
    expect(isSigned(await notify({ tampered: true }))).toBe(false);
    const old = await notify({ ageSeconds: 600 });
    expect(isSigned(old)).toBe(true);
    expect(Date.now() / 1_000 - Number(/t=(\d+)/.exec(old.signature)![1])).toBeGreaterThan(500);
    const again = await notify({ replayed: true });
    expect(again).toEqual(old);
    const late = await notify({ happenedSecondsBefore: 3_600 });
    expect(Number(/t=(\d+)/.exec(late.signature)![1])).toBe(JSON.parse(late.body).create_time + 3_600);
  });

  it('is sent after a revocation of the app’s own, with reason 5', async () => {
    const { access_token: token } = await tiktok.connect();
    const { body } = await tiktok.receive(async (url) => {
      await tiktok.control('PUT', 'tiktok/app', { callbacks: { events: url } });
      await tiktok.revoke(token);
    });
    expect(body).toContain('\\"reason\\":5');
  });
});
