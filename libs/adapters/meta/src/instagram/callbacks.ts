import type { Secret } from '@mooring/contracts';
import { InvalidCallbackError, type RawCallback, type VerifiedCallback } from '@mooring/adapters-core';
import { readSignedRequest } from '../graph/signed-request.ts';

/**
 * Reads Instagram's call-backs, `deauthorize` and `data-deletion`, which are signed with the Instagram app's own secret. Which of
 * a person's ids they carry (the app-scoped one or the professional account's) isn't documented: either is looked for.
 */
export function readInstagramCallback(
  request: RawCallback,
  context: { appSecret: Secret; now: Date },
): readonly VerifiedCallback[] {
  switch (/\/([a-z-]+)\/?$/.exec(request.path)?.[1]) {
    case 'deauthorize':
      return [{ ...readSignedRequest(request.body, { ...context, kind: 'deauthorized' }), mayNameAccount: true }];
    case 'data-deletion':
      return [{ ...readSignedRequest(request.body, { ...context, kind: 'data_deletion' }), mayNameAccount: true }];
    default:
      throw new InvalidCallbackError('Instagram has no call-back of this name');
  }
}
