import type { Platform } from '@mooring/contracts';
import { checkRedirectUri } from './browser-cookie.ts';

/** The redirect URI of each configured platform, checked at boot. */
export class RedirectUris {
  /** @throws RangeError for one that is neither https nor on this machine */
  constructor(private readonly uris: ReadonlyMap<Platform, string>) {
    for (const uri of uris.values()) checkRedirectUri(uri);
  }

  of(platform: Platform): string | undefined {
    return this.uris.get(platform);
  }
}
