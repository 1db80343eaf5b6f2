import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** True where a value is as the schema says; answers carry more fields than we read, and these are let through. */
export function fits<T extends TSchema>(schema: T, value: unknown): value is Static<T> {
  return Value.Check(schema, value);
}

const maybe = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
/** An id: a string of digits; a bare number is taken as well. */
const Id = Type.Union([Type.String({ pattern: '^\\d{1,20}$' }), Type.Integer({ minimum: 1 })]);

/** What both token endpoints answer: a JSON object, an error of RFC 6749 included. */
export const JsonObject = Type.Record(Type.String(), Type.Unknown());

/** `GET /2/users/me`. */
export const MeAnswer = Type.Object({
  data: Type.Object({
    id: Id,
    name: maybe(Type.String()),
    username: maybe(Type.String()),
    profile_image_url: maybe(Type.String()),
  }),
});
export type XUser = Static<typeof MeAnswer>['data'];

const Post = Type.Object({
  id: Id,
  text: maybe(Type.String()),
  created_at: maybe(Type.String()),
  attachments: maybe(Type.Object({ media_keys: maybe(Type.Array(Type.String())) })),
});
const Media = Type.Object({
  media_key: Type.String(),
  url: maybe(Type.String()),
  preview_image_url: maybe(Type.String()),
});
/** `GET /2/users/{id}/tweets`; without any post there is no `data`. */
export const PostsAnswer = Type.Object({
  data: Type.Optional(Type.Array(Post)),
  includes: maybe(Type.Object({ media: maybe(Type.Array(Media)) })),
});

/** A token endpoint's error (RFC 6749 section 5.2). */
export const OAuthErrorAnswer = Type.Object({ error: Type.String(), error_description: maybe(Type.String()) });

/** One problem of the API: RFC 7807, or the `code` and `message` of its first version. */
export const Problem = Type.Object({
  type: maybe(Type.String()),
  title: maybe(Type.String()),
  detail: maybe(Type.String()),
  reason: maybe(Type.String()),
  code: maybe(Type.Integer()),
  message: maybe(Type.String()),
});
export type XProblem = Static<typeof Problem>;
/** Problems in a list, as beside or in place of `data`, also in answers of status 200. */
export const ProblemList = Type.Object({ errors: Type.Array(Problem, { minItems: 1 }) });

const DateTime = Type.String({ maxLength: 40 });
/** X Activity API, `oauth.revoke`. */
export const ActivityRevoke = Type.Object({
  data: Type.Object({
    event_type: Type.Literal('oauth.revoke'),
    event_uuid: maybe(Type.String({ maxLength: 128 })),
    payload: Type.Object({ date_time: DateTime, user_id: Id, app_id: maybe(Id) }),
  }),
});
/** Account Activity API, `user_event.revoke`. */
export const AccountRevoke = Type.Object({
  user_event: Type.Object({
    revoke: Type.Object({
      date_time: DateTime,
      target: Type.Object({ app_id: maybe(Id) }),
      source: Type.Object({ user_id: Id }),
    }),
  }),
});
