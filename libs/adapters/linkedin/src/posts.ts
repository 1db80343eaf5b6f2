import type { PostsTarget, RecentPost } from '@mooring/adapters-core';
import type { Api } from './calls.ts';
import { PostsAnswer } from './schemas.ts';

const LIMIT_MAX = 100;

/**
 * The newest posts of a Page (posts-api, Find Posts by Account; r_organization_social and a posting role). Pictures are URNs
 * that would take a call each, so there are none.
 */
export async function recentPosts(
  { api, postsUrl }: { readonly api: Api; readonly postsUrl: string },
  { token, account, limit }: PostsTarget,
): Promise<readonly RecentPost[]> {
  const count = Math.max(1, Math.min(limit, LIMIT_MAX));
  const { elements } = await api.get(token, {
    url: postsUrl,
    query: {
      q: 'author',
      author: `urn:li:organization:${account.accountId}`,
      count: String(count),
      sortBy: 'CREATED',
    },
    headers: { 'x-restli-method': 'FINDER' },
    schema: PostsAnswer,
    what: 'posts',
    issuedAt: null,
  });
  return elements
    .filter(({ lifecycleState }) => (lifecycleState ?? 'PUBLISHED') === 'PUBLISHED')
    .map(({ id, commentary, publishedAt }) => ({
      postId: id,
      text: commentary?.trim() || null,
      permalink: `https://www.linkedin.com/feed/update/${encodeURIComponent(id).replaceAll('%3A', ':')}/`,
      imageUrl: null,
      publishedAt: publishedAt ? new Date(publishedAt) : null,
    }))
    .sort((a, b) => (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0))
    .slice(0, count);
}
