import { PlatformFailure, type ReadinessCheck } from '@mooring/adapters-core';
import { readTokenAnswer } from './exchange.ts';
import type { OpenApi, TikTokApp } from './open-api.ts';

/** No refresh token of anybody: TikTok checks the app before it looks at it. */
const NOBODYS_TOKEN = 'rft.mooring-readiness-check';

/** What TikTok says of the app without a person: whether it knows key and secret. Scopes it tells no app (C43, C45). */
export async function checkReadiness(
  api: OpenApi,
  { app, tokenUrl, scopes }: { readonly app: TikTokApp; readonly tokenUrl: string; readonly scopes: readonly string[] },
): Promise<ReadinessCheck[]> {
  return [await clientSecret(api, tokenUrl), ...clientKey(app.clientKey), approvedScopes(scopes)];
}

async function clientSecret(api: OpenApi, tokenUrl: string): Promise<ReadinessCheck> {
  const name = 'client_secret';
  try {
    readTokenAnswer(await api.asApp(tokenUrl, { grant_type: 'refresh_token', refresh_token: NOBODYS_TOKEN }));
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.platformCode === 'invalid_grant') return { name, outcome: 'ok', detail: 'TikTok knows the app.' };
    if (error.class === 'misconfigured') {
      const detail = `TikTok refuses TIKTOK_CLIENT_KEY with TIKTOK_CLIENT_SECRET (${error.message}). Copy both anew from the app’s page.`;
      return { name, outcome: 'failed', detail };
    }
    return { name, outcome: 'unknown', detail: `TikTok gave no answer about the app (${error.message}).` };
  }
  return { name, outcome: 'unknown', detail: 'TikTok took a token that is nobody’s: this is not TikTok.' };
}

/** Keys of TikTok's sandboxes begin like this; they look like those of a live app otherwise. */
function clientKey(key: string): ReadinessCheck[] {
  if (!key.startsWith('sb')) return [];
  const detail =
    'TIKTOK_CLIENT_KEY looks like that of a TikTok sandbox: only its target users (10 at most) can consent.';
  return [{ name: 'client_key', outcome: 'unknown', detail }];
}

function approvedScopes(scopes: readonly string[]): ReadinessCheck {
  const detail = [
    `TikTok tells no app which scopes it approved. Mooring asks for ${scopes.join(', ')}:`,
    'where one of them is not approved, TikTok refuses every consent; leave it out of TIKTOK_SCOPES.',
    'An app without audit posts to private accounts only, 5 accounts a day.',
  ].join(' ');
  return { name: 'scopes', outcome: 'unknown', detail };
}
