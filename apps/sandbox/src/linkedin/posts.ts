import type { Answer } from '../faults/answer.ts';
import type { OAuthCall, PlayedPerson } from '../oauth/index.ts';
import { numberOf, textOf } from '../request-values.ts';
import { pageOf, rolesOf } from './people.ts';
import { apiError } from './refusals.ts';

const DAY_MS = 86_400_000;
const POSTING_ROLES = ['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR', 'DIRECT_SPONSORED_CONTENT_POSTER'];

/** The Page that the person may post as, or undefined. */
function pageFor(call: OAuthCall, person: PlayedPerson, author: string | undefined): string | undefined {
  const id = /^urn:li:organization(?:Brand)?:(\d+)$/.exec(author ?? '')?.[1] ?? '';
  const stands = call.world.accountsOf(person).some((account) => account.id === id);
  return stands && rolesOf(person)[id]?.some((role) => POSTING_ROLES.includes(role)) ? id : undefined;
}

const postOf = (author: string, id: string, post: { text: string; atMs: number }) => ({
  id,
  author,
  commentary: post.text,
  createdAt: post.atMs,
  publishedAt: post.atMs,
  lastModifiedAt: post.atMs,
  lifecycleState: 'PUBLISHED',
  visibility: 'PUBLIC',
});

/** `q=author`, the newest first. */
export function findPosts(call: OAuthCall, person: PlayedPerson): Answer {
  const { world, query } = call;
  const author = textOf(query, 'author') ?? '';
  const id = pageFor(call, person, author);
  if (textOf(query, 'q') !== 'author') return apiError(400, 'ILLEGAL_ARGUMENT', 'Query parameter q must be author');
  if (id === undefined) return apiError(403, 'ACCESS_DENIED', 'Not enough permissions to access: GET /posts', 100);
  const published = world.posts
    .of(id)
    .map((post) => postOf(author, post.id, { text: post.text, atMs: post.createdAtMs }));
  const earlier = (pageOf(id)?.posts ?? []).map(({ text, daysAgo }, index) =>
    postOf(author, `urn:li:share:${id}00${index}`, { text, atMs: world.clock.nowMs() - daysAgo * DAY_MS }),
  );
  const count = Math.min(numberOf(query, 'count') ?? 10, 100);
  const start = numberOf(query, 'start') ?? 0;
  const elements = [...published, ...earlier].slice(start, start + count);
  return { status: 200, body: { paging: { start, count, links: [] }, elements } };
}

/** Publishes; the new post's URN stands in a header. */
export function createPost(call: OAuthCall, person: PlayedPerson): Answer {
  const author = textOf(call.body, 'author');
  const id = pageFor(call, person, author);
  if (id === undefined) {
    const message =
      'Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]';
    return apiError(403, 'ACCESS_DENIED', message, 100);
  }
  const text = textOf(call.body, 'commentary') ?? '';
  const post = call.world.posts.add(
    { accountId: id, personId: person.id, text },
    (serial) => `urn:li:share:7${serial}`,
  );
  return { status: 201, headers: { 'x-restli-id': post.id }, body: undefined };
}
