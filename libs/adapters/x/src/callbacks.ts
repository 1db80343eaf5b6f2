import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  InvalidCallbackError,
  parsePlatformJson,
  type RawCallback,
  type VerifiedCallback,
} from '@mooring/adapters-core';
import { type DurationMs, hours, minutes, type Secret } from '@mooring/contracts';
import { AccountRevoke, ActivityRevoke, fits } from './schemas.ts';

const BODY_BYTES_MAX = 256 * 1_024;
const SIGNATURE = /^sha256=([A-Za-z0-9+/]{43}=)$/;
/** Older events say nothing about today; the consent may have been given anew. */
const AGE_MS_MAX: DurationMs = hours(24);
/** Tolerated difference of the clocks. */
const AHEAD_MS_MAX: DurationMs = minutes(5);
/**
 * X's challenge, and nothing that could be an event: whoever asks gets a signature of what they send, made with the key of
 * events.
 */
const CRC_TOKEN = /^[A-Za-z0-9._~+/=-]{1,256}$/;

/** What X's events are checked with. */
export interface CallbackKeys {
  /** The app's consumer secret. */
  readonly secret: Secret;
  /** Null: events about any app are taken. */
  readonly appId: string | null;
}

interface Revocation {
  readonly userId: string;
  readonly appId: string | null;
  readonly dateTime: string;
  readonly eventId: string;
}

/**
 * Reads `events`: `oauth.revoke` of the X Activity API and `user_event.revoke` of the Account Activity API, signed over the
 * bytes on the wire. Other authentic events bring no notice.
 */
export function readXCallback(request: RawCallback, keys: CallbackKeys, now: Date): readonly VerifiedCallback[] {
  if (!/\/events\/?$/.test(request.path)) throw new InvalidCallbackError('X has no call-back of this name');
  if (request.body.length > BODY_BYTES_MAX) throw new InvalidCallbackError('the call-back is too large');
  const given = SIGNATURE.exec(request.headers['x-twitter-webhooks-signature'] ?? '')?.[1];
  if (!given || !timingSafeEqual(Buffer.from(given, 'base64'), hmac(keys.secret, request.body))) {
    throw new InvalidCallbackError('the signature does not fit');
  }
  const revocation = revocationOf(eventOf(request.body));
  if (!revocation) return [];
  if (keys.appId !== null && revocation.appId !== null && revocation.appId !== keys.appId) {
    throw new InvalidCallbackError('the event is about another app');
  }
  return [noticeOf(revocation, now)];
}

/** Answers X's challenge-response check, by which it finds out that the address is ours. */
export function answerCrc(
  secret: Secret,
  query: Readonly<Record<string, string | undefined>>,
): { contentType: string; body: string } {
  const { crc_token: token } = query;
  if (token === undefined || !CRC_TOKEN.test(token)) throw new InvalidCallbackError('not a challenge of X');
  const answer = { response_token: `sha256=${hmac(secret, token).toString('base64')}` };
  return { contentType: 'application/json', body: JSON.stringify(answer) };
}

function noticeOf({ userId, appId, dateTime, eventId }: Revocation, now: Date): VerifiedCallback {
  const issuedAt = new Date(dateTime);
  const ageMs = now.getTime() - issuedAt.getTime();
  // Written so that no time at all is refused too.
  if (!(ageMs <= AGE_MS_MAX && ageMs >= -AHEAD_MS_MAX)) {
    throw new InvalidCallbackError('the event is too old or from the future');
  }
  const facts = JSON.stringify([eventId, userId, appId, dateTime]);
  const digest = createHash('sha256').update(facts).digest('hex');
  return {
    kind: 'deauthorized',
    subjectId: userId,
    issuedAt,
    // Both events tell of the person's own act; nothing else makes X send them.
    reason: 'removed_in_settings',
    deduplicationKey: `revoke:${digest}`,
  };
}

function revocationOf(event: unknown): Revocation | null {
  if (fits(ActivityRevoke, event)) {
    const { event_uuid: uuid, payload } = event.data;
    const { user_id: userId, app_id: appId, date_time: dateTime } = payload;
    return { userId: String(userId), appId: appId ? String(appId) : null, dateTime, eventId: uuid ?? '' };
  }
  if (fits(AccountRevoke, event)) {
    const { date_time: dateTime, target, source } = event.user_event.revoke;
    const appId = target.app_id ? String(target.app_id) : null;
    return { userId: String(source.user_id), appId, dateTime, eventId: '' };
  }
  return null;
}

function eventOf(body: Buffer): unknown {
  try {
    return parsePlatformJson(body.toString('utf8'));
  } catch {
    throw new InvalidCallbackError('the body is not JSON');
  }
}

function hmac(secret: Secret, text: string | Buffer): Buffer {
  return createHmac('sha256', secret.reveal()).update(text).digest();
}
