import { afterEach, beforeEach } from '@jest/globals';
import { exchangedTokens } from '@mooring/adapters-core/testing';
import { Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  type Consent,
  createPlatformHttp,
  type ExchangedTokens,
  type PlatformAdapter,
  type PlatformHttp,
} from '@mooring/adapters-core';
import { createXAdapter, type XSettings } from '../src/index.ts';
import { CLIENT_ID, CLIENT_SECRET, PlayedX } from './played-x.ts';

export const NOW = new Date('2026-07-23T21:44:05Z');

/** The adapter for an X that is played at `origin`. */
export function adapterAt(origin: string, http: PlatformHttp, settings: Partial<XSettings> = {}): PlatformAdapter {
  const addresses = { authUrl: `${origin}/x.com`, apiUrl: `${origin}/api.x.com` };
  const app = { clientId: CLIENT_ID, clientSecret: new Secret(CLIENT_SECRET) };
  return createXAdapter({ ...app, ...addresses, ...settings }, { http, now: () => NOW });
}

/** What a code exchange gives, without the code. */
export function exchanged(x: PlayedX, rest: Partial<ExchangedTokens> = {}): ExchangedTokens {
  const { access, refresh } = x.mint();
  const grantedScopes = x.scopes.split(' ');
  return exchangedTokens(access, {
    refreshToken: new Secret(refresh),
    expiresInSeconds: 7_200,
    grantedScopes,
    ...rest,
  });
}

/** A fresh X and adapter for every test. */
export class PlayedBench {
  x: PlayedX;
  adapter: PlatformAdapter;
  #origin: string;
  #http: ClosablePlatformHttp;

  constructor() {
    beforeEach(async () => {
      this.x = new PlayedX();
      this.#origin = await this.x.start();
      this.#http = createPlatformHttp({ origins: [this.#origin] });
      this.adapter = this.adapterWith({});
    });
    afterEach(async () => {
      await this.#http.close();
      await this.x.stop();
    });
  }

  adapterWith(settings: Partial<XSettings>): PlatformAdapter {
    return adapterAt(this.#origin, this.#http, settings);
  }

  establish(rest: Partial<ExchangedTokens> = {}): Promise<Consent> {
    return this.adapter.establish(exchanged(this.x, rest));
  }
}
