import type { Answer } from '../faults/answer.ts';
import {
  AnswerInstead,
  bearerOf,
  type CallRoute,
  type HostWire,
  type OAuthCall,
  type PlayedPerson,
  requireCaller,
  type TokenRecord,
} from '../oauth/index.ts';
import { numberOf, textOf } from '../request-values.ts';
import { pageOf, rolesOf } from './people.ts';
import { createPost, findPosts } from './posts.ts';
import { apiError, apiRefusal, REVOKED } from './refusals.ts';

const LOOKED_UP_MAX = 100;

/** Calls that were told a falsehood, by token. */
const falsehoods = new WeakMap<TokenRecord, number>();

/** Who calls; `/rest` wants a version that is still there, and any fresh token may be called revoked for a while. */
function callerOf(call: OAuthCall, ...scopes: string[]): PlayedPerson {
  if (call.path.startsWith('/rest/')) requireVersion(call);
  const { token, person } = requireCaller(call, bearerOf(call), ...scopes);
  const told = falsehoods.get(token) ?? 0;
  if (told < Number(call.world.switch('falselyRevokedCalls') ?? 0)) {
    falsehoods.set(token, told + 1);
    throw new AnswerInstead(REVOKED);
  }
  return person;
}

function requireVersion(call: OAuthCall): void {
  const version = call.header('linkedin-version');
  if (version === undefined) {
    throw new AnswerInstead(
      apiError(
        400,
        'VERSION_MISSING',
        'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
      ),
    );
  }
  if (!/^\d{6}$/.test(version) || version < String(call.world.switch('oldestVersion'))) {
    throw new AnswerInstead(apiError(426, 'NONEXISTENT_VERSION', `Requested version ${version} is not active`));
  }
}

function userinfo(call: OAuthCall): Answer {
  const { subjectId, name } = callerOf(call, 'openid');
  const [first = '', ...rest] = name.split(' ');
  const locale = { country: 'US', language: 'en' };
  return {
    status: 200,
    body: { sub: subjectId, name, given_name: first, family_name: rest.join(' '), locale },
  };
}

function me(call: OAuthCall): Answer {
  const { subjectId, name } = callerOf(call, 'r_basicprofile');
  const [first = '', ...rest] = name.split(' ');
  return {
    status: 200,
    body: { id: subjectId, localizedFirstName: first, localizedLastName: rest.join(' '), vanityName: 'sandbox' },
  };
}

/** One row for every role; of roles that were lost with `state: REVOKED`, unless only approved ones are asked for. */
function roleRows(call: OAuthCall, person: PlayedPerson) {
  const standing = new Set(call.world.accountsOf(person).map(({ id }) => id));
  const rows = Object.entries(rolesOf(person)).flatMap(([id, roles]) =>
    roles.map((role) => ({
      role,
      roleAssignee: `urn:li:person:${person.subjectId}`,
      state: standing.has(id) ? 'APPROVED' : 'REVOKED',
      organization: `urn:li:${pageOf(id)?.type === 'BRAND' ? 'organizationBrand' : 'organization'}:${id}`,
    })),
  );
  const role = textOf(call.query, 'role');
  const state = textOf(call.query, 'state');
  return rows.filter((row) => (role ?? row.role) === row.role && (state ?? row.state) === row.state);
}

function organizationAcls(call: OAuthCall): Answer {
  const person = callerOf(call, 'rw_organization_admin');
  if (textOf(call.query, 'q') !== 'roleAssignee') {
    return apiError(400, 'ILLEGAL_ARGUMENT', 'Query parameter q must be roleAssignee');
  }
  const rows = call.fault?.kind === 'accounts_empty' ? [] : roleRows(call, person);
  const start = numberOf(call.query, 'start') ?? 0;
  const count = Math.min(numberOf(call.query, 'count') ?? 10, 100);
  const links = start + count < rows.length ? [{ rel: 'next', type: 'application/json', href: '' }] : [];
  return { status: 200, body: { paging: { start, count, links }, elements: rows.slice(start, start + count) } };
}

/** Rest.li 2.0: `ids=List(1,2)`; with its parentheses encoded it is a text, and no list. */
function organizationsLookup(call: OAuthCall): Answer {
  callerOf(call);
  const ids = /\?ids=List\((\d+(?:,\d+)*)\)$/.exec(call.rawUrl)?.[1]?.split(',').slice(0, LOOKED_UP_MAX);
  if (ids === undefined) return apiError(400, 'ILLEGAL_ARGUMENT', 'Invalid query parameters passed to request');
  const found = ids.map(pageOf).filter((page) => page !== undefined);
  const results = found.map(({ id, name, vanityName, type }) => [
    id,
    { id: Number(id), localizedName: name, vanityName, primaryOrganizationType: type === 'BRAND' ? 'BRAND' : 'NONE' },
  ]);
  return { status: 200, body: { results: Object.fromEntries(results) as object, statuses: {}, errors: {} } };
}

/** The call as LinkedIn spells it where it denies it. */
function spelling(call: OAuthCall): string {
  const name = call.path.split('/').at(-1) ?? '';
  return name === 'organizationAcls' ? `${name}.FINDER-roleAssignee.NO_VERSION` : `${call.method} /${name}`;
}

const route = (method: CallRoute['method'], path: string, kind: string, answer: CallRoute['answer']): CallRoute => ({
  method,
  path,
  kind,
  answer,
});

/** api.linkedin.com. */
export const API: HostWire = {
  routes: [
    route('GET', '/v2/userinfo', 'api.userinfo', userinfo),
    route('GET', '/v2/me', 'api.me', me),
    route('GET', '/rest/organizationAcls', 'api.organizationAcls', organizationAcls),
    route('GET', '/rest/organizationsLookup', 'api.organizationsLookup', organizationsLookup),
    route('GET', '/rest/posts', 'api.posts', (call) => findPosts(call, callerOf(call, 'r_organization_social'))),
    route('POST', '/rest/posts', 'api.publish', (call) => createPost(call, callerOf(call, 'w_organization_social'))),
  ],
  refusal: (details, call) => apiRefusal(details, spelling(call)),
};
