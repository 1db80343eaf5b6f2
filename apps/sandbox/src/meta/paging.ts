import { numberOf, textOf } from '../request-values.ts';
import { sentToken, type GraphCall } from './call.ts';
import { invalidParameter } from './graph-error.ts';

const LIMIT_DEFAULT = 25;
const LIMIT_MAX = 100;

function cursorOf(index: number): string {
  return Buffer.from(`position:${index}`).toString('base64url');
}

function indexAfter(call: GraphCall): number {
  const after = textOf(call.params, 'after');
  if (after === undefined) return 0;
  const index = /^position:(\d+)$/.exec(Buffer.from(after, 'base64url').toString())?.[1];
  if (index === undefined) throw invalidParameter('(#100) Invalid cursors values');
  return Number(index) + 1;
}

/** As Graph does it: the address of the next page carries the access token, but no appsecret_proof. */
function nextUrl(call: GraphCall, path: string, after: string): string {
  const query = new URLSearchParams({ access_token: sentToken(call) ?? '' });
  for (const key of ['fields', 'limit']) {
    const value = textOf(call.params, key);
    if (value !== undefined) query.set(key, value);
  }
  query.set('after', after);
  return `${call.world.publicUrl}/graph.facebook.com/${call.version}/${path}?${query.toString()}`;
}

/** One page of an edge, with cursors. `path` names the edge by id, as Graph's own links do. */
export function pageOf<T>(call: GraphCall, path: string, items: T[], show: (item: T) => unknown): unknown {
  const limit = Math.min(numberOf(call.params, 'limit') ?? LIMIT_DEFAULT, LIMIT_MAX);
  if (limit < 1) throw invalidParameter('(#100) limit must be greater than 0');
  const start = indexAfter(call);
  const part = items.slice(start, start + limit);
  const summary = textOf(call.params, 'summary');
  const counted = summary === '1' || summary === 'true' ? { summary: { total_count: items.length } } : {};
  if (part.length === 0) return { data: [], ...counted };
  const last = start + part.length - 1;
  const cursors = { before: cursorOf(start), after: cursorOf(last) };
  const next = last + 1 < items.length ? { next: nextUrl(call, path, cursors.after) } : {};
  return { data: part.map(show), paging: { cursors, ...next }, ...counted };
}
