import type { Static } from '@sinclair/typebox';
import type { RecentPost } from '@mooring/adapters-core';
import { timeOf, webUrlOf } from './presentation.ts';
import type { MediaAnswer } from './schemas.ts';

const TEXT_LENGTH_MAX = 2_200;
const POSTS_MAX = 100;

/** Fields of Instagram media, on both hosts. */
export const MEDIA_FIELDS = 'id,caption,media_type,media_url,thumbnail_url,permalink,timestamp';

/** How many posts are asked for. */
export function portionOf(limit: number): string {
  return String(Math.min(POSTS_MAX, Math.max(1, Math.floor(limit))));
}

/** A post's text, bounded; null where it has none. */
export function postTextOf(text: string | null | undefined): string | null {
  return text ? text.slice(0, TEXT_LENGTH_MAX) : null;
}

/** Instagram media as posts; of a video the still picture. */
export function postsOfMedia({ data }: Static<typeof MediaAnswer>, limit: number): RecentPost[] {
  return data.slice(0, limit).map((media) => ({
    postId: String(media.id),
    text: postTextOf(media.caption),
    permalink: webUrlOf(media.permalink),
    imageUrl: webUrlOf(media.thumbnail_url ?? (media.media_type === 'VIDEO' ? null : media.media_url)),
    publishedAt: timeOf(media.timestamp),
  }));
}
