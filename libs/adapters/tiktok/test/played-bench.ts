import { afterEach, beforeEach } from '@jest/globals';
import {
  type ClosablePlatformHttp,
  type Consent,
  createPlatformHttp,
  type ExchangedTokens,
  type PlatformAdapter,
  type PlatformHttp,
} from '@mooring/adapters-core';
import { Secret } from '@mooring/contracts';
import { createTikTokAdapter, type TikTokSettings } from '../src/index.ts';
import { CLIENT_KEY, CLIENT_SECRET, PlayedTikTok } from './played-tiktok.ts';

/** When the played tokens were issued. */
export const NOW = new Date(1_760_000_000_000);

/** The adapter for a TikTok that is played at `origin`. */
export function adapterAt(
  origin: string,
  http: PlatformHttp,
  settings: Partial<TikTokSettings> & { readonly now?: () => Date } = {},
): PlatformAdapter {
  const addresses = { authUrl: `${origin}/www.tiktok.com`, apiUrl: `${origin}/open.tiktokapis.com` };
  const app = { clientKey: CLIENT_KEY, clientSecret: new Secret(CLIENT_SECRET), pkce: 'none' };
  const { now = () => NOW, ...rest } = settings;
  return createTikTokAdapter({ ...app, ...addresses, ...rest }, { http, now });
}

/** A fresh TikTok and adapter for every test. */
export class PlayedBench {
  tiktok: PlayedTikTok;
  adapter: PlatformAdapter;
  #origin: string;
  #http: ClosablePlatformHttp;

  constructor() {
    beforeEach(async () => {
      this.tiktok = new PlayedTikTok();
      this.#origin = await this.tiktok.start();
      this.#http = createPlatformHttp({ origins: [this.#origin] });
      this.adapter = this.adapterWith({});
    });
    afterEach(async () => {
      await this.#http.close();
      await this.tiktok.stop();
    });
  }

  adapterWith(settings: Parameters<typeof adapterAt>[2]): PlatformAdapter {
    return adapterAt(this.#origin, this.#http, settings);
  }

  exchange(adapter = this.adapter): Promise<ExchangedTokens> {
    if (adapter.flow.strategy !== 'adapter') throw new Error('TikTok has no passport package');
    return adapter.flow.exchangeCode({
      code: new Secret('code*with!marks'),
      redirectUri: 'https://mooring.example/connect/tiktok/callback',
      codeVerifier: null,
    });
  }

  async establish(adapter = this.adapter): Promise<Consent> {
    return adapter.establish(await this.exchange(adapter));
  }

  /** Paths that were called, in their order. */
  get paths(): string[] {
    return this.tiktok.calls.map(({ path }) => path);
  }
}
