import { createHash, timingSafeEqual } from 'node:crypto';
import { InvalidCallbackError } from '@mooring/adapters-core';
import type { Secret } from '@mooring/contracts';

const CHALLENGE_PATTERN = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Echoes Meta's challenge (WebSub's hub.challenge) to whoever knows the agreed word.
 * @throws InvalidCallbackError for anybody else
 */
export function answerHubChallenge(
  expected: Secret | undefined,
  query: Readonly<Record<string, string | undefined>>,
): { contentType: string; body: string } {
  const { 'hub.mode': mode, 'hub.verify_token': given, 'hub.challenge': challenge } = query;
  const isExpected = expected !== undefined && given !== undefined && isSame(given, expected.reveal());
  if (mode !== 'subscribe' || !isExpected || challenge === undefined || !CHALLENGE_PATTERN.test(challenge)) {
    throw new InvalidCallbackError('not the challenge of a subscription that was agreed');
  }
  return { contentType: 'text/plain', body: challenge };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
