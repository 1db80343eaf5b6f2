import { toSeconds } from '../clock.ts';
import type { OAuthCall, PostRecord } from '../oauth/index.ts';
import type { TikTokAccount } from './people.ts';

/** Ids are 19 digits: beyond 2^53, and text. */
const FIRST_ID = 7_490_213_458_555_737_000n;
const DAY_SECONDS = 86_400;
const EARLIER = ['The first ferry of the morning', 'Nets, mended'];

interface Video {
  id: string;
  title: string;
  video_description: string;
  create_time: number;
  share_url: string;
  cover_image_url: string;
}

function video(call: OAuthCall, account: TikTokAccount, post: Pick<Video, 'id' | 'title' | 'create_time'>): Video {
  return {
    ...post,
    video_description: post.title,
    share_url: `https://www.tiktok.com/@${account.username}/video/${post.id}`,
    cover_image_url: `${call.world.publicUrl}/scontent.example/${post.id}.svg`,
  };
}

/** What was posted here, and before it two videos that every account has; newest first. */
export function postsOf(call: OAuthCall, account: TikTokAccount): Video[] {
  const { world } = call;
  const posted = world.posts.of(account.subjectId).map(({ id, text, createdAtMs }: PostRecord) => ({
    ...{ id, title: text },
    create_time: toSeconds(createdAtMs),
  }));
  const earlier = EARLIER.map((title, index) => ({
    ...{ id: String(FIRST_ID + BigInt(account.username.length * 10 + EARLIER.length - index)), title },
    create_time: toSeconds(world.clock.nowMs()) - (index + 1) * DAY_SECONDS,
  }));
  return [...posted, ...earlier].map((post) => video(call, account, post));
}

/** Posts a video; the answer is the id under which its fate is asked for. */
export function publish(call: OAuthCall, account: TikTokAccount, title: string): string {
  const post = { accountId: account.subjectId, personId: account.id, text: title };
  const { id } = call.world.posts.add(post, (serial) => String(FIRST_ID + 1_000n + BigInt(serial)));
  return `v_pub_url~v2.${id}`;
}
