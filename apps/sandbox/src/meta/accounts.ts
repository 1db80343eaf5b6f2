import { textOf } from '../request-values.ts';
import type { Caller, GraphCall } from './call.ts';
import { parseFields, pickFields, type FieldTree } from './fields.ts';
import { GraphError, invalidParameter, missingObject } from './graph-error.ts';
import { pageOf } from './paging.ts';
import { pageById, type FacebookPage } from './pages.ts';
import { businessById, personById, type FacebookPerson, type PageRole } from './people.ts';
import { TokenBook } from './tokens.ts';

type UserCaller = Extract<Caller, { kind: 'user' }>;

const ACCOUNT_FIELDS = parseFields('access_token,category,category_list,name,id,tasks');

function fieldsOf(call: GraphCall, otherwise: FieldTree): FieldTree {
  const text = textOf(call.params, 'fields');
  return text === undefined ? otherwise : parseFields(text);
}

/** Pictures are served by the sandbox itself, so that a page that shows one loads nothing from outside. */
function picture(call: GraphCall, id: string) {
  const url = `${call.world.publicUrl}/scontent.example/${id}.svg`;
  return { data: { height: 200, width: 200, is_silhouette: false, url } };
}

function pageNode(call: GraphCall, page: FacebookPage): Record<string, unknown> {
  const { instagram } = page;
  return {
    id: page.id,
    name: page.name,
    username: page.username,
    category: page.category,
    category_list: [{ id: '2201', name: page.category }],
    link: `https://www.facebook.com/${page.username}`,
    picture: picture(call, page.id),
    ...(instagram === undefined
      ? {}
      : {
          instagram_business_account: {
            ...instagram,
            profile_picture_url: `${call.world.publicUrl}/scontent.example/${instagram.id}.svg`,
          },
        }),
  };
}

function pageForUser(call: GraphCall, caller: UserCaller, role: PageRole): Record<string, unknown> {
  const page = pageById(role.pageId);
  if (page === undefined) throw missingObject(role.pageId);
  const givesToken = role.givesToken && call.fault?.kind !== 'page_without_token';
  return {
    ...pageNode(call, page),
    tasks: role.tasks,
    ...(givesToken ? { access_token: new TokenBook(call.world).pageToken(caller.token, page.id).value } : {}),
  };
}

function requireUser(caller: Caller): UserCaller {
  if (caller.kind === 'user') return caller;
  throw new GraphError({ code: 2500, message: 'A user access token is required to request this resource.' });
}

export function listAccounts(call: GraphCall, caller: Caller, person: FacebookPerson): unknown {
  const user = requireUser(caller);
  const { world } = call;
  const shown = world.has(person, 'pages_show_list') && call.fault?.kind !== 'accounts_empty';
  const roles = shown ? world.visibleRoles(person).filter((role) => role.classic) : [];
  const fields = fieldsOf(call, ACCOUNT_FIELDS);
  return pageOf(call, `${person.asid}/accounts`, roles, (role) => pickFields(pageForUser(call, user, role), fields));
}

function requireBusinessManagement(call: GraphCall, person: FacebookPerson): void {
  if (call.world.has(person, 'business_management')) return;
  throw new GraphError({
    code: 200,
    status: 403,
    message: '(#200) Requires business_management permission to manage the object',
  });
}

export function listBusinesses(call: GraphCall, caller: Caller, person: FacebookPerson): unknown {
  requireUser(caller);
  requireBusinessManagement(call, person);
  const fields = fieldsOf(call, parseFields('id,name'));
  return pageOf(call, `${person.asid}/businesses`, person.businesses, ({ id, name }) =>
    pickFields({ id, name }, fields),
  );
}

export function listBusinessPages(
  call: GraphCall,
  caller: Caller,
  businessId: string,
  edge: 'owned_pages' | 'client_pages',
): unknown {
  const user = requireUser(caller);
  const business = businessById(businessId);
  if (business === undefined || !user.person.businesses.includes(business)) throw missingObject(businessId);
  requireBusinessManagement(call, user.person);
  const pageIds = edge === 'owned_pages' ? business.ownedPages : business.clientPages;
  const roles = call.world.visibleRoles(user.person).filter((role) => pageIds.includes(role.pageId));
  const fields = fieldsOf(call, parseFields('id,name'));
  return pageOf(call, `${businessId}/${edge}`, roles, (role) => pickFields(pageForUser(call, user, role), fields));
}

/** A Page read by a person with a role on it, or by the Page's own token. */
export function readPage(call: GraphCall, caller: Caller, pageId: string): unknown {
  const fields = fieldsOf(call, parseFields('id,name'));
  const page = pageById(pageId);
  if (page === undefined) throw missingObject(pageId);
  if (caller.kind === 'page' && caller.pageId === pageId) {
    return pickFields({ ...pageNode(call, page), access_token: caller.token.value }, fields);
  }
  if (caller.kind !== 'user') throw missingObject(pageId);
  const role = call.world.visibleRoles(caller.person).find((candidate) => candidate.pageId === pageId);
  if (role === undefined) throw missingObject(pageId);
  return pickFields(pageForUser(call, caller, role), fields);
}

export function readPerson(call: GraphCall, caller: Caller, id: string): unknown {
  const person = personById(id);
  if (caller.kind === 'page' || person === undefined) throw missingObject(id);
  if (caller.kind === 'user' && caller.person !== person) throw missingObject(id);
  const [first, ...last] = person.name.split(' ');
  const node = {
    id: person.asid,
    name: person.name,
    first_name: first,
    last_name: last.join(' '),
    picture: picture(call, person.asid),
    ...(call.world.has(person, 'email') ? { email: person.email } : {}),
  };
  return pickFields(node, fieldsOf(call, parseFields('id,name')));
}

export function readBusiness(call: GraphCall, caller: Caller, id: string): unknown {
  const business = requireUser(caller).person.businesses.find((candidate) => candidate.id === id);
  if (business === undefined) throw invalidParameter(`(#100) Object '${id}' does not exist`, 33);
  return pickFields({ id, name: business.name }, fieldsOf(call, parseFields('id,name')));
}
