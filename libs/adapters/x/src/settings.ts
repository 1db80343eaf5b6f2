import type { Secret } from '@mooring/contracts';
import { REQUIRED_SCOPES } from './scopes.ts';

/** The operator's app at X, and where X is. */
export interface XSettings {
  readonly clientId: string;
  /** White space around it is cut off: a stray line break makes X answer like a wrong secret. */
  readonly clientSecret: Secret;
  /** `https://x.com` but in tests. */
  readonly authUrl: string;
  /** `https://api.x.com` but in tests. */
  readonly apiUrl: string;
  /** Scopes asked for at consent; ASKED_SCOPES by default. Must hold those that publishing needs. */
  readonly scopes?: readonly string[];
  /** What X signs events with (the app's consumer secret); the client secret by default. */
  readonly webhookSecret?: Secret;
  /** The app's numeric id, which events name; not checked where it isn't set. */
  readonly appId?: string;
}

/** @throws RangeError naming the setting, never its value */
export function checkXSettings(settings: XSettings): void {
  // A colon would end the name in the Basic header.
  if (!/^[\x21-\x39\x3b-\x7e]{1,256}$/.test(settings.clientId)) {
    throw new RangeError('X_CLIENT_ID must be one word without a colon');
  }
  if (!/^[\x21-\x7e]{1,512}$/.test(settings.clientSecret.reveal().trim())) {
    throw new RangeError('X_CLIENT_SECRET must be one word');
  }
  if (!URL.canParse(settings.authUrl)) throw new RangeError('X_AUTH_URL must be an absolute URL');
  if (!URL.canParse(settings.apiUrl)) throw new RangeError('X_API_URL must be an absolute URL');
  if (settings.appId !== undefined && !/^\d{1,20}$/.test(settings.appId)) {
    throw new RangeError('X_APP_ID must be a number');
  }
  const missing = REQUIRED_SCOPES.filter((scope) => settings.scopes && !settings.scopes.includes(scope));
  if (missing.length > 0) throw new RangeError(`X_SCOPES must hold ${missing.join(', ')}`);
}
