import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { PlatformFailure } from './platform-failure.ts';

type SourceReviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
// ECMAScript's JSON.parse source text access: in Node 24, not yet in TypeScript's library.
const parse = JSON.parse as (text: string, reviver: SourceReviver) => unknown;

const INTEGER = /^-?\d+$/;

/**
 * Parses a platform's JSON. Integers beyond 2^53 become strings with every digit kept, because ids of that size stand as
 * bare numbers in some answers.
 * @throws PlatformFailure `transient` for what isn't JSON: an HTML page of some proxy, an answer cut short
 */
export function parsePlatformJson(text: string): unknown {
  try {
    return parse(text, (_key, value, { source }) => {
      if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined) return value;
      return INTEGER.test(source) ? source : value;
    });
  } catch {
    // The parser's error quotes the text, which may hold a token: it is no cause to keep.
    throw new PlatformFailure({ class: 'transient', detail: 'the platform answered something that is not JSON' });
  }
}

/**
 * Guards a platform's answer by its schema.
 * @param what names the answer to operators, as in "debug_token answer"
 * @throws PlatformFailure `unexpected`, naming the place that doesn't fit and no value
 */
export function guardAnswer<T extends TSchema>(schema: T, value: unknown, what: string): Static<T> {
  if (Value.Check(schema, value)) return value;
  const place = Value.Errors(schema, value)
    .First()
    ?.path.replace(/[^A-Za-z0-9_/]/g, '')
    .slice(0, 80);
  throw new PlatformFailure({ class: 'unexpected', detail: `${what} is not as documented at ${place || '/'}` });
}
