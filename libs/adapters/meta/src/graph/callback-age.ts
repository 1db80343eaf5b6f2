import { hours, minutes } from '@mooring/contracts';
import { InvalidCallbackError } from '@mooring/adapters-core';

/** Call-backs are believed this long: Meta repeats an undelivered one for 36 hours. */
const CALLBACK_AGE_MS_MAX = hours(36);
/** Tolerated difference of the clocks. */
const CALLBACK_AHEAD_MS_MAX = minutes(5);

/** True for a notice that may still be on its way: a replayed older one says nothing about today. */
export function isTimely(issuedAt: Date, now: Date): boolean {
  const ageMs = now.getTime() - issuedAt.getTime();
  return ageMs <= CALLBACK_AGE_MS_MAX && ageMs >= -CALLBACK_AHEAD_MS_MAX;
}

/** @throws InvalidCallbackError for a notice that is too old, or from the future */
export function checkAge(issuedAt: Date, now: Date): void {
  if (!isTimely(issuedAt, now)) throw new InvalidCallbackError('the call-back is too old or from the future');
}
