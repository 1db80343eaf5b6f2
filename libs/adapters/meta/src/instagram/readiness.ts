import { Secret } from '@mooring/contracts';
import { PlatformFailure, type ReadinessCheck } from '@mooring/adapters-core';
import { exchangeCode, type ExchangeContext } from './exchange.ts';

const NAME = 'client_secret';
/** A code that Instagram never gave to anybody. */
const NO_CODE = new Secret('mooring-readiness-check');

const REDIRECT: ReadinessCheck = {
  name: 'redirect_uri',
  outcome: 'unknown',
  detail:
    'Instagram tells nobody but a person’s browser. INSTAGRAM_REDIRECT_URI must stand, letter by letter, in the app’s Instagram → API setup with Instagram login → Business login settings.',
};

/** Spends a code that doesn't exist: Instagram refuses the app before it looks for the code, and so tells whether it knows it. */
export async function checkReadiness(context: ExchangeContext): Promise<ReadinessCheck[]> {
  const redirectUri = 'https://readiness.invalid/';
  try {
    await exchangeCode(context, { code: NO_CODE, redirectUri, codeVerifier: null });
  } catch (error) {
    if (error instanceof PlatformFailure) return [verdictOf(error), REDIRECT];
    throw error;
  }
  return [{ name: NAME, outcome: 'unknown', detail: 'Instagram took a code that does not exist.' }, REDIRECT];
}

function verdictOf(failure: PlatformFailure): ReadinessCheck {
  const words = failure.message;
  if (failure.class === 'reauthorization_required') {
    return { name: NAME, outcome: 'ok', detail: 'Instagram accepts the Instagram app id and secret.' };
  }
  const aboutRedirect = /redirect/i.test(words);
  if (failure.class === 'misconfigured' && !aboutRedirect) {
    const mend =
      'Compare INSTAGRAM_APP_ID and INSTAGRAM_APP_SECRET with the app’s Instagram → API setup with Instagram login: they are not those of Facebook.';
    return { name: NAME, outcome: 'failed', detail: `Instagram refuses the app (${words}). ${mend}` };
  }
  return { name: NAME, outcome: 'unknown', detail: `Instagram gave no answer that tells: ${words}` };
}
