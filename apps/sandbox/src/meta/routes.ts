import { textOf } from '../request-values.ts';
import { listAccounts, listBusinesses, listBusinessPages, readBusiness, readPage, readPerson } from './accounts.ts';
import { listAdAccounts, listPixels, readAdAccount, readPixel } from './ads.ts';
import { identifyCaller, type Caller, type GraphCall } from './call.ts';
import { answerDebugToken } from './debug-token.ts';
import { changeSubscription, listPosts, publishPost } from './feed.ts';
import { GraphError, missingObject } from './graph-error.ts';
import { adAccountById, pixelById } from './ad-accounts.ts';
import { pageById, pageByInstagramId } from './pages.ts';
import { businessById, personById, type FacebookPerson } from './people.ts';
import { listInstagramMedia, readInstagram } from './instagram.ts';
import { deletePermissions, listPermissions } from './permissions.ts';
import { answerTokenRequest, tokenGrantOf } from './token-endpoint.ts';

interface NodeRoute {
  /** Name in the request log and in faults. */
  endpoint: string;
  answer: (call: GraphCall, caller: Caller, id: string, tail: string | undefined) => unknown;
}

function ofPerson(answer: (call: GraphCall, caller: Caller, person: FacebookPerson, tail?: string) => unknown) {
  return (call: GraphCall, caller: Caller, id: string, tail: string | undefined): unknown => {
    const person = personById(id);
    if (person === undefined || (caller.kind === 'user' && caller.person !== person)) throw missingObject(id);
    return answer(call, caller, person, tail);
  };
}

/** By kind of node, method and edge. */
const NODE_ROUTES: Record<string, NodeRoute> = {
  'person GET ': { endpoint: 'me', answer: readPerson },
  'person GET accounts': { endpoint: 'me/accounts', answer: ofPerson(listAccounts) },
  'person GET businesses': { endpoint: 'me/businesses', answer: ofPerson(listBusinesses) },
  'person GET permissions': { endpoint: 'permissions', answer: ofPerson(listPermissions) },
  'person DELETE permissions': { endpoint: 'permissions:delete', answer: ofPerson(deletePermissions) },
  'business GET ': { endpoint: 'business', answer: readBusiness },
  'business GET owned_pages': {
    endpoint: 'business/owned_pages',
    answer: (call, caller, id) => listBusinessPages(call, caller, id, 'owned_pages'),
  },
  'business GET client_pages': {
    endpoint: 'business/client_pages',
    answer: (call, caller, id) => listBusinessPages(call, caller, id, 'client_pages'),
  },
  'person GET adaccounts': { endpoint: 'me/adaccounts', answer: ofPerson(listAdAccounts) },
  'adaccount GET ': { endpoint: 'adaccount', answer: readAdAccount },
  'adaccount GET adspixels': { endpoint: 'adaccount/adspixels', answer: listPixels },
  'pixel GET ': { endpoint: 'pixel', answer: readPixel },
  'instagram GET ': { endpoint: 'instagram', answer: readInstagram },
  'instagram GET media': { endpoint: 'instagram/media', answer: listInstagramMedia },
  'page GET ': { endpoint: 'page', answer: readPage },
  'page GET feed': { endpoint: 'page/feed', answer: (call, caller, id) => listPosts(call, caller, id, 'feed') },
  'page GET posts': { endpoint: 'page/posts', answer: (call, caller, id) => listPosts(call, caller, id, 'posts') },
  'page POST feed': { endpoint: 'page/feed:post', answer: publishPost },
  'page POST subscribed_apps': {
    endpoint: 'page/subscribed_apps:post',
    answer: (_call, caller, id) => changeSubscription(caller, id),
  },
  'page DELETE subscribed_apps': {
    endpoint: 'page/subscribed_apps:delete',
    answer: (_call, caller, id) => changeSubscription(caller, id),
  },
};

function kindOf(id: string): string {
  if (id === 'me' || personById(id) !== undefined) return 'person';
  if (businessById(id) !== undefined) return 'business';
  if (pageById(id) !== undefined) return 'page';
  if (pageByInstagramId(id) !== undefined) return 'instagram';
  if (adAccountById(id) !== undefined) return 'adaccount';
  return pixelById(id) === undefined ? 'unknown' : 'pixel';
}

function nodeRoute(call: GraphCall): { route: NodeRoute | undefined; id: string; tail: string | undefined } {
  const [id = '', edge = '', tail] = call.path.split('/');
  return { route: NODE_ROUTES[`${kindOf(id)} ${call.method} ${edge}`], id, tail };
}

/** The name under which a request is logged and struck by faults. */
export function endpointOf(call: GraphCall): string {
  if (call.path === 'oauth/access_token') {
    return `oauth/access_token:${tokenGrantOf(textOf(call.params, 'grant_type'))}`;
  }
  if (call.path === 'debug_token') return 'debug_token';
  return nodeRoute(call).route?.endpoint ?? 'unknown';
}

const CALL_KINDS: Record<string, string> = {
  'oauth/access_token:code': 'token.code',
  'oauth/access_token:fb_exchange_token': 'token.exchange',
  'oauth/access_token:client_credentials': 'token.app',
  debug_token: 'introspect',
  'permissions:delete': 'revoke',
};

/** What other platforms call this endpoint. */
export function callKindOf(endpoint: string): string {
  return CALL_KINDS[endpoint] ?? `api.${endpoint}`;
}

function resolveMe(caller: Caller): { kind: 'person' | 'page'; id: string } {
  if (caller.kind === 'user') return { kind: 'person', id: caller.person.asid };
  if (caller.kind === 'page') return { kind: 'page', id: caller.pageId };
  throw new GraphError({
    code: 2500,
    message: 'An active access token must be used to query information about the current user.',
  });
}

function answerNode(call: GraphCall): unknown {
  const { id, tail, route } = nodeRoute(call);
  const caller = identifyCaller(call);
  if (id !== 'me') {
    if (route === undefined) throw missingObject(id);
    return route.answer(call, caller, id, tail);
  }
  const me = resolveMe(caller);
  const edge = call.path.split('/')[1] ?? '';
  const own = NODE_ROUTES[`${me.kind} ${call.method} ${edge}`];
  if (own === undefined) {
    throw new GraphError({ code: 100, message: `(#100) Tried accessing nonexisting field (${edge}) on node type` });
  }
  return own.answer(call, caller, me.id, tail);
}

/** Answers one Graph call, or throws the GraphError that Facebook would answer. */
export function answerGraphCall(call: GraphCall): unknown {
  if (!/^v\d+\.\d+$/.test(call.version)) {
    throw new GraphError({ code: 2500, message: `Unknown path components: /${call.path}` });
  }
  if (call.path === 'oauth/access_token' && ['GET', 'POST'].includes(call.method)) return answerTokenRequest(call);
  if (call.path === 'debug_token' && call.method === 'GET') return answerDebugToken(call);
  return answerNode(call);
}
