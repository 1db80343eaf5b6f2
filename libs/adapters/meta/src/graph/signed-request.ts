import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@mooring/contracts';
import { InvalidCallbackError, parsePlatformJson, type VerifiedCallback } from '@mooring/adapters-core';
import { checkAge } from './callback-age.ts';
import { fits, SignedRequestPayload } from './schemas.ts';

const BODY_BYTES_MAX = 16 * 1_024;
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/;

/**
 * Reads the form `signed_request=<signature>.<payload>` of the deauthorize and data deletion call-backs: both parts base64url,
 * padded or not, the signature over the payload as it was received. The person is named by the app-scoped id.
 */
export function readSignedRequest(
  body: Buffer,
  context: { kind: 'deauthorized' | 'data_deletion'; appSecret: Secret; now: Date },
): VerifiedCallback {
  if (body.length > BODY_BYTES_MAX) throw new InvalidCallbackError('the call-back is too large');
  const fields = new URLSearchParams(body.toString('utf8')).getAll('signed_request');
  const [signature = '', payload = '', ...rest] = (fields.length === 1 ? fields[0] : undefined)?.split('.') ?? [];
  if (rest.length > 0 || !BASE64URL.test(signature) || !BASE64URL.test(payload)) {
    throw new InvalidCallbackError('there is no signed_request');
  }
  const expected = createHmac('sha256', context.appSecret.reveal()).update(payload).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new InvalidCallbackError('the signature does not fit');
  }
  const facts = payloadOf(payload);
  if (facts.algorithm.toUpperCase() !== 'HMAC-SHA256')
    throw new InvalidCallbackError('the algorithm is not HMAC-SHA256');
  const issuedAt = new Date(facts.issued_at * 1_000);
  checkAge(issuedAt, context.now);
  const digest = createHash('sha256').update(payload.replace(/=+$/, '')).digest('hex');
  return {
    kind: context.kind,
    subjectId: String(facts.user_id),
    issuedAt,
    ...(context.kind === 'deauthorized' ? { reason: 'removed_in_settings' } : {}),
    deduplicationKey: `${context.kind}:${digest}`,
  };
}

function payloadOf(payload: string) {
  let facts: unknown;
  try {
    facts = parsePlatformJson(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCallbackError('the payload is not JSON');
  }
  if (!fits(SignedRequestPayload, facts)) throw new InvalidCallbackError('the payload is not as documented');
  return facts;
}
