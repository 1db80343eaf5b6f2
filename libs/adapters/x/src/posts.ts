import { PlatformFailure, type PostsTarget, type RecentPost } from '@mooring/adapters-core';
import type { Api } from './api.ts';
import type { XEndpoints } from './endpoints.ts';
import { imageUrlOf } from './profile.ts';
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
  const { data = [], includes } = await api.read(token, {
    url: endpoints.postsUrl(account.accountId),
    query: {
      max_results: String(Math.min(PORTION.max, Math.max(PORTION.min, limit))),
      'tweet.fields': 'created_at,text,attachments',
      expansions: 'attachments.media_keys',
      'media.fields': 'url,preview_image_url',
    },
    schema: PostsAnswer,
    what: 'posts',
  });
  const images = new Map(
    (includes?.media ?? []).map((media) => [media.media_key, media.url ?? media.preview_image_url]),
  );
  return data.slice(0, Math.max(0, limit)).map((post) => ({
    postId: String(post.id),
    text: post.text ?? null,
    permalink: `https://x.com/i/web/status/${String(post.id)}`,
    imageUrl: imageUrlOf(images.get(post.attachments?.media_keys?.[0] ?? '')),
    publishedAt: instantOf(post.created_at),
  }));
}

function instantOf(text: string | null | undefined): Date | null {
  const at = new Date(text ?? NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}
