import { guardAnswer, type PostsTarget, type RecentPost } from '@mooring/adapters-core';
import type { BulletinCalls } from './calls.ts';
import type { BulletinEndpoints } from './endpoints.ts';
import { Posts } from './schemas.ts';

/** The newest posts of a board. */
export async function recentPosts(
  calls: BulletinCalls,
  endpoints: BulletinEndpoints,
  { token, account, limit }: PostsTarget,
): Promise<RecentPost[]> {
  const { posts } = guardAnswer(Posts, await calls.get(endpoints.postsUrl(account.accountId), token), 'the posts');
  return posts.slice(0, limit).map(({ id, text, at }) => ({
    postId: id,
    text,
    permalink: null,
    imageUrl: null,
    publishedAt: new Date(at),
  }));
}
