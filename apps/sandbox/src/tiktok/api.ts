import type { Answer } from '../faults/answer.ts';
import { toSeconds } from '../clock.ts';
import { AnswerInstead, bearerOf, requireCaller, type CallRoute, type OAuthCall } from '../oauth/index.ts';
import { asValues, numberOf, textOf } from '../request-values.ts';
import { apiError, envelope } from './answers.ts';
import { accountOf, type TikTokAccount } from './people.ts';
import { postsOf, publish } from './videos.ts';

const VIDEOS_MAX = 20;
const VIDEOS_DEFAULT = 10;

type Field = readonly [scope: string, read: (account: TikTokAccount, call: OAuthCall) => unknown];

const picture = (account: TikTokAccount, call: OAuthCall): string =>
  `${call.world.publicUrl}/scontent.example/${account.subjectId}.svg`;

const USER_FIELDS: Record<string, Field> = {
  open_id: ['user.info.basic', ({ subjectId }) => subjectId],
  union_id: ['user.info.basic', ({ unionId }) => unionId],
  display_name: ['user.info.basic', ({ name }) => name],
  avatar_url: ['user.info.basic', picture],
  username: ['user.info.profile', ({ username }) => username],
  bio_description: ['user.info.profile', ({ about }) => about],
  is_verified: ['user.info.profile', () => false],
  follower_count: ['user.info.stats', ({ followers }) => followers],
};

function fieldsOf(call: OAuthCall): string[] {
  const fields = (textOf(call.query, 'fields') ?? '').split(',').filter((field) => field !== '');
  if (fields.length > 0) return fields;
  throw new AnswerInstead(apiError(call, 400, 'invalid_params', 'Fields are required.'));
}

function userInfo(call: OAuthCall): Answer {
  const { token, person } = requireCaller(call, bearerOf(call), 'user.info.basic');
  const account = accountOf(person);
  const user = fieldsOf(call).map((name): [string, unknown] => {
    const [scope, read] = USER_FIELDS[name] ?? [];
    if (scope === undefined || read === undefined) {
      throw new AnswerInstead(apiError(call, 400, 'invalid_params', `Unknown field: ${name}`));
    }
    if (token.scopes.includes(scope)) return [name, read(account, call)];
    const message = `Additional scope ${scope} is required for the requested fields.`;
    throw new AnswerInstead(apiError(call, 400, 'scope_permission_missed', message));
  });
  return envelope(call, { user: Object.fromEntries(user) });
}

function videoList(call: OAuthCall): Answer {
  const { person } = requireCaller(call, bearerOf(call), 'video.list');
  const fields = fieldsOf(call);
  const count = numberOf(call.body, 'max_count') ?? VIDEOS_DEFAULT;
  if (count < 1 || count > VIDEOS_MAX) {
    throw new AnswerInstead(apiError(call, 400, 'invalid_params', 'max_count must be from 1 to 20.'));
  }
  const all = postsOf(call, accountOf(person));
  const videos = all
    .slice(0, count)
    .map((video) => Object.fromEntries(Object.entries(video).filter(([name]) => fields.includes(name))));
  return envelope(call, { videos, cursor: toSeconds(call.world.clock.nowMs()), has_more: all.length > count });
}

function creatorInfo(call: OAuthCall): Answer {
  const account = accountOf(requireCaller(call, bearerOf(call), 'video.publish').person);
  return envelope(call, {
    creator_avatar_url: picture(account, call),
    creator_username: account.username,
    creator_nickname: account.name,
    privacy_level_options: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'],
    ...{ comment_disabled: false, duet_disabled: false, stitch_disabled: false },
    max_video_post_duration_sec: 300,
  });
}

function publishVideo(call: OAuthCall): Answer {
  const account = accountOf(requireCaller(call, bearerOf(call), 'video.publish').person);
  const title = textOf(asValues(call.body.post_info), 'title');
  if (title === undefined || call.body.source_info === undefined) {
    throw new AnswerInstead(apiError(call, 400, 'invalid_param', 'post_info and source_info are required.'));
  }
  return envelope(call, { publish_id: publish(call, account, title) });
}

/** What a post has come to: here it is always out. */
function publishStatus(call: OAuthCall): Answer {
  requireCaller(call, bearerOf(call), 'video.publish');
  return envelope(call, { status: 'PUBLISH_COMPLETE', publicaly_available_post_id: [], fail_reason: '' });
}

/** The APIs that are called with an account's token. */
export const API_ROUTES: CallRoute[] = [
  { method: 'GET', path: '/v2/user/info/', kind: 'api.user-info', answer: userInfo },
  { method: 'POST', path: '/v2/video/list/', kind: 'api.video-list', answer: videoList },
  { method: 'POST', path: '/v2/post/publish/creator_info/query/', kind: 'api.creator-info', answer: creatorInfo },
  { method: 'POST', path: '/v2/post/publish/video/init/', kind: 'api.publish', answer: publishVideo },
  { method: 'POST', path: '/v2/post/publish/status/fetch/', kind: 'api.publish-status', answer: publishStatus },
];
