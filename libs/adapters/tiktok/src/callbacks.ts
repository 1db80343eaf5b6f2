import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Static } from '@sinclair/typebox';
import {
  InvalidCallbackError,
  parsePlatformJson,
  type RawCallback,
  type VerifiedCallback,
} from '@mooring/adapters-core';
import { minutes, type Reason } from '@mooring/contracts';
import type { TikTokApp } from './open-api.ts';
import { fits, RemovalContent, WebhookEvent } from './schemas.ts';

const BODY_BYTES_MAX = 64 * 1_024;
const SIGNATURE = /^t=(\d{1,12}),\s*s=([0-9a-f]{64})$/i;
/** TikTok signs every delivery anew: an older one is replayed. */
const AGE_MS_MAX = minutes(5);
/** Tolerated difference of the clocks. */
const AHEAD_MS_MAX = minutes(1);

/** The event that ends a consent; an app's other events come to the same address. */
const REMOVED = 'authorization.removed';
/**
 * Why a consent ended. 0 is TikTok's own "unknown"; 5 is our own revocation, or the operator's, which L-15 has no word for.
 */
const REASONS: Readonly<Record<number, Reason>> = {
  1: 'removed_in_settings',
  2: 'account_suspended',
  3: 'platform_policy',
  4: 'account_suspended',
};

type Event = Static<typeof WebhookEvent>;

/** Reads TikTok's one call-back, `events`. The signature covers the bytes on the wire, so the raw body is hashed. */
export function readTikTokCallback(request: RawCallback, context: { app: TikTokApp; now: Date }): VerifiedCallback[] {
  if (!/\/events\/?$/.test(request.path)) throw new InvalidCallbackError('TikTok has no call-back of this name');
  if (request.body.length > BODY_BYTES_MAX) throw new InvalidCallbackError('the call-back is too large');
  checkSignature(request, context);
  const event = eventOf(request.body);
  if (event.client_key !== context.app.clientKey) throw new InvalidCallbackError('the call-back is of another app');
  return event.event === REMOVED ? [noticeOf(event)] : [];
}

function checkSignature({ headers, body }: RawCallback, { app, now }: { app: TikTokApp; now: Date }): void {
  const [, time, given] = SIGNATURE.exec(headers['tiktok-signature'] ?? '') ?? [];
  if (time === undefined || given === undefined) throw new InvalidCallbackError('there is no signature');
  const expected = createHmac('sha256', app.clientSecret.reveal()).update(`${time}.`).update(body).digest();
  if (!timingSafeEqual(Buffer.from(given, 'hex'), expected)) {
    throw new InvalidCallbackError('the signature does not fit');
  }
  const ageMs = now.getTime() - Number(time) * 1_000;
  if (ageMs > AGE_MS_MAX || ageMs < -AHEAD_MS_MAX) {
    throw new InvalidCallbackError('the call-back is too old or from the future');
  }
}

function noticeOf(event: Event): VerifiedCallback {
  const subjectId = event.user_openid;
  if (subjectId === undefined) throw new InvalidCallbackError('the call-back names nobody');
  // Deliveries of one notice may differ in anything else.
  const facts = JSON.stringify([event.event, event.create_time, subjectId, event.content ?? null]);
  return {
    kind: 'deauthorized',
    subjectId,
    issuedAt: new Date(event.create_time * 1_000),
    reason: reasonOf(event.content),
    deduplicationKey: `events:${createHash('sha256').update(facts).digest('hex')}`,
  };
}

function reasonOf(content: string | null | undefined): Reason | null {
  const said = content ? jsonOrNull(content) : null;
  return fits(RemovalContent, said) ? (REASONS[said.reason] ?? null) : null;
}

function eventOf(body: Buffer): Event {
  const event = jsonOrNull(body.toString('utf8'));
  if (!fits(WebhookEvent, event)) throw new InvalidCallbackError('the body is not as documented');
  return event;
}

function jsonOrNull(text: string): unknown {
  try {
    return parsePlatformJson(text);
  } catch {
    return null;
  }
}
