import { Type } from '@sinclair/typebox';

export const TokenAnswer = Type.Object({
  access_token: Type.String(),
  refresh_token: Type.Optional(Type.String()),
  expires_in: Type.Optional(Type.Number()),
  scope: Type.Optional(Type.String()),
});
export const Boards = Type.Object({
  owner: Type.Object({ id: Type.String(), name: Type.String() }),
  boards: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), readonly: Type.Optional(Type.Boolean()) })),
});
export const Posts = Type.Object({
  posts: Type.Array(Type.Object({ id: Type.String(), text: Type.String(), at: Type.String() })),
});
