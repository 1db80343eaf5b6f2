import { textOf } from '../request-values.ts';
import { requirePermission, type Caller, type GraphCall } from './call.ts';
import { parseFields, pickFields } from './fields.ts';
import { GraphError, invalidParameter, missingObject } from './graph-error.ts';
import { graphTime } from './instagram-media.ts';
import { pageOf } from './paging.ts';
import { pageById } from './pages.ts';
import type { PostRecord } from './state.ts';

const POSTS_MAX = 5_000;
const PUBLISH_REFUSAL =
  '(#200) If posting to a group, requires app being installed in the group, and either publish_to_groups permission with user token, or both pages_read_engagement and pages_manage_posts permission with page token; If posting to a page, requires both pages_read_engagement and pages_manage_posts as an admin with sufficient administrative permission';

type PageCaller = Extract<Caller, { kind: 'page' }>;

function requirePageToken(caller: Caller, pageId: string): PageCaller {
  if (caller.kind === 'page' && caller.pageId === pageId) return caller;
  if (caller.kind === 'page' || pageById(pageId) === undefined) throw missingObject(pageId);
  throw new GraphError({
    code: 210,
    status: 403,
    message: '(#210) A page access token is required to request this resource.',
  });
}

function mayPublish(call: GraphCall, caller: PageCaller): boolean {
  const tasks = call.world.roleOn(caller.person, caller.pageId)?.tasks ?? [];
  const allowed = tasks.includes('CREATE_CONTENT') || tasks.includes('MANAGE');
  return (
    allowed &&
    ['pages_manage_posts', 'pages_read_engagement'].every((permission) => call.world.has(caller.person, permission))
  );
}

export function publishPost(call: GraphCall, caller: Caller, pageId: string): unknown {
  const page = requirePageToken(caller, pageId);
  if (!mayPublish(call, page)) throw new GraphError({ code: 200, status: 403, message: PUBLISH_REFUSAL });
  const message = textOf(call.params, 'message') ?? '';
  const link = textOf(call.params, 'link');
  if (message === '' && link === undefined) throw invalidParameter('(#100) Missing message or attachment');
  const { state } = call.world;
  state.postSerial += 1;
  const post: PostRecord = {
    id: `${pageId}_${122_000_000_000 + state.postSerial}`,
    pageId,
    personId: page.person.id,
    message,
    ...(link === undefined ? {} : { link }),
    createdAtMs: call.world.clock.nowMs(),
  };
  state.posts.push(post);
  if (state.posts.length > POSTS_MAX) state.posts.shift();
  call.world.changed();
  return { id: post.id };
}

export function listPosts(call: GraphCall, caller: Caller, pageId: string, edge: 'feed' | 'posts'): unknown {
  const page = requirePageToken(caller, pageId);
  requirePermission(call.world, page.person, 'pages_read_engagement');
  const posts = call.world.state.posts.filter((post) => post.pageId === pageId).reverse();
  const fields = parseFields(textOf(call.params, 'fields') ?? 'created_time,message,id');
  return pageOf(call, `${pageId}/${edge}`, posts, (post) =>
    pickFields(
      {
        id: post.id,
        message: post.message,
        created_time: graphTime(post.createdAtMs),
        permalink_url: `https://www.facebook.com/${post.id.replace('_', '/posts/')}`,
        full_picture: `${call.world.publicUrl}/scontent.example/${post.id}.svg`,
        is_published: true,
        ...(post.link === undefined ? {} : { link: post.link }),
      },
      fields,
    ),
  );
}

export function changeSubscription(caller: Caller, pageId: string): unknown {
  requirePageToken(caller, pageId);
  return { success: true };
}
