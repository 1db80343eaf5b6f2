import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** True where a value is as the schema says; answers carry more fields than we read, and these are let through. */
export function fits<T extends TSchema>(schema: T, value: unknown): value is Static<T> {
  return Value.Check(schema, value);
}

const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
/** An id: a string of digits, though bare numbers have been seen. */
const Id = Type.Union([Type.String({ pattern: '^\\d{1,32}$' }), Type.Integer({ minimum: 0 })]);
/** Up to the last instant that a Date can hold. */
const UnixSeconds = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 });
const maybe = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** `POST /oauth/access_token`. `expires_in` may be absent and is not read: `debug_token` says when a token lapses. */
export const TokenAnswer = Type.Object({ access_token: Type.String(), token_type: optional(Type.String()) });

/** The `data` of `GET /debug_token`; the answer is 200 for a dead token too. */
export const DebugTokenAnswer = Type.Object({
  data: Type.Object({
    is_valid: Type.Boolean(),
    app_id: optional(Id),
    type: optional(Type.String()),
    user_id: optional(Id),
    profile_id: optional(Id),
    expires_at: optional(UnixSeconds),
    data_access_expires_at: optional(UnixSeconds),
    issued_at: optional(UnixSeconds),
    scopes: optional(Type.Array(Type.String())),
    granular_scopes: optional(Type.Array(Type.Object({ scope: Type.String(), target_ids: optional(Type.Array(Id)) }))),
    error: optional(
      Type.Object({
        code: maybe(Type.Integer()),
        subcode: maybe(Type.Integer()),
        message: maybe(Type.String()),
      }),
    ),
  }),
});

/** `GET /me?fields=id,name`. */
export const PersonAnswer = Type.Object({ id: Id, name: optional(Type.String()) });

/** A Page as `me/accounts`, a portfolio's edges and `GET /{page-id}` give it. */
export const PageAnswer = Type.Object({
  id: Id,
  name: optional(Type.String()),
  username: optional(Type.String()),
  access_token: optional(Type.String()),
  tasks: optional(Type.Array(Type.String())),
  picture: optional(Type.Object({ data: optional(Type.Object({ url: optional(Type.String()) })) })),
});

const Paging = Type.Object({
  cursors: optional(Type.Object({ after: optional(Type.String()) })),
  next: optional(Type.String()),
});

/** One portion of a list. `paging.next` carries the token: only its presence is read. */
export const PagesAnswer = Type.Object({ data: Type.Array(PageAnswer), paging: optional(Paging) });
export const BusinessesAnswer = Type.Object({ data: Type.Array(Type.Object({ id: Id })), paging: optional(Paging) });

/** `DELETE /{user-id}/permissions`: documented as `true`, answered as an object by newer versions. */
export const RevokeAnswer = Type.Union([Type.Boolean(), Type.Object({ success: Type.Boolean() })]);

/** Graph's error envelope; only `message` and `code` are dependable, and neither is demanded. */
export const GraphErrorEnvelope = Type.Object({
  error: Type.Object({
    code: maybe(Type.Integer()),
    error_subcode: maybe(Type.Integer()),
    message: maybe(Type.String()),
    is_transient: maybe(Type.Boolean()),
  }),
});
export const InstagramErrorEnvelope = Type.Object({
  error_type: Type.String(),
  code: Type.Integer(),
  error_message: Type.String(),
});
export const OAuthErrorEnvelope = Type.Object({ error: Type.String(), error_description: optional(Type.String()) });

/** The payload of a `signed_request`. */
export const SignedRequestPayload = Type.Object({
  algorithm: Type.String(),
  issued_at: UnixSeconds,
  user_id: Id,
});

/** The webhook of topic `permissions`; with "Include Values" on it has `changes`, else `changed_fields`. */
export const PermissionsWebhook = Type.Object({
  object: Type.Literal('permissions'),
  entry: Type.Array(
    Type.Object({
      id: optional(Id),
      uid: optional(Id),
      time: UnixSeconds,
      changed_fields: optional(Type.Array(Type.String())),
      changes: optional(
        Type.Array(
          Type.Object({
            field: Type.String(),
            verb: optional(Type.String()),
            value: optional(Type.Object({ verb: optional(Type.String()) })),
          }),
        ),
      ),
    }),
    { minItems: 1, maxItems: 1_000 },
  ),
});

export type DebugToken = Static<typeof DebugTokenAnswer>['data'];
export type Page = Static<typeof PageAnswer>;
