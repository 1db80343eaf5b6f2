import { textOf } from '../request-values.ts';
import type { Caller, GraphCall } from './call.ts';
import { parseFields, pickFields } from './fields.ts';
import { GraphError, missingObject } from './graph-error.ts';
import { mediaOf } from './instagram-media.ts';
import { pageOf } from './paging.ts';
import { pageByInstagramId, type FacebookPage } from './pages.ts';

type LinkedPage = FacebookPage & { instagram: NonNullable<FacebookPage['instagram']> };

const NO_PERMISSION = '(#10) Application does not have permission for this action';

function refuse(): never {
  throw new GraphError({ code: 10, status: 403, message: NO_PERMISSION });
}

/** The Page token of the linked Page, or a user with a role on it; no `instagram_*` permission outlives the data access. */
function requireAccount(call: GraphCall, caller: Caller, id: string): LinkedPage {
  const page = pageByInstagramId(id);
  if (page?.instagram === undefined || caller.kind === 'app') throw missingObject(id);
  const visible = call.world.visibleRoles(caller.person).some((role) => role.pageId === page.id);
  if (!visible || (caller.kind === 'page' && caller.pageId !== page.id)) throw missingObject(id);
  if (!call.world.has(caller.person, 'instagram_basic') || call.world.dataAccessEnded(caller.person)) refuse();
  return { ...page, instagram: page.instagram };
}

export function readInstagram(call: GraphCall, caller: Caller, id: string): unknown {
  const { instagram } = requireAccount(call, caller, id);
  const node = {
    ...instagram,
    ig_id: instagram.id.slice(-10),
    biography: `${instagram.name}, played by the sandbox`,
    followers_count: 490,
    media_count: 3,
    profile_picture_url: `${call.world.publicUrl}/scontent.example/${id}.svg`,
  };
  return pickFields(node, parseFields(textOf(call.params, 'fields') ?? 'id'));
}

export function listInstagramMedia(call: GraphCall, caller: Caller, id: string): unknown {
  const { instagram } = requireAccount(call, caller, id);
  const media = mediaOf(instagram, call.world.publicUrl, call.world.clock.nowMs());
  const fields = parseFields(textOf(call.params, 'fields') ?? 'id');
  return pageOf(call, `${id}/media`, media, (post) => pickFields(post, fields));
}
