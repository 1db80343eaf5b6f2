import { type Static, Type } from '@sinclair/typebox';
import { Id, maybe, optional, Paging, UnixSeconds } from '../graph/schemas.ts';

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

/** `GET /me/permissions`; statuses seen: granted, declined, expired. */
export const PermissionsAnswer = Type.Object({
  data: Type.Array(Type.Object({ permission: Type.String(), status: Type.String() })),
});

const LinkedInstagram = Type.Object({
  id: Id,
  username: maybe(Type.String()),
  name: maybe(Type.String()),
  profile_picture_url: maybe(Type.String()),
});

/** A Page as `me/accounts`, a portfolio's edges and `GET /{page-id}` give it. */
export const PageAnswer = Type.Object({
  id: Id,
  name: optional(Type.String()),
  username: optional(Type.String()),
  access_token: optional(Type.String()),
  tasks: optional(Type.Array(Type.String())),
  picture: optional(Type.Object({ data: optional(Type.Object({ url: optional(Type.String()) })) })),
  instagram_business_account: maybe(LinkedInstagram),
});

/** An ad account; `account_status` 1 is active (Marketing API, Ad account). */
export const AdAccountAnswer = Type.Object({
  id: Type.String({ pattern: '^act_\\d{1,32}$' }),
  name: optional(Type.String()),
  account_status: optional(Type.Integer()),
});

/** A pixel of an ad account. */
export const PixelAnswer = Type.Object({
  id: Id,
  name: optional(Type.String()),
  is_unavailable: optional(Type.Boolean()),
});

/** One portion of a list. */
export const PagesAnswer = Type.Object({ data: Type.Array(PageAnswer), paging: optional(Paging) });
export const BusinessesAnswer = Type.Object({ data: Type.Array(Type.Object({ id: Id })), paging: optional(Paging) });
export const AdAccountsAnswer = Type.Object({ data: Type.Array(AdAccountAnswer), paging: optional(Paging) });
export const PixelsAnswer = Type.Object({ data: Type.Array(PixelAnswer), paging: optional(Paging) });

/** Posts of a Page. */
export const PostsAnswer = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Type.String(),
      message: maybe(Type.String()),
      created_time: maybe(Type.String()),
      permalink_url: maybe(Type.String()),
      full_picture: maybe(Type.String()),
    }),
  ),
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
export type Business = Static<typeof BusinessesAnswer>['data'][number];
export type Page = Static<typeof PageAnswer>;
export type AdAccount = Static<typeof AdAccountAnswer>;
export type Pixel = Static<typeof PixelAnswer>;
