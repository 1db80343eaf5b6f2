import type { Secret } from '@mooring/contracts';
import { REQUIRED_SCOPES } from './scopes.ts';

/** The operator's app at Meta, and where Meta is. */
export interface FacebookSettings {
  readonly appId: string;
  readonly appSecret: Secret;
  /** As `v25.0`. */
  readonly graphVersion: string;
  /** `https://www.facebook.com` but in tests. */
  readonly dialogUrl: string;
  /** `https://graph.facebook.com` but in tests. */
  readonly graphUrl: string;
  /** Permissions asked for at consent; {@link ASKED_SCOPES} by default. Must hold those that publishing needs. */
  readonly scopes?: readonly string[];
  /** A configuration of Facebook Login for Business, whose permissions are asked for in place of `scopes`. */
  readonly configId?: string;
  readonly bounds?: Partial<DiscoveryBounds>;
  /** The word agreed with Meta for the subscription of webhooks; without it its challenge is refused. */
  readonly webhookVerifyToken?: Secret;
}

/** How far discovery goes for one person. */
export interface DiscoveryBounds {
  /** Portions of 100 that are read of one list. */
  readonly portionsMax: number;
  readonly businessesMax: number;
  readonly pagesMax: number;
  readonly adAccountsMax: number;
  /** Calls to the platform under way at once for one discovery. */
  readonly concurrency: number;
}

/** {@link DiscoveryBounds} where the settings name none. */
export const DISCOVERY_BOUNDS: DiscoveryBounds = {
  portionsMax: 20,
  businessesMax: 50,
  pagesMax: 1_000,
  adAccountsMax: 50,
  concurrency: 4,
};

/** @throws RangeError naming the setting, never its value */
export function checkFacebookSettings(settings: FacebookSettings): void {
  if (!/^v\d{1,3}\.\d$/.test(settings.graphVersion))
    throw new RangeError('FACEBOOK_GRAPH_VERSION must look like v25.0');
  if (!/^\d{1,32}$/.test(settings.appId)) throw new RangeError('FACEBOOK_APP_ID must be a number');
  if (settings.configId !== undefined && !/^\d{1,32}$/.test(settings.configId)) {
    throw new RangeError('FACEBOOK_CONFIG_ID must be a number');
  }
  const addresses = { FACEBOOK_DIALOG_URL: settings.dialogUrl, FACEBOOK_GRAPH_URL: settings.graphUrl };
  for (const [name, url] of Object.entries(addresses)) {
    if (!URL.canParse(url)) throw new RangeError(`${name} must be an absolute URL`);
  }
  const missing = REQUIRED_SCOPES.filter((scope) => settings.scopes && !settings.scopes.includes(scope));
  if (missing.length > 0) throw new RangeError(`FACEBOOK_SCOPES must hold ${missing.join(', ')}`);
}
