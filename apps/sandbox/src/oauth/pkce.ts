import { createHash } from 'node:crypto';
import type { Challenge } from './state.ts';

const VERIFIER = /^[\w.~-]{43,128}$/;

/** RFC 7636 §4.2, and TikTok's own form, whose digest is written in lowercase hex. */
export function challengeOf(verifier: string, method: Challenge['method']): string {
  if (method === 'plain') return verifier;
  return createHash('sha256')
    .update(verifier)
    .digest(method === 'hex' ? 'hex' : 'base64url');
}

/** True where the verifier is well formed and belongs to the challenge. */
export function verifies(challenge: Challenge, verifier: string | undefined): boolean {
  return (
    verifier !== undefined && VERIFIER.test(verifier) && challengeOf(verifier, challenge.method) === challenge.value
  );
}
