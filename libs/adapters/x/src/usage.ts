import type { PlatformUsage } from '@mooring/adapters-core';
import { type DurationMs, hours, minutes, seconds } from '@mooring/contracts';

/** Headers of an answer, names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** X counts by windows of this length. */
const WINDOW_MS: DurationMs = minutes(15);
/** Its longest window; a header that asks for more is not believed. */
const WAIT_MS_MAX: DurationMs = hours(24);

/** How far the limit of the person is used, which every answer of the API tells. */
export function readUsage(headers: Headers, now: Date): PlatformUsage | null {
  const limit = numberOf(headers['x-rate-limit-limit']);
  const remaining = numberOf(headers['x-rate-limit-remaining']);
  if (limit === null || limit === 0 || remaining === null) return null;
  const usedFraction = Math.min(1, Math.max(0, (limit - remaining) / limit));
  return { usedFraction, regainAfterMs: remaining === 0 ? untilResetMs(headers, now) : null, limitScope: 'token' };
}

/** How long to stay away after too many calls: until the reset that X names, or for a whole window. */
export function waitMsOf(headers: Headers, now: Date): DurationMs {
  const asked = Math.max(seconds(numberOf(headers['retry-after']) ?? 0), untilResetMs(headers, now) ?? 0);
  return asked > 0 ? Math.min(asked, WAIT_MS_MAX) : WINDOW_MS;
}

/** `x-rate-limit-reset` is an instant, in seconds of the epoch; null where it is none to come. */
function untilResetMs(headers: Headers, now: Date): DurationMs | null {
  const reset = numberOf(headers['x-rate-limit-reset']);
  const waitMs = reset === null ? 0 : seconds(reset) - now.getTime();
  return waitMs > 0 ? Math.min(waitMs, WAIT_MS_MAX) : null;
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null;
}
