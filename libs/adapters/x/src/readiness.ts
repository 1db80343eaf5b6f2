import { PlatformFailure, type ReadinessCheck } from '@mooring/adapters-core';
import type { TokenEndpoint } from './token-endpoint.ts';

const NAME = 'client_secret';
/** A refresh token that X never gave to anybody. */
const NO_TOKEN = 'mooring-readiness-check';

/** X signs events with the consumer secret, which it gives beside the client secret; it tells nobody whether it is set right. */
const EVENTS_UNSIGNED: ReadinessCheck = {
  name: 'webhook_secret',
  outcome: 'unknown',
  detail:
    'X_WEBHOOK_SECRET is not set, so that events are checked with X_CLIENT_SECRET. X signs them with the app’s consumer secret (API Key Secret): set it, or every event is refused and a removed app is only found by the daily check.',
};

/** Tries the client's secret, and says what is missing for X's events. */
export async function checkReadiness(
  endpoint: TokenEndpoint,
  app: { readonly tokenUrl: string; readonly hasWebhookSecret: boolean },
): Promise<ReadinessCheck[]> {
  const client = await checkClient(endpoint, app.tokenUrl);
  return app.hasWebhookSecret ? [client] : [client, EVENTS_UNSIGNED];
}

/** Spends a refresh token that doesn't exist: X checks the client first, and so tells whether it knows the app. */
async function checkClient(endpoint: TokenEndpoint, tokenUrl: string): Promise<ReadinessCheck> {
  try {
    await endpoint.post(tokenUrl, { grant_type: 'refresh_token', refresh_token: NO_TOKEN });
  } catch (error) {
    if (error instanceof PlatformFailure) return verdictOf(error);
    throw error;
  }
  return { name: NAME, outcome: 'unknown', detail: 'X took a refresh token that does not exist' };
}

function verdictOf(failure: PlatformFailure): ReadinessCheck {
  if (failure.class === 'reauthorization_required') {
    return { name: NAME, outcome: 'ok', detail: 'X knows the app by its client id and secret' };
  }
  if (failure.class === 'misconfigured') {
    const detail = `X does not take X_CLIENT_ID and X_CLIENT_SECRET for an app of type "Web App": ${failure.message}`;
    return { name: NAME, outcome: 'failed', detail };
  }
  return { name: NAME, outcome: 'unknown', detail: `X gave no clear answer: ${failure.message}` };
}
