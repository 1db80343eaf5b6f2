import { Secret } from '@mooring/contracts';
import { PlatformFailure } from './platform-failure.ts';

/** What a program makes of a value that wasn't there; seen in the wild in place of a token, also with a tail. */
const STRINGIFIED_NOTHING = /^(?:undefined|null|nan|none|\[object)(?![A-Za-z0-9])/i;

/** True for a text that can be a token: not blank, no white space, not the word that stands for a missing value. */
export function isUsableToken(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/[\s\p{Cc}]/u.test(value) && !STRINGIFIED_NOTHING.test(value);
}

/**
 * Reads a token out of a platform's answer.
 * @throws PlatformFailure `unexpected` for a blank or missing token: a success without a token is no success
 */
export function readToken(value: unknown, what: string): Secret {
  if (isUsableToken(value)) return new Secret(value);
  throw new PlatformFailure({ class: 'unexpected', detail: `${what} holds no usable token` });
}
