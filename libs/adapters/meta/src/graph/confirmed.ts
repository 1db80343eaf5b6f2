import { PlatformFailure } from '@mooring/adapters-core';

/**
 * A refusal that would end a consent is believed only once the token itself has been asked about: what refused may have been
 * about this one call. Returns what is to be thrown: the refusal where the token is dead too, `unexpected` where it lives, and
 * where nobody answers that failure.
 * @param ask asks the platform about the token; throws why it is dead
 */
export async function confirmed(refusal: unknown, ask: () => Promise<unknown>): Promise<unknown> {
  if (!endsConsent(refusal)) return refusal;
  try {
    await ask();
  } catch (answer) {
    const saysMore = endsConsent(answer) && (refusal.reason === 'unknown' || refusal.reason === null);
    return endsConsent(answer) && !saysMore ? refusal : answer;
  }
  const { platformCode, message: detail } = refusal;
  return new PlatformFailure({ class: 'unexpected', platformCode, detail });
}

function endsConsent(error: unknown): error is PlatformFailure {
  return error instanceof PlatformFailure && error.class === 'reauthorization_required';
}
