import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** True where a value is as the schema says; answers carry more fields than we read, and these are let through. */
export function fits<T extends TSchema>(schema: T, value: unknown): value is Static<T> {
  return Value.Check(schema, value);
}

const optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
/** Up to the last instant that a Date can hold. */
const UnixSeconds = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 });
const UnixMilliseconds = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
const NumericId = Type.Union([Type.String({ pattern: '^\\d{1,20}$' }), Type.Integer({ minimum: 0 })]);

/** `POST /oauth/v2/accessToken`; its fields are read one by one, because most may be absent. */
export const TokenAnswer = Type.Object({ access_token: Type.String() });

/** `POST /oauth/v2/introspectToken`: only `active` is sure to be there. */
export const IntrospectionAnswer = Type.Object({
  active: Type.Boolean(),
  status: optional(Type.String()),
  client_id: optional(Type.String()),
  created_at: optional(UnixSeconds),
  expires_at: optional(UnixSeconds),
  scope: optional(Type.String()),
});

/** `GET /v2/userinfo` (OpenID Connect). `sub` differs from app to app. */
export const UserinfoAnswer = Type.Object({ sub: Type.String({ minLength: 1 }), name: optional(Type.String()) });

/** `GET /v2/me`, for apps with r_basicprofile. `id` is what `sub` is. */
export const MeAnswer = Type.Object({
  id: Type.String({ minLength: 1 }),
  localizedFirstName: optional(Type.String()),
  localizedLastName: optional(Type.String()),
});

/** A role on a Page. The Page's field has had three names. */
export const RoleRow = Type.Object({
  role: optional(Type.String()),
  state: optional(Type.String()),
  organization: optional(Type.String()),
  organizationTarget: optional(Type.String()),
  organizationalTarget: optional(Type.String()),
});

const Paging = Type.Object({ links: optional(Type.Array(Type.Object({ rel: optional(Type.String()) }))) });

/** `GET /rest/organizationAcls`. */
export const RolesAnswer = Type.Object({ elements: Type.Array(RoleRow), paging: optional(Paging) });

/** `GET /rest/organizationsLookup`; a Page that isn't shown is absent from `results`. */
export const NamesAnswer = Type.Object({
  results: Type.Record(
    Type.String(),
    Type.Object({
      id: Type.Optional(NumericId),
      localizedName: optional(Type.String()),
      vanityName: optional(Type.String()),
    }),
  ),
});

/** `GET /rest/posts?q=author`. */
export const PostsAnswer = Type.Object({
  elements: Type.Array(
    Type.Object({
      id: Type.String({ minLength: 1 }),
      commentary: optional(Type.String()),
      publishedAt: optional(UnixMilliseconds),
      lifecycleState: optional(Type.String()),
    }),
  ),
});

/** The token endpoint's refusals. */
export const OAuthErrorEnvelope = Type.Object({ error: Type.String(), error_description: optional(Type.String()) });
/** The API's refusals; older endpoints leave `code` out. */
export const ApiErrorEnvelope = Type.Object({
  code: optional(Type.String()),
  serviceErrorCode: optional(Type.Integer()),
  message: optional(Type.String()),
});

export type Introspected = Static<typeof IntrospectionAnswer>;
export type Role = Static<typeof RoleRow>;
