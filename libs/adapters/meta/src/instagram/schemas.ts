import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Id, maybe, optional } from '../graph/schemas.ts';

/** Documented as `{"data":[…]}` with one entry, observed flat: either is taken. */
const wrapped = <T extends TSchema>(schema: T) =>
  Type.Union([Type.Object({ data: Type.Array(schema, { minItems: 1, maxItems: 1 }) }), schema]);

const Exchange = Type.Object({
  access_token: Type.String(),
  user_id: optional(Id),
  /** Documented as a text with commas, observed as a list. */
  permissions: optional(Type.Union([Type.Array(Type.String()), Type.String()])),
});

/** `POST api.instagram.com/oauth/access_token`. */
export const ExchangeAnswer = wrapped(Exchange);

/** `GET /access_token` and `GET /refresh_access_token`. */
export const LongLivedAnswer = Type.Object({
  access_token: Type.String(),
  expires_in: optional(Type.Union([Type.Number(), Type.String()])),
});

const Profile = Type.Object({
  /** App-scoped. */
  id: Id,
  /** The professional account's own id, as webhooks and the API have it. */
  user_id: Id,
  username: maybe(Type.String()),
  name: maybe(Type.String()),
  account_type: maybe(Type.String()),
  profile_picture_url: maybe(Type.String()),
});

/** `GET /me`. */
export const ProfileAnswer = wrapped(Profile);

/** What stands in an answer, wrapped or not. */
export function unwrap<T extends object>(answer: T | { data: T[] }): T {
  return 'data' in answer ? (answer.data[0] as T) : answer;
}

export type Exchange = Static<typeof Exchange>;
export type Profile = Static<typeof Profile>;
