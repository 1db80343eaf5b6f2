import { createHmac, timingSafeEqual } from 'node:crypto';
import { toSeconds } from '../clock.ts';
import type { Fault } from '../faults/fault-box.ts';
import { textOf, type Values } from '../request-values.ts';
import { GraphError, invalidParameter, invalidToken } from './graph-error.ts';
import type { FacebookPerson } from './people.ts';
import type { TokenRecord } from './state.ts';
import { TokenBook } from './tokens.ts';
import type { FacebookWorld } from './world.ts';

const TIMED_PROOF_VALID_SECONDS = 300;

/** One request to Graph, taken apart. */
export interface GraphCall {
  world: FacebookWorld;
  method: string;
  version: string;
  /** Path below the version, for example `me/accounts`. */
  path: string;
  params: Values;
  bearer: string | undefined;
  /** What strikes this call, for the faults that change what Graph finds. */
  fault?: Fault;
}

/** Who calls: a person, a Page, or the app itself. */
export type Caller =
  | { kind: 'app' }
  | { kind: 'user'; token: TokenRecord; person: FacebookPerson }
  | { kind: 'page'; token: TokenRecord; person: FacebookPerson; pageId: string };

export function isAppToken(world: FacebookWorld, token: string): boolean {
  return token === `${world.app.clientId}|${world.app.clientSecret}` || world.state.appTokens.includes(token);
}

export function sentToken(call: GraphCall): string | undefined {
  return textOf(call.params, 'access_token') ?? call.bearer;
}

function matches(proof: string, appSecret: string, message: string): boolean {
  const expected = createHmac('sha256', appSecret).update(message).digest('hex');
  return proof.length === expected.length && timingSafeEqual(Buffer.from(proof), Buffer.from(expected));
}

/** meta.md §2.6: classic proof over the token, or the timed one over token, bar and unix seconds. */
function checkProof(call: GraphCall, token: string): void {
  const { world, params } = call;
  const proof = textOf(params, 'appsecret_proof');
  if (proof === undefined) {
    if (!world.state.switches.requireAppSecret) return;
    throw new GraphError({
      code: 100,
      type: 'GraphMethodException',
      message: 'API calls from the server require an appsecret_proof argument',
    });
  }
  const time = textOf(params, 'appsecret_time');
  const clocks = [toSeconds(Date.now()), toSeconds(world.clock.nowMs())];
  const fresh =
    time === undefined || clocks.some((seconds) => Math.abs(seconds - Number(time)) <= TIMED_PROOF_VALID_SECONDS);
  if (!fresh || !matches(proof, world.app.clientSecret, time === undefined ? token : `${token}|${time}`)) {
    throw new GraphError({
      code: 100,
      type: 'GraphMethodException',
      message: 'Invalid appsecret_proof provided in the API argument',
    });
  }
}

/** The token's record, or the error that Graph gives for a string that is none of its tokens. */
export function decodeToken(world: FacebookWorld, value: string): TokenRecord {
  const token = new TokenBook(world).find(value);
  if (token !== undefined) return token;
  throw invalidToken(
    value.startsWith('EAA')
      ? 'The access token could not be decrypted'
      : 'Invalid OAuth access token - Cannot parse access token',
  );
}

export function identifyCaller(call: GraphCall): Caller {
  const { world } = call;
  const value = sentToken(call);
  if (value === undefined || value === '') {
    throw new GraphError({
      code: 2500,
      message: 'An active access token must be used to query information about the current user.',
    });
  }
  if (isAppToken(world, value)) return { kind: 'app' };
  if (value.includes('|')) throw invalidToken('Invalid OAuth access token signature.');
  const token = decodeToken(world, value);
  checkProof(call, value);
  const book = new TokenBook(world);
  const refusal = book.refusal(token);
  if (refusal !== undefined) throw refusal;
  const person = book.personOf(token);
  if (token.pageId === undefined) return { kind: 'user', token, person };
  return { kind: 'page', token, person, pageId: token.pageId };
}

export function requireText(call: GraphCall, key: string): string {
  const value = textOf(call.params, key);
  if (value === undefined || value === '') throw invalidParameter(`(#100) The parameter ${key} is required`);
  return value;
}

export function requirePermission(world: FacebookWorld, person: FacebookPerson, permission: string): void {
  if (world.has(person, permission)) return;
  throw new GraphError({
    code: 10,
    status: 403,
    message: `(#10) This endpoint requires the '${permission}' permission or the 'Page Public Content Access' feature. Refer to https://developers.facebook.com/docs/apps/review/login-permissions#manage-pages and https://developers.facebook.com/docs/apps/review/feature#reference-PAGES_ACCESS for details.`,
  });
}
