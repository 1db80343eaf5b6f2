import type { Request } from 'express';
import type { Fault } from '../faults/fault-box.ts';
import { asValues, textOf, type Values } from '../request-values.ts';
import { OAuthRefusal } from './refusal.ts';
import type { PlayedPerson } from './profile.ts';
import type { TokenRecord } from './state.ts';
import type { OAuthWorld } from './world.ts';

/** One request to a played platform, taken apart. */
export interface OAuthCall {
  world: OAuthWorld;
  method: string;
  /** Path below the host, without the query. */
  path: string;
  /** Path below the host and query as they came, undecoded. */
  rawUrl: string;
  /** Values of `:name` parts of the route's path. */
  pathValues: Record<string, string>;
  query: Values;
  /** A form or a JSON document; empty for anything else. */
  body: Values;
  header(name: string): string | undefined;
  /** What strikes this call, for faults that change what the platform does. */
  fault: Fault | undefined;
}

export function readCall(world: OAuthWorld, req: Request): OAuthCall {
  return {
    world,
    method: req.method,
    path: req.path,
    rawUrl: req.url,
    pathValues: { ...(req.params as Record<string, string>) },
    query: asValues(req.query),
    body: asValues(req.body),
    header: (name) => req.get(name),
    fault: undefined,
  };
}

/** The token in `Authorization: Bearer`. */
export function bearerOf(call: OAuthCall): string | undefined {
  return /^Bearer (.+)$/i.exec(call.header('authorization') ?? '')?.[1];
}

/** Name and password of `Authorization: Basic`, percent-decoded (RFC 6749 §2.3.1). */
export function basicOf(call: OAuthCall): { clientId: string; clientSecret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(call.header('authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return { clientId: decode(clientId), clientSecret: decode(rest.join(':')) };
}

/** Who calls with a live access token that has the scopes. Throws OAuthRefusal. */
export function requireCaller(
  call: OAuthCall,
  value: string | undefined,
  ...scopes: string[]
): { token: TokenRecord; person: PlayedPerson } {
  const token = call.world.grants.requireAccess(value);
  const missing = scopes.find((scope) => !token.scopes.includes(scope));
  if (missing !== undefined) throw new OAuthRefusal({ reason: 'scope-missing', name: missing });
  return { token, person: call.world.grants.personOf(token) };
}

const TOKEN_PARAMETERS = ['access_token', 'refresh_token', 'token'];

/** Whose token stands in the call, for the log; undefined where there is none that is known. */
export function personInCall(call: OAuthCall): string | undefined {
  const named = [call.query, call.body].flatMap((values) => TOKEN_PARAMETERS.map((key) => textOf(values, key)));
  for (const value of [bearerOf(call), ...named]) {
    const token = value === undefined ? undefined : call.world.grants.find(value);
    if (token !== undefined) return token.personId;
  }
  return undefined;
}
