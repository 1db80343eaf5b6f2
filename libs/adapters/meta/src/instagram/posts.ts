import type { PostsTarget, RecentPost } from '@mooring/adapters-core';
import { MEDIA_FIELDS, portionOf, postsOfMedia } from '../graph/posts.ts';
import { MediaAnswer } from '../graph/schemas.ts';
import type { InstagramApi } from './instagram-api.ts';

/** The newest media of the account. */
export async function readPosts(api: InstagramApi, { token, limit }: PostsTarget): Promise<RecentPost[]> {
  const query = { fields: MEDIA_FIELDS, limit: portionOf(limit) };
  const call = { url: api.urls.mediaUrl, query, schema: MediaAnswer, what: 'media' };
  return postsOfMedia(await api.withToken('GET', token, call), limit);
}
