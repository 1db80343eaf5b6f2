import { mediaOf } from '../meta/instagram-media.ts';
import { parseFields, pickFields } from '../meta/fields.ts';
import { AnswerInstead, disconnect, requireCaller, type CallRoute, type OAuthCall } from '../oauth/index.ts';
import { numberOf, textOf } from '../request-values.ts';
import { graphHostError, unsupported } from './errors.ts';
import { instagramPerson, type InstagramPerson } from './people.ts';
import { sentToken } from './token-hosts.ts';

const BASIC = 'instagram_business_basic';
const MEDIA_LIMIT = 25;

/** Who `me` or an id in the path stands for: nobody but the caller. */
function caller(call: OAuthCall, id = 'me'): InstagramPerson {
  const person = instagramPerson(requireCaller(call, sentToken(call), BASIC).person.id);
  if ([undefined, 'me', person.subjectId, person.professionalId].includes(id)) return person;
  const message = `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  throw new AnswerInstead(graphHostError(100, message, 'IGApiException'));
}

function node(call: OAuthCall, person: InstagramPerson): Record<string, unknown> {
  return {
    id: person.subjectId,
    user_id: person.professionalId,
    username: person.username,
    name: person.name,
    account_type: person.accountType,
    profile_picture_url: `${call.world.publicUrl}/scontent.example/${person.professionalId}.svg`,
    followers_count: 490,
    follows_count: 12,
    media_count: 3,
  };
}

function readMe(call: OAuthCall): { status: number; body: unknown } {
  const person = caller(call, call.pathValues.id);
  const shown = pickFields(node(call, person), parseFields(textOf(call.query, 'fields') ?? 'id'));
  return { status: 200, body: call.world.switch('meAnswer') === 'wrapped' ? { data: [shown] } : shown };
}

function listMedia(call: OAuthCall): { status: number; body: unknown } {
  const person = caller(call, call.pathValues.id);
  const account = { id: person.professionalId, username: person.username };
  const fields = parseFields(textOf(call.query, 'fields') ?? 'id');
  const limit = numberOf(call.query, 'limit') ?? MEDIA_LIMIT;
  const media = mediaOf(account, call.world.publicUrl, call.world.clock.nowMs()).slice(0, limit);
  const cursors = { before: 'QVFI', after: 'QVFJ' };
  return { status: 200, body: { data: media.map((post) => pickFields(post, fields)), paging: { cursors } } };
}

/** Undocumented; public code calls it and takes what comes. */
function deletePermissions(call: OAuthCall): { status: number; body: unknown } {
  const { person } = requireCaller(call, sentToken(call));
  if (call.world.switch('deletePermissions') !== true) throw new AnswerInstead(unsupported(call.method));
  disconnect(call.world, person, { reason: 'revoked-by-app', by: 'app' });
  return { status: 200, body: { success: true } };
}

/** Below a version and without one. */
function routesOf(method: CallRoute['method'], path: string, kind: string, answer: CallRoute['answer']): CallRoute[] {
  return [path, `/:version${path}`].map((each) => ({ method, path: each, kind, answer }));
}

export const GRAPH_ROUTES: CallRoute[] = [
  ...routesOf('GET', '/me', 'api.me', readMe),
  ...routesOf('GET', '/me/media', 'api.media', listMedia),
  ...routesOf('DELETE', '/me/permissions', 'revoke', deletePermissions),
  { method: 'GET', path: '/:version/:id', kind: 'api.me', answer: readMe },
  { method: 'GET', path: '/:version/:id/media', kind: 'api.media', answer: listMedia },
];
