import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** True where a value is as the schema says; answers carry more fields than we read, and these are let through. */
export function fits<T extends TSchema>(schema: T, value: unknown): value is Static<T> {
  return Value.Check(schema, value);
}

const maybe = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
/** Text, whatever it looks like: webhooks name it character by character. */
const OpenId = Type.String({ minLength: 1, maxLength: 128, pattern: '^\\S+$' });
/** A string, though a bare number has been seen for ids of videos. */
const Id = Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Integer({ minimum: 0 })]);
/** Up to the last instant that a Date can hold. */
const UnixSeconds = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 });

/** What is read of the token endpoint's answer beyond RFC 6749. */
export const TokenOwner = Type.Object({ open_id: OpenId });

/** `data` of `GET /v2/user/info/`. */
export const UserInfo = Type.Object({
  user: Type.Object({
    open_id: OpenId,
    display_name: maybe(Type.String()),
    username: maybe(Type.String()),
    avatar_url: maybe(Type.String()),
  }),
});

/** `data` of `POST /v2/post/publish/creator_info/query/`; that there is one is all that is asked. */
export const CreatorInfo = Type.Object({});

/** `data` of `POST /v2/video/list/`. */
export const VideoList = Type.Object({
  videos: Type.Array(
    Type.Object({
      id: Id,
      title: maybe(Type.String()),
      video_description: maybe(Type.String()),
      share_url: maybe(Type.String()),
      cover_image_url: maybe(Type.String()),
      create_time: maybe(UnixSeconds),
    }),
    { maxItems: 100 },
  ),
});

/** Errors of `/v2/oauth/*`: flat. */
export const OAuthErrorEnvelope = Type.Object({ error: Type.String(), error_description: maybe(Type.String()) });
/** Every answer of the other endpoints, whose code is `ok` where all is well. */
export const ApiEnvelope = Type.Object({
  data: maybe(Type.Unknown()),
  error: Type.Object({ code: Type.String(), message: maybe(Type.String()) }),
});
/** A post that failed, in the answer to asking for its status. */
export const FailedPost = Type.Object({ data: Type.Object({ fail_reason: Type.String({ minLength: 1 }) }) });

/** A webhook of any event. */
export const WebhookEvent = Type.Object({
  client_key: Type.String(),
  event: Type.String({ minLength: 1 }),
  create_time: UnixSeconds,
  user_openid: Type.Optional(OpenId),
  /** JSON within JSON. */
  content: maybe(Type.String()),
});
/** What `content` says of `authorization.removed`. */
export const RemovalContent = Type.Object({ reason: Type.Integer() });

export type User = Static<typeof UserInfo>['user'];
export type Video = Static<typeof VideoList>['videos'][number];
