import { describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import { exchangedTokens } from '@mooring/adapters-core/testing';
import { PlayedBench } from '../test/played-bench.ts';
import { OPEN_ID } from '../test/played-tiktok.ts';

const bench = new PlayedBench();
const fieldsAsked = () => bench.tiktok.calls.flatMap(({ query }) => query.get('fields') ?? []);

async function offer() {
  const [account, ...others] = await bench.adapter.discover(await bench.establish());
  expect(others).toEqual([]);
  return account;
}

describe('a consent', () => {
  it('L-10 is the account’s, by its open_id as it is, dashes and all', async () => {
    expect(await bench.establish()).toMatchObject({ subjectId: OPEN_ID, subjectName: 'Harbour Café' });
    expect((await offer())?.offered).toMatchObject({
      accountId: OPEN_ID,
      kind: 'tiktok_account',
      displayName: 'Harbour Café',
      username: 'harbourcafe',
      selectable: true,
    });
  });

  it('C37 of another account than the token answer says is refused', async () => {
    bench.tiktok.user = { ...bench.tiktok.user, open_id: 'another' };
    await expect(bench.establish()).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('C36 without a word about scopes is not taken for either', async () => {
    const tokens = exchangedTokens(bench.tiktok.mint('access'), { subjectId: OPEN_ID });
    await expect(bench.adapter.establish(tokens)).rejects.toMatchObject({ class: 'unexpected' });
  });

  it('asks only for fields whose scope was granted', async () => {
    bench.tiktok.scopes = ['user.info.basic', 'video.publish'];
    const account = await offer();
    expect(new Set(fieldsAsked())).toEqual(new Set(['open_id,display_name,avatar_url']));
    expect(account).toMatchObject({ offered: { username: null, selectable: true }, missingScopes: [] });
  });

  it('C38 shows no picture that is no address, and a name in any case', async () => {
    bench.tiktok.user = { open_id: OPEN_ID, display_name: ' ', username: null, avatar_url: 'javascript:alert(1)' };
    expect((await offer())?.offered).toMatchObject({ displayName: 'TikTok account', avatarUrl: null, username: null });
  });
});

describe('what was unticked', () => {
  it('C39 C40 C43 C45 is named where publishing needs it, and the account can’t be chosen', async () => {
    bench.tiktok.scopes = ['user.info.basic', 'video.list'];
    expect(await offer()).toMatchObject({
      offered: { selectable: false, unselectableReason: 'not_granted', displayName: 'Harbour Café' },
      missingScopes: ['video.publish'],
      grantedScopes: ['user.info.basic', 'video.list'],
      token: null,
    });
  });

  it('C39 L-09 is named though TikTok then doesn’t even say who the account is', async () => {
    bench.tiktok.scopes = ['video.publish'];
    expect(await offer()).toMatchObject({
      offered: { accountId: OPEN_ID, displayName: 'TikTok account', unselectableReason: 'not_granted' },
      missingScopes: ['user.info.basic'],
    });
    expect(bench.paths).toEqual(['oauth/token/']);
  });

  it('C39 publishes all the same where only more than publishing is missing', async () => {
    bench.tiktok.scopes = ['user.info.basic', 'video.publish'];
    expect(await offer()).toMatchObject({ offered: { selectable: true }, missingScopes: [] });
  });
});

describe('recent posts', () => {
  const target = (limit = 2) => ({
    token: new Secret(bench.tiktok.mint('access')),
    account: { accountId: OPEN_ID, kind: 'tiktok_account' },
    limit,
  });
  const video = (id: unknown, more: object = {}) => ({ id, title: 'Boats', create_time: 1_760_000_000, ...more });

  it('L-27 are the newest videos, ids kept whole', async () => {
    const share = 'https://www.tiktok.com/@harbourcafe/video/7';
    bench.tiktok.videos = [
      video('7080213458555737986', { share_url: share, cover_image_url: 'data:x' }),
      video('8', { title: '', video_description: 'Nets', create_time: null }),
      video('9'),
    ];
    expect(await bench.adapter.recentPosts?.(target())).toEqual([
      {
        postId: '7080213458555737986',
        text: 'Boats',
        permalink: share,
        imageUrl: null,
        publishedAt: new Date(1_760_000_000_000),
      },
      { postId: '8', text: 'Nets', permalink: null, imageUrl: null, publishedAt: null },
    ]);
    expect(bench.tiktok.calls[0]).toMatchObject({ method: 'POST', body: '{"max_count":2}' });
  });

  it('C34 ids that are bare numbers beyond 2^53 keep every digit', async () => {
    const body = '{"data":{"videos":[{"id":7080213458555737986}]},"error":{"code":"ok","message":""}}';
    bench.tiktok.canned.set('video/list/', { body });
    expect(await bench.adapter.recentPosts?.(target())).toMatchObject([{ postId: '7080213458555737986' }]);
  });

  it('C40 name the scope that is missing', async () => {
    bench.tiktok.scopes = ['user.info.basic', 'video.publish'];
    const refusal = { class: 'permission_missing', scopes: ['video.list'], platformCode: 'scope_not_authorized' };
    await expect(bench.adapter.recentPosts?.(target())).rejects.toMatchObject(refusal);
  });

  it('can’t be had where the operator doesn’t ask for them', () => {
    const adapter = bench.adapterWith({ scopes: ['user.info.basic', 'video.publish'] });
    expect(adapter.recentPosts).toBeNull();
  });
});
