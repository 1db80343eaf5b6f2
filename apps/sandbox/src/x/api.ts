import type { Answer } from '../faults/answer.ts';
import {
  AnswerInstead,
  bearerOf,
  type OAuthCall,
  type PlayedPerson,
  type PostRecord,
  requireCaller,
} from '../oauth/index.ts';
import { numberOf, textOf } from '../request-values.ts';
import { isOverLimit } from './limits.ts';
import { usernameOf } from './people.ts';
import { problem, toldToRefuse } from './refusals.ts';

const POSTS = { min: 5, max: 100, byDefault: 10 };
const POST_LENGTH_MAX = 280;
/** Ids of posts lie beyond 2^53. */
const FIRST_POST_ID = 1_990_000_000_000_000_000n;

/** Who calls, once the API means to answer at all. */
function callerOf(call: OAuthCall, ...scopes: string[]): PlayedPerson {
  const told = toldToRefuse(call);
  if (told !== undefined) throw new AnswerInstead(told);
  const { person } = requireCaller(call, bearerOf(call), ...scopes);
  if (isOverLimit(call)) {
    throw new AnswerInstead(problem(429, 'Too Many Requests', { type: 'rate-limit-exceeded' }));
  }
  return person;
}

/** `GET /2/users/me`. */
export function answerMe(call: OAuthCall): Answer {
  const person = callerOf(call, 'users.read', 'tweet.read');
  const all: Record<string, unknown> = {
    id: person.subjectId,
    name: person.name,
    username: usernameOf(person),
    profile_image_url: `${call.world.publicUrl}/scontent.example/${person.subjectId}.svg`,
    protected: false,
    verified: false,
  };
  const asked = ['id', 'name', 'username', ...(textOf(call.query, 'user.fields') ?? '').split(',')];
  return {
    status: 200,
    body: { data: Object.fromEntries(Object.entries(all).filter(([key]) => asked.includes(key))) },
  };
}

/** `GET /2/users/:id/tweets`. */
export function answerPosts(call: OAuthCall): Answer {
  callerOf(call, 'users.read', 'tweet.read');
  const { world, pathValues } = call;
  const count = numberOf(call.query, 'max_results') ?? POSTS.byDefault;
  if (count < POSTS.min || count > POSTS.max) {
    const detail = `The max_results query parameter value [${count}] is not between 5 and 100.`;
    return problem(400, 'Invalid Request', { type: 'invalid-request', detail });
  }
  if (world.person(pathValues.id ?? '') === undefined) return notFound(pathValues.id ?? '');
  const posts = world.posts.of(pathValues.id ?? '').slice(0, count);
  if (posts.length === 0) return { status: 200, body: { meta: { result_count: 0 } } };
  const data = posts.map((post) => postBody(post, (textOf(call.query, 'tweet.fields') ?? '').split(',')));
  return { status: 200, body: { data, meta: { result_count: posts.length, newest_id: posts[0]?.id } } };
}

/** `POST /2/tweets`. */
export function answerPost(call: OAuthCall): Answer {
  const person = callerOf(call, 'tweet.read', 'tweet.write', 'users.read');
  const text = textOf(call.body, 'text')?.trim() ?? '';
  if (text === '' || text.length > POST_LENGTH_MAX) {
    return problem(400, 'Invalid Request', { type: 'invalid-request', detail: 'The text is empty or too long.' });
  }
  const { posts } = call.world;
  if (posts.of(person.subjectId)[0]?.text === text) {
    return problem(403, 'Forbidden', { detail: 'You are not allowed to create a Tweet with duplicate content.' });
  }
  const post = posts.add({ accountId: person.subjectId, personId: person.id, text }, (serial) =>
    String(FIRST_POST_ID + BigInt(serial)),
  );
  return { status: 201, body: { data: { id: post.id, text, edit_history_tweet_ids: [post.id] } } };
}

function postBody({ id, text, createdAtMs }: PostRecord, fields: string[]): object {
  const createdAt = fields.includes('created_at') ? { created_at: new Date(createdAtMs).toISOString() } : {};
  return { id, text, edit_history_tweet_ids: [id], ...createdAt };
}

/** Status 200, with errors in place of data. */
function notFound(id: string): Answer {
  const detail = `Could not find user with id: [${id}].`;
  const { body } = problem(200, 'Not Found Error', { type: 'resource-not-found', detail });
  return { status: 200, body: { errors: [body] } };
}
