import type { Secret } from '@mooring/contracts';

/** The operator's app at Bulletin, and where Bulletin is. */
export interface BulletinSettings {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly authUrl: string;
  readonly apiUrl: string;
}

/** @throws RangeError naming the setting, never its value */
export function checkBulletinSettings(settings: BulletinSettings): void {
  for (const name of ['authUrl', 'apiUrl'] as const) {
    if (!URL.canParse(settings[name])) throw new RangeError(`${name} must be an absolute URL`);
  }
}
