import type { Secret } from '@mooring/contracts';
import { InvalidCallbackError, type RawCallback, type VerifiedCallback } from '@mooring/adapters-core';
import { readSignedRequest } from '../graph/signed-request.ts';
import { readPermissionsWebhook } from './permissions-webhook.ts';

/** Reads Facebook's call-backs, told apart by the end of their path: `deauthorize`, `data-deletion`, `permissions`. */
export function readFacebookCallback(
  request: RawCallback,
  context: { appSecret: Secret; now: Date },
): readonly VerifiedCallback[] {
  switch (/\/([a-z-]+)\/?$/.exec(request.path)?.[1]) {
    case 'deauthorize':
      return [readSignedRequest(request.body, { ...context, kind: 'deauthorized' })];
    case 'data-deletion':
      return [readSignedRequest(request.body, { ...context, kind: 'data_deletion' })];
    case 'permissions': {
      const signature = request.headers['x-hub-signature-256'];
      return readPermissionsWebhook({ body: request.body, signature }, context);
    }
    default:
      throw new InvalidCallbackError('Facebook has no call-back of this name');
  }
}
