import { describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import { NOW, PlayedBench } from '../test/played-bench.ts';
import { oauthError, USER_ID } from '../test/played-x.ts';
import { X } from './definition.ts';

const bench = new PlayedBench();
const reset = String(NOW.getTime() / 1_000 + 60);

describe('readiness at X', () => {
  it('B6 is ok where X knows the app: it refuses the token only', async () => {
    const adapter = bench.adapterWith({ webhookSecret: new Secret('cs-canary') });
    expect(await adapter.checkReadiness()).toEqual([expect.objectContaining({ name: 'client_secret', outcome: 'ok' })]);
  });

  it('B6 says that X’s events can’t be verified without the consumer secret, which X has beside the client secret', async () => {
    expect(await bench.adapter.checkReadiness()).toContainEqual(
      expect.objectContaining({ name: 'webhook_secret', detail: expect.stringContaining('X_WEBHOOK_SECRET') }),
    );
  });

  it('B6 names a wrong client secret, and shows none', async () => {
    bench.adapter = bench.adapterWith({ clientSecret: new Secret('wrong-secret-canary') });
    const [check] = await bench.adapter.checkReadiness();
    expect(check).toMatchObject({ name: 'client_secret', outcome: 'failed' });
    expect(check?.detail).toContain('X_CLIENT_SECRET');
    expect(check?.detail).not.toContain('canary');
  });

  it.each([
    ['an outage', { status: 503, body: '' }],
    ['a token for nothing', { body: { access_token: 'at1', token_type: 'bearer' } }],
    ['an error that nobody knows', oauthError(400, 'something_new', 'Something.')],
  ])('is unknown with %s', async (_what, answer) => {
    bench.x.canned.set('/2/oauth2/token', answer);
    expect((await bench.adapter.checkReadiness())[0]).toMatchObject({ name: 'client_secret', outcome: 'unknown' });
  });
});

describe('limits of X', () => {
  it.each([
    [{ 'x-rate-limit-limit': '75', 'x-rate-limit-remaining': '60', 'x-rate-limit-reset': reset }, 0.2, null],
    [{ 'x-rate-limit-limit': '75', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': reset }, 1, 60_000],
    [{ 'x-rate-limit-limit': '75', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': '1' }, 1, null],
  ])('reads %p', (headers, usedFraction, regainAfterMs) => {
    const usage = bench.adapter.readUsage(headers);
    expect(usage).toMatchObject({ regainAfterMs, limitScope: 'token' });
    expect(usage?.usedFraction).toBeCloseTo(usedFraction);
  });

  it.each([[{}], [{ 'x-rate-limit-limit': '0', 'x-rate-limit-remaining': '0' }], [{ 'x-rate-limit-limit': 'many' }]])(
    'reads nothing from %p',
    (headers) => {
      expect(bench.adapter.readUsage(headers)).toBeNull();
    },
  );
});

describe('posts at X', () => {
  const read = (limit: number, accountId = USER_ID) =>
    bench.adapter.recentPosts?.({
      token: new Secret(bench.x.mint().access),
      account: { accountId, kind: 'x_account' },
      limit,
    });

  it('are read newest first, no more than asked for', async () => {
    bench.x.posts = ['3', '2', '1'].map((id) => ({ id, text: `Post ${id}`, created_at: '2026-07-20T10:00:00.000Z' }));
    expect(await read(2)).toEqual([
      {
        postId: '3',
        text: 'Post 3',
        permalink: 'https://x.com/i/web/status/3',
        imageUrl: null,
        publishedAt: new Date('2026-07-20T10:00:00Z'),
      },
      expect.objectContaining({ postId: '2' }),
    ]);
    const call = bench.x.calls.at(-1);
    expect(call?.path).toBe(`/2/users/${USER_ID}/tweets`);
    expect(Object.fromEntries(call?.query ?? [])).toEqual({
      max_results: '5',
      'tweet.fields': 'created_at,text,attachments',
      expansions: 'attachments.media_keys',
      'media.fields': 'url,preview_image_url',
    });
  });

  it('show their first picture, or what a video begins with', async () => {
    const post = (id: string, key: string) => ({ id, text: id, attachments: { media_keys: [key, '7_9'] } });
    const media = [
      { media_key: '3_1', type: 'photo', url: 'https://pbs.example/1.jpg' },
      { media_key: '7_2', type: 'video', preview_image_url: 'https://pbs.example/2.jpg' },
      { media_key: '3_3', type: 'photo', url: 'javascript:alert(1)' },
    ];
    const body = {
      data: [post('1', '3_1'), post('2', '7_2'), post('3', '3_3'), post('4', '3_4')],
      includes: { media },
    };
    bench.x.canned.set(`/2/users/${USER_ID}/tweets`, { body });
    const images = (await read(9))?.map(({ imageUrl }) => imageUrl);
    expect(images).toEqual(['https://pbs.example/1.jpg', 'https://pbs.example/2.jpg', null, null]);
  });

  it('are none where there are none, and unknown dates stay unknown', async () => {
    bench.x.canned.set(`/2/users/${USER_ID}/tweets`, { body: { meta: { result_count: 0 } } });
    expect(await read(9)).toEqual([]);
    bench.x.canned.set(`/2/users/${USER_ID}/tweets`, { body: { data: [{ id: '1' }] } });
    expect(await read(9)).toEqual([expect.objectContaining({ text: null, publishedAt: null })]);
  });

  it('are asked of no address but an account’s', async () => {
    await expect(read(9, '../me')).rejects.toMatchObject({ class: 'unexpected' });
    expect(bench.x.calls).toEqual([]);
  });
});

describe('settings of X', () => {
  const values = (texts: Readonly<Record<string, string>>) => ({
    text: (name: string) => texts[name],
    secret: (name: string) => (texts[name] === undefined ? undefined : new Secret(texts[name])),
    list: (name: string) => texts[name]?.split(','),
    flag: () => false,
  });
  const SET = {
    X_CLIENT_ID: 'a',
    X_CLIENT_SECRET: 'canary-b',
    X_AUTH_URL: 'https://x.com',
    X_API_URL: 'https://api.x.com',
  };
  const ports = { http: { send: () => Promise.reject(new Error('called')) }, now: () => NOW };

  it('set up a platform only where client id and secret are there', () => {
    expect(X.isConfigured(values(SET))).toBe(true);
    expect(X.isConfigured(values({ ...SET, X_CLIENT_ID: '' }))).toBe(false);
    expect(X.origins(values(SET))).toEqual(['https://api.x.com']);
    expect(X.create(values({ ...SET, X_APP_ID: '2', X_WEBHOOK_SECRET: 'c' }), ports).hosts).toEqual(['api.x.com']);
  });

  it.each([
    ['X_CLIENT_ID', 'two words'],
    ['X_CLIENT_SECRET', 'canary two words'],
    ['X_AUTH_URL', 'x.com'],
    ['X_API_URL', 'api'],
    ['X_APP_ID', 'my app'],
    ['X_SCOPES', 'tweet.read,tweet.write,users.read,media.write'],
  ])('C44 that can’t work are refused by name: %s', (name, value) => {
    const creating = () => X.create(values({ ...SET, [name]: value }), ports);
    expect(creating).toThrow(new RegExp(`^${name} `));
    expect(creating).not.toThrow(/canary/);
  });

  it('C64 say where X is, so that a move needs no new version', () => {
    const moved = X.create(values({ ...SET, X_AUTH_URL: 'https://x.test/', X_API_URL: 'https://api.x.test/' }), ports);
    expect(moved.endpoints).toEqual({
      authorizationUrl: 'https://x.test/i/oauth2/authorize',
      tokenUrl: 'https://api.x.test/2/oauth2/token',
    });
    expect(moved.hosts).toEqual(['api.x.test']);
  });

  it('C43 choose the scopes that are asked for', () => {
    const scopes = 'tweet.read,tweet.write,users.read,media.write,offline.access,dm.read';
    expect(X.create(values({ ...SET, X_SCOPES: scopes }), ports).scopes).toEqual(scopes.split(','));
  });

  it('C11 X_SCOPES without offline.access is refused: access would end every two hours', () => {
    const scopes = 'tweet.read,tweet.write,users.read,media.write';
    expect(() => X.create(values({ ...SET, X_SCOPES: scopes }), ports)).toThrow(/offline\.access/);
  });
});
