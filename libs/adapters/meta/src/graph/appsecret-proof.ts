import { createHmac } from 'node:crypto';
import type { Secret } from '@mooring/contracts';

/**
 * Proof that a call comes from the app's server: hex HMAC-SHA256 of the very token that is sent, keyed by the app secret
 * (Graph API, Secure requests). The classic form, which every SDK sends.
 */
export function appSecretProof(token: Secret, appSecret: Secret): string {
  return createHmac('sha256', appSecret.reveal()).update(token.reveal()).digest('hex');
}
