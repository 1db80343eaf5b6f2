import { describe, expect, it } from '@jest/globals';
import { minutes, Secret } from '@mooring/contracts';
import { InvalidCallbackError } from '@mooring/adapters-core';
import { NOW, PlayedBench } from '../../test/played-bench.ts';
import { APP_ID, graphError } from '../../test/played-graph.ts';

const bench = new PlayedBench();

describe('recent posts of Facebook', () => {
  const read = async (kind: string, limit = 3) => {
    const token = (await bench.establish()).tokens.access.value;
    return bench.adapter.recentPosts?.({ token, account: { accountId: '490', kind }, limit });
  };

  it('L-27 shows a Page’s with text, link, picture and time', async () => {
    const created = '2025-10-09T10:53:20+0200';
    const links = { permalink_url: 'https://www.facebook.com/490/posts/1', full_picture: 'https://p.example/1.jpg' };
    bench.graph.canned.set('490/posts', {
      body: { data: [{ id: '490_1', message: 'Fresh bread', created_time: created, ...links }, { id: '490_2' }] },
    });
    expect(await read('facebook_page')).toEqual([
      {
        postId: '490_1',
        text: 'Fresh bread',
        permalink: links.permalink_url,
        imageUrl: links.full_picture,
        publishedAt: NOW,
      },
      { postId: '490_2', text: null, permalink: null, imageUrl: null, publishedAt: null },
    ]);
    expect(bench.graph.calls.at(-1)?.parameters.get('limit')).toBe('3');
    expect(await read('facebook_page', 1)).toHaveLength(1);
  });

  it('L-27 shows the media of the Instagram account behind a Page, and none of an ad account', async () => {
    bench.graph.canned.set('490/media', {
      body: { data: [{ id: '9', caption: 'Boats', media_type: 'IMAGE', media_url: 'https://p.example/9.jpg' }] },
    });
    expect(await read('instagram_page_account')).toMatchObject([
      { postId: '9', text: 'Boats', imageUrl: 'https://p.example/9.jpg' },
    ]);
    expect(await read('meta_ad_account')).toEqual([]);
  });

  it('a refusal is the platform’s', async () => {
    bench.graph.canned.set('490/posts', graphError(190, 'x', 460));
    await expect(read('facebook_page')).rejects.toMatchObject({ reason: 'password_changed' });
  });
});

describe('the operator’s app at Facebook', () => {
  const outcomes = async (adapter = bench.adapter) =>
    (await adapter.checkReadiness()).map(({ name, outcome }) => `${name} ${outcome}`);

  it('C44 knows good credentials and a version that is served', async () => {
    expect(await outcomes()).toEqual(['client_secret ok', 'api_version ok', 'redirect_uri unknown']);
  });

  it.each([
    ['a wrong secret', { appSecret: new Secret('x') }],
    ['a wrong app id', { appId: '999' }],
  ])('B6 C44 names the settings of %s', async (_what, wrong) => {
    const [check] = await bench.adapterWith(wrong).checkReadiness();
    expect(check).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('FACEBOOK_APP_SECRET') });
    expect((await outcomes(bench.adapterWith(wrong)))[1]).toBe('api_version unknown');
  });

  it('C46 names a version that Meta replaced by another', async () => {
    const body = { data: { app_id: APP_ID, type: 'APP', is_valid: true, scopes: [] } };
    bench.graph.canned.set('debug_token', { body, headers: { 'facebook-api-version': 'v26.0' } });
    expect(await outcomes()).toContain('api_version failed');
    bench.graph.canned.set('debug_token', graphError(2500, 'Unknown path components: /debug_token'));
    expect(await outcomes()).toContain('api_version failed');
  });

  it('claims nothing during an outage', async () => {
    bench.graph.canned.set('oauth/access_token', graphError(2, 'down'));
    expect(await outcomes()).toEqual(['client_secret unknown', 'api_version unknown', 'redirect_uri unknown']);
  });

  it('B8 answers the challenge of whoever knows the agreed word', () => {
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'word', 'hub.challenge': '1158201444' };
    const adapter = bench.adapterWith({ webhookVerifyToken: new Secret('word') });
    expect(adapter.answerChallenge(query)).toEqual({ contentType: 'text/plain', body: '1158201444' });
    expect(() => adapter.answerChallenge({ ...query, 'hub.mode': 'unsubscribe' })).toThrow(InvalidCallbackError);
    expect(() => bench.adapter.answerChallenge(query)).toThrow(InvalidCallbackError);
  });
});

describe('usage of Meta’s limits', () => {
  const buc = (entry: object) => ({ 'x-business-use-case-usage': JSON.stringify({ '490': [entry] }) });

  it.each([
    ['none', {}, null],
    ['an unreadable one', { 'x-app-usage': '{oops', 'x-page-usage': '[]' }, null],
    [
      'the app’s',
      { 'x-app-usage': '{"call_count":28,"total_time":25,"total_cputime":90}' },
      { usedFraction: 0.9, regainAfterMs: null, limitScope: 'app' },
    ],
    [
      'the Page’s over the app’s',
      { 'x-app-usage': '{"call_count":28}', 'x-page-usage': '{"call_count":97,"total_time":1}' },
      { usedFraction: 0.97, regainAfterMs: null, limitScope: 'token' },
    ],
    [
      'a business use case, in minutes',
      buc({ type: 'pages', call_count: 130, estimated_time_to_regain_access: 19 }),
      { usedFraction: 1, regainAfterMs: minutes(19), limitScope: 'token' },
    ],
    [
      'Instagram’s own percentages',
      buc({ type: 'instagram', call_volume: 40, cpu_time: 12, estimated_time_to_regain_access: 0 }),
      { usedFraction: 0.4, regainAfterMs: null, limitScope: 'token' },
    ],
  ])('reads %s', (_what, headers, expected) => {
    expect(bench.adapter.readUsage(headers)).toEqual(expected);
  });
});
