import type { PostsTarget, RecentPost } from '@mooring/adapters-core';
import { shownText, webAddress } from './discovery.ts';
import type { OpenApi } from './open-api.ts';
import { type Video, VideoList } from './schemas.ts';
import { POSTS_SCOPE } from './scopes.ts';

const FIELDS = ['id', 'title', 'video_description', 'share_url', 'cover_image_url', 'create_time'];
/** Most that TikTok gives at once. */
const VIDEOS_MAX = 20;

/** The newest public videos. Throws `permission_missing` naming the scope where the person did not grant it. */
export async function recentPosts(api: OpenApi, url: string, { token, limit }: PostsTarget): Promise<RecentPost[]> {
  const wanted = Math.max(1, Math.min(limit, VIDEOS_MAX));
  const { videos } = await api.call(token, {
    ...{ url, schema: VideoList, what: 'video list', scope: POSTS_SCOPE },
    fields: FIELDS,
    json: { max_count: wanted },
  });
  return videos.slice(0, wanted).map(postOf);
}

function postOf(video: Video): RecentPost {
  return {
    postId: String(video.id),
    text: shownText(video.title) ?? shownText(video.video_description),
    permalink: webAddress(video.share_url),
    imageUrl: webAddress(video.cover_image_url),
    publishedAt: video.create_time ? new Date(video.create_time * 1_000) : null,
  };
}
