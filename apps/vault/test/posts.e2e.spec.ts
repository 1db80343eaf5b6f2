import { randomUUID } from 'node:crypto';
import { PlatformFailure, type PostsTarget, type RecentPost } from '@mooring/adapters-core';
import type { RecentPostsAnswer } from '@mooring/contracts';
import { VaultFixture } from './vault-fixture.ts';

const POST: RecentPost = {
  postId: '12345678901234567890_9',
  text: 'Fresh bread',
  permalink: 'https://platform.test/p/9',
  imageUrl: null,
  publishedAt: new Date('2026-10-31T08:00:00.000Z'),
};

describe('recent posts of a connection', () => {
  const fixture = new VaultFixture();
  const asked: PostsTarget[] = [];
  let answer: () => Promise<readonly RecentPost[]>;

  const platformReads = (recentPosts: ((target: PostsTarget) => Promise<readonly RecentPost[]>) | null): void => {
    Object.assign(fixture.platform.adapter, { recentPosts });
  };
  const posts = (connectionId: string, query = '&limit=3', workspaceId = fixture.workspaceId) =>
    fixture.internal<RecentPostsAnswer & { code: string; detail: string }>(
      'GET',
      `/internal/connections/${connectionId}/posts?workspaceId=${workspaceId}${query}`,
    );
  async function connectionId(): Promise<string> {
    const { connections } = await fixture.connect(1);
    return connections[0]?.connectionId ?? '';
  }

  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => {
    // A consent of its own for each test.
    fixture.workspaceId = randomUUID();
    asked.length = 0;
    answer = () => Promise.resolve([POST]);
    platformReads((target) => {
      asked.push(target);
      return answer();
    });
  });

  it('L-27 answers what the platform shows, asked with the account’s own token, which stays here', async () => {
    const id = await connectionId();
    const { status, body } = await posts(id);
    expect(status).toBe(200);
    expect(body).toEqual({ posts: [{ ...POST, publishedAt: '2026-10-31T08:00:00.000Z' }] });
    expect(asked).toEqual([
      { token: expect.anything(), account: { accountId: 'page-1', kind: 'facebook_page' }, limit: 3 },
    ]);
    const token = asked[0]?.token.reveal() ?? '';
    expect(token).toBe((await fixture.read(id)).body.accessToken);
    expect(JSON.stringify(body)).not.toContain(token);
    const audited = await fixture.one<{ n: number }>(
      `select count(*)::int as n from vault.token_reads where connection_id = $1 and reader like '%gateway'`,
      [id],
    );
    expect(audited?.n).toBe(1);
  });

  it('gives no more than was asked for', async () => {
    answer = () => Promise.resolve([POST, POST, POST, POST, POST]);
    expect((await posts(await connectionId())).body.posts).toHaveLength(3);
  });

  it('says so where the platform lets no app read them', async () => {
    platformReads(null);
    const { status, body } = await posts(await connectionId());
    expect([status, body.code]).toEqual([404, 'not_supported']);
  });

  it('knows no connection of another workspace, and refuses a query that is none', async () => {
    const id = await connectionId();
    expect((await posts(id, '&limit=3', 'elsewhere')).body.code).toBe('not_found');
    expect((await posts(randomUUID())).body.code).toBe('not_found');
    for (const query of ['', '&limit=0', '&limit=51', '&limit=x']) expect((await posts(id, query)).status).toBe(422);
    expect(asked).toEqual([]);
  });

  it('asks nothing for a connection that was let go', async () => {
    const connected = await fixture.connect(2);
    await fixture.release(connected, 0);
    const { status, body } = await posts(connected.connections[0]?.connectionId ?? '');
    expect([status, body.code]).toEqual([409, 'connection_not_usable']);
    expect(asked).toEqual([]);
  });

  it('C40 tells an outage from a missing permission, and changes no status for either', async () => {
    const id = await connectionId();
    answer = () => Promise.reject(new PlatformFailure({ class: 'transient', detail: 'status 503' }));
    expect((await posts(id)).body.code).toBe('platform_unavailable');
    answer = () => Promise.reject(new PlatformFailure({ class: 'permission_missing', detail: '(#10) permission' }));
    const { status, body } = await posts(id);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'connection_not_usable',
      detail: expect.stringContaining('Permission missing'),
    });
    expect((await fixture.read(id)).status).toBe(200);
  });
});
