import type { PostsTarget, RecentPost } from '@mooring/adapters-core';
import { MEDIA_FIELDS, portionOf, postsOfMedia, postTextOf } from '../graph/posts.ts';
import { timeOf, webUrlOf } from '../graph/presentation.ts';
import { MediaAnswer } from '../graph/schemas.ts';
import type { FacebookEndpoints } from './endpoints.ts';
import type { Graph } from './graph.ts';
import { PostsAnswer } from './schemas.ts';
import { isAboutAds } from './scopes.ts';

const POST_FIELDS = 'id,message,created_time,permalink_url,full_picture';

/** The newest posts of a Page, or of the Instagram account behind it. Ad accounts and pixels have none. */
export async function readPosts(graph: Graph, urls: FacebookEndpoints, target: PostsTarget): Promise<RecentPost[]> {
  const { accountId, kind } = target.account;
  if (isAboutAds(kind)) return [];
  const limit = portionOf(target.limit);
  if (kind === 'instagram_page_account') {
    const query = { fields: MEDIA_FIELDS, limit };
    const call = { url: urls.edgeUrl(accountId, 'media'), query, schema: MediaAnswer, what: 'media' };
    return postsOfMedia(await graph.read(target.token, call), target.limit);
  }
  const query = { fields: POST_FIELDS, limit };
  const call = { url: urls.edgeUrl(accountId, 'posts'), query, schema: PostsAnswer, what: 'posts' };
  const { data } = await graph.read(target.token, call);
  return data.slice(0, target.limit).map((post) => ({
    postId: post.id,
    text: postTextOf(post.message),
    permalink: webUrlOf(post.permalink_url),
    imageUrl: webUrlOf(post.full_picture),
    publishedAt: timeOf(post.created_time),
  }));
}
