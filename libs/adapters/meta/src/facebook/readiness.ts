import { PlatformFailure, type ReadinessCheck } from '@mooring/adapters-core';
import type { FacebookEndpoints } from './endpoints.ts';
import type { Graph, GraphApp } from './graph.ts';
import { DebugTokenAnswer, TokenAnswer } from './schemas.ts';

/** What of the operator's app is looked at. */
export interface ReadinessSubject extends GraphApp {
  readonly graphVersion: string;
}

/** Tries the app's credentials and the API version; of the redirect URI Meta only speaks to a person's browser. */
export async function checkReadiness(
  graph: Graph,
  urls: FacebookEndpoints,
  app: ReadinessSubject,
): Promise<ReadinessCheck[]> {
  const secret = await checkSecret(graph, urls);
  const version: ReadinessCheck =
    secret.outcome === 'ok'
      ? await checkVersion(graph, urls, app)
      : { name: 'api_version', outcome: 'unknown', detail: 'Not tried, because the app could not sign in.' };
  return [secret, version, REDIRECT];
}

const REDIRECT: ReadinessCheck = {
  name: 'redirect_uri',
  outcome: 'unknown',
  detail:
    'Meta tells nobody but a person’s browser. FACEBOOK_REDIRECT_URI must stand, letter by letter, in Facebook Login → Settings → Valid OAuth Redirect URIs.',
};

async function checkSecret(graph: Graph, urls: FacebookEndpoints): Promise<ReadinessCheck> {
  const name = 'client_secret';
  try {
    await graph.exchange(
      { grant_type: 'client_credentials' },
      { url: urls.tokenUrl, schema: TokenAnswer, what: 'app token' },
    );
    return { name, outcome: 'ok', detail: 'Meta accepts the app id and the app secret.' };
  } catch (error) {
    const failure = failureOf(error);
    const mend = 'Compare FACEBOOK_APP_ID and FACEBOOK_APP_SECRET with App settings → Basic at Meta.';
    return IS_NO_ANSWER.has(failure.class)
      ? { name, outcome: 'unknown', detail: `Meta gave no answer: ${failure.message}` }
      : { name, outcome: 'failed', detail: `Meta refuses the app (${wordsOf(failure)}). ${mend}` };
  }
}

/** Meta serves a version that has ended by silently taking a newer one, and names in a header what it took. */
async function checkVersion(
  graph: Graph,
  urls: FacebookEndpoints,
  { appId, appSecret, graphVersion }: ReadinessSubject,
): Promise<ReadinessCheck> {
  const name = 'api_version';
  const mend = 'Set FACEBOOK_GRAPH_VERSION to one that the Graph API changelog lists as available.';
  try {
    // The app's own token, asked about with itself: any other call needs a person.
    const query = { input_token: `${appId}|${appSecret.reveal()}` };
    const call = { url: urls.debugTokenUrl, query, schema: DebugTokenAnswer, what: 'debug_token' };
    const { headers } = await graph.asAppWithHeaders('GET', call);
    const served = headers['facebook-api-version'];
    if (served === undefined || served === graphVersion) {
      return { name, outcome: 'ok', detail: `Meta answers version ${graphVersion}.` };
    }
    return { name, outcome: 'failed', detail: `${graphVersion} has ended: Meta answers with another version. ${mend}` };
  } catch (error) {
    const failure = failureOf(error);
    return failure.class === 'misconfigured'
      ? { name, outcome: 'failed', detail: `Meta does not serve ${graphVersion} (${wordsOf(failure)}). ${mend}` }
      : { name, outcome: 'unknown', detail: `Meta gave no answer that tells: ${wordsOf(failure)}` };
  }
}

const IS_NO_ANSWER: ReadonlySet<string> = new Set(['transient', 'rate_limited', 'unexpected']);

function failureOf(error: unknown): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  throw error;
}

function wordsOf({ platformCode, message }: PlatformFailure): string {
  return platformCode === null ? message : `code ${platformCode}: ${message}`;
}
