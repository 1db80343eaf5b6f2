import { createHash, timingSafeEqual } from 'node:crypto';
import { MooringError, type Platform, type Secret } from '@mooring/contracts';

/** What a platform must say before it may subscribe to an address, by platform. */
export abstract class CallbackVerifyTokens {
  abstract of(platform: Platform): Secret | undefined;
}

/** A platform's question whether this address wants its notices (WebSub's hub.challenge). */
export interface ChallengeQuery {
  readonly 'hub.mode'?: unknown;
  readonly 'hub.verify_token'?: unknown;
  readonly 'hub.challenge'?: unknown;
}

const CHALLENGE_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

/** The challenge to be echoed. Throws `forbidden` for anybody who doesn't know the agreed word. */
export function answerChallenge(expected: Secret | undefined, query: ChallengeQuery): string {
  const { 'hub.mode': mode, 'hub.verify_token': given, 'hub.challenge': challenge } = query;
  const isExpected = expected !== undefined && typeof given === 'string' && isSame(given, expected.reveal());
  if (mode !== 'subscribe' || !isExpected || typeof challenge !== 'string' || !CHALLENGE_PATTERN.test(challenge)) {
    throw new MooringError('forbidden');
  }
  return challenge;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
