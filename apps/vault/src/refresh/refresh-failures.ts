import { PlatformFailure } from '@mooring/adapters-core';
import type { DurationMs } from '@mooring/contracts';

/** Asked for so long ago that the one who asked no longer waits. */
export function lapsed(): PlatformFailure {
  return notSent('asked for too long ago');
}

/** The consent brought no refresh token, and nothing else renews it. */
export function nothingToRenewWith(): PlatformFailure {
  return notSent('there is nothing to renew the token with');
}

/** The answer could not be kept, so it is not asked for. */
export function noJournal(): PlatformFailure {
  return notSent('the journal cannot be written');
}

/** An earlier renewal got no answer, and the token that it may have spent is not spent again now. */
export function inDoubt(forMs: DurationMs): PlatformFailure {
  const detail = 'an earlier renewal has no answer yet';
  return new PlatformFailure({ class: 'transient', detail, retryAfterMs: forMs, mayHaveArrived: false });
}

/** No answer to what may have arrived: not to be sent again while the access token lives. */
export function withoutAnswer(failure: PlatformFailure, lifeLeftMs: DurationMs): PlatformFailure {
  return new PlatformFailure({
    class: failure.class,
    detail: failure.message,
    retryAfterMs: Math.max(lifeLeftMs, failure.retryAfterMs ?? 0) || null,
    limitScope: 'token',
    platformCode: failure.platformCode,
    cause: failure,
  });
}

/** Our own keys don't open what is stored. */
export function unreadable(): PlatformFailure {
  return new PlatformFailure({
    class: 'unexpected',
    reason: 'key_unavailable',
    detail: 'the stored token cannot be opened',
    suspectOwnStorage: true,
    mayHaveArrived: false,
  });
}

function notSent(detail: string): PlatformFailure {
  return new PlatformFailure({ class: 'transient', detail, mayHaveArrived: false });
}
