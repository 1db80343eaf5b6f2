import { PlatformFailure, type PostsTarget, type RecentPost } from '@mooring/adapters-core';
import type { Api } from './api.ts';
import type { XEndpoints } from './endpoints.ts';
import { PostsAnswer } from './schemas.ts';

/** What X gives at once. */
const PORTION = { min: 5, max: 100 } as const;

/** The newest posts of an account, which `tweet.read` and `users.read` allow; each post read costs the operator quota. */
export async function recentPosts(
  api: Api,
  endpoints: XEndpoints,
  { token, account, limit }: PostsTarget,
): Promise<RecentPost[]> {
  // Anything else would address another resource.
  if (!/^\d{1,20}$/.test(account.accountId)) {
    throw new PlatformFailure({ class: 'unexpected', detail: 'no such account at X', mayHaveArrived: false });
  }
  const { data = [] } = await api.read(token, {
    url: endpoints.postsUrl(account.accountId),
    query: {
      max_results: String(Math.min(PORTION.max, Math.max(PORTION.min, limit))),
      'tweet.fields': 'created_at,text',
    },
    schema: PostsAnswer,
    what: 'posts',
  });
  return data.slice(0, Math.max(0, limit)).map((post) => ({
    postId: String(post.id),
    text: post.text ?? null,
    permalink: `https://x.com/i/web/status/${String(post.id)}`,
    imageUrl: null,
    publishedAt: instantOf(post.created_at),
  }));
}

function instantOf(text: string | null | undefined): Date | null {
  const at = new Date(text ?? NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}
