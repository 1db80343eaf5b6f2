import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** True where a value is as the schema says; answers carry more fields than we read, and these are let through. */
export function fits<T extends TSchema>(schema: T, value: unknown): value is Static<T> {
  return Value.Check(schema, value);
}

/** A field that may be left out. */
export const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
/** A field that may be left out or null. */
export const maybe = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
/** An id: a string of digits, though bare numbers have been seen. */
export const Id = Type.Union([Type.String({ pattern: '^\\d{1,32}$' }), Type.Integer({ minimum: 0 })]);
/** Up to the last instant that a Date can hold. */
export const UnixSeconds = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 });

/** A list's end, or how it goes on. `paging.next` carries the token: only its presence is read. */
export const Paging = Type.Object({
  cursors: optional(Type.Object({ after: optional(Type.String()) })),
  next: optional(Type.String()),
});

/** Graph's error envelope; only `message` and `code` are dependable, and neither is demanded. */
export const GraphErrorEnvelope = Type.Object({
  error: Type.Object({
    code: maybe(Type.Integer()),
    error_subcode: maybe(Type.Integer()),
    message: maybe(Type.String()),
    is_transient: maybe(Type.Boolean()),
  }),
});
/** The error of api.instagram.com's token endpoint. */
export const InstagramErrorEnvelope = Type.Object({
  error_type: Type.String(),
  code: Type.Integer(),
  error_message: Type.String(),
});
/** RFC 6749 section 5.2. */
export const OAuthErrorEnvelope = Type.Object({ error: Type.String(), error_description: optional(Type.String()) });

/** `DELETE …/permissions`: documented as `true`, answered as an object by newer versions. */
export const RevokeAnswer = Type.Union([Type.Boolean(), Type.Object({ success: Type.Boolean() })]);

/** The payload of a `signed_request`. */
export const SignedRequestPayload = Type.Object({
  algorithm: Type.String(),
  issued_at: UnixSeconds,
  user_id: Id,
});

/** Instagram media, the same on both hosts. */
export const MediaAnswer = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Id,
      caption: maybe(Type.String()),
      media_type: maybe(Type.String()),
      media_url: maybe(Type.String()),
      thumbnail_url: maybe(Type.String()),
      permalink: maybe(Type.String()),
      timestamp: maybe(Type.String()),
    }),
  ),
});
