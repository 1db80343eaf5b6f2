import { afterEach, beforeEach } from '@jest/globals';
import { exchangedTokens } from '@mooring/adapters-core/testing';
import { type DurationMs, Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  type Consent,
  createPlatformHttp,
  type ExchangedTokens,
  type PlatformAdapter,
  type PlatformHttp,
} from '@mooring/adapters-core';
import { createLinkedInAdapter, type LinkedInPorts, type LinkedInSettings } from '../src/index.ts';
import { CLIENT_ID, CLIENT_SECRET, ISSUED, PlayedLinkedIn, SCOPES, VERSION } from './played-linkedin.ts';

/** The moment at which the played tokens were issued. */
export const NOW = new Date(ISSUED * 1_000);

/** The adapter for a LinkedIn that is played at `origin`. */
export function adapterAt(
  origin: string,
  ports: Pick<LinkedInPorts, 'pause'> & { readonly http: PlatformHttp; readonly now?: () => Date },
  settings: Partial<LinkedInSettings> = {},
): PlatformAdapter {
  const addresses = { authUrl: `${origin}/www.linkedin.com`, apiUrl: `${origin}/api.linkedin.com` };
  const app = { clientId: CLIENT_ID, clientSecret: new Secret(CLIENT_SECRET), version: VERSION };
  return createLinkedInAdapter({ ...app, ...addresses, ...settings }, { now: () => NOW, ...ports });
}

/** A fresh LinkedIn, clock and adapter for every test. */
export class PlayedBench {
  linkedin: PlayedLinkedIn;
  adapter: PlatformAdapter;
  now: Date;
  /** What the adapter waited for; the clock moves on by it. */
  readonly pauses: DurationMs[] = [];
  #origin: string;
  #http: ClosablePlatformHttp;

  constructor() {
    beforeEach(async () => {
      this.linkedin = new PlayedLinkedIn();
      this.now = NOW;
      this.pauses.length = 0;
      this.#origin = await this.linkedin.start();
      this.#http = createPlatformHttp({ origins: [this.#origin] });
      this.adapter = this.adapterWith({});
    });
    afterEach(async () => {
      await this.#http.close();
      await this.linkedin.stop();
    });
  }

  adapterWith(settings: Partial<LinkedInSettings>): PlatformAdapter {
    const pause = (forMs: DurationMs): Promise<void> => {
      this.pauses.push(forMs);
      this.pass(forMs);
      return Promise.resolve();
    };
    return adapterAt(this.#origin, { http: this.#http, now: () => this.now, pause }, settings);
  }

  pass(forMs: DurationMs): void {
    this.now = new Date(this.now.getTime() + forMs);
  }

  establish(rest: Partial<ExchangedTokens> = {}, adapter = this.adapter): Promise<Consent> {
    return adapter.establish(tokensOf(this.linkedin, rest));
  }
}

/** What a code exchange gives at an app that LinkedIn has approved for refresh tokens. */
export function tokensOf(linkedin: PlayedLinkedIn, rest: Partial<ExchangedTokens> = {}): ExchangedTokens {
  return exchangedTokens(linkedin.mint(), {
    refreshToken: new Secret(linkedin.mint('refresh')),
    expiresInSeconds: 5_183_999,
    refreshExpiresInSeconds: 31_536_059,
    grantedScopes: SCOPES,
    ...rest,
  });
}
