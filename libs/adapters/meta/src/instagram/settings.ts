import type { Secret } from '@mooring/contracts';
import { REQUIRED_SCOPES } from './scopes.ts';

/** The operator's app at Instagram, which has an id and secret apart from Facebook's, and where Instagram is. */
export interface InstagramSettings {
  readonly appId: string;
  readonly appSecret: Secret;
  /** As `v25.0`. */
  readonly graphVersion: string;
  /** `https://www.instagram.com` but in tests. */
  readonly dialogUrl: string;
  /** `https://api.instagram.com` but in tests: codes are exchanged there. */
  readonly apiUrl: string;
  /** `https://graph.instagram.com` but in tests. */
  readonly graphUrl: string;
  /** Permissions asked for at consent; {@link ASKED_SCOPES} by default. Must hold those that publishing needs. */
  readonly scopes?: readonly string[];
  /** The word agreed with Meta for the subscription of webhooks; without it its challenge is refused. */
  readonly webhookVerifyToken?: Secret;
}

/** @throws RangeError naming the setting, never its value */
export function checkInstagramSettings(settings: InstagramSettings): void {
  if (!/^v\d{1,3}\.\d$/.test(settings.graphVersion))
    throw new RangeError('INSTAGRAM_GRAPH_VERSION must look like v25.0');
  if (!/^\d{1,32}$/.test(settings.appId)) throw new RangeError('INSTAGRAM_APP_ID must be a number');
  const { dialogUrl, apiUrl, graphUrl } = settings;
  const addresses = { INSTAGRAM_DIALOG_URL: dialogUrl, INSTAGRAM_API_URL: apiUrl, INSTAGRAM_GRAPH_URL: graphUrl };
  for (const [name, url] of Object.entries(addresses)) {
    if (!URL.canParse(url)) throw new RangeError(`${name} must be an absolute URL`);
  }
  const missing = REQUIRED_SCOPES.filter((scope) => settings.scopes && !settings.scopes.includes(scope));
  if (missing.length > 0) throw new RangeError(`INSTAGRAM_SCOPES must hold ${missing.join(', ')}`);
}
