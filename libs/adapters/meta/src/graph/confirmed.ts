import { PlatformFailure } from '@mooring/adapters-core';

/**
 * A refusal that would end a consent is believed only once the token itself has been asked about: what refused may have been
 * about this one call. Returns what is to be thrown: the refusal where the token is dead too, or where nothing that can be read
 * is said of it; `unexpected` where it lives; and during an outage, or under a limit, that failure.
 * @param ask asks the platform about the token; throws why it is dead
 */
export async function confirmed(refusal: unknown, ask: () => Promise<unknown>): Promise<unknown> {
  if (!endsConsent(refusal)) return refusal;
  try {
    await ask();
  } catch (answer) {
    const isUnreadable = answer instanceof PlatformFailure && answer.class === 'unexpected';
    const knowsLess = endsConsent(answer) && refusal.reason !== null && refusal.reason !== 'unknown';
    return isUnreadable || knowsLess ? refusal : answer;
  }
  const { platformCode, message: detail } = refusal;
  return new PlatformFailure({ class: 'unexpected', platformCode, detail });
}

function endsConsent(error: unknown): error is PlatformFailure {
  return error instanceof PlatformFailure && error.class === 'reauthorization_required';
}
