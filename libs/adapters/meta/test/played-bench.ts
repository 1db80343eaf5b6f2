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
import {
  createFacebookAdapter,
  createInstagramAdapter,
  type FacebookSettings,
  type InstagramSettings,
} from '../src/index.ts';
import { APP_ID, APP_SECRET, PlayedGraph, VERSION } from './played-graph.ts';
import * as instagram from './played-instagram.ts';
import { PlayedInstagram } from './played-instagram.ts';

/** The moment at which the played tokens were issued. */
export const NOW = new Date(1_760_000_000_000);

/** The adapter for a Graph that is played at `origin`. */
export function adapterAt(
  origin: string,
  http: PlatformHttp,
  settings: Partial<FacebookSettings> = {},
): PlatformAdapter {
  const addresses = { dialogUrl: `${origin}/www.facebook.com`, graphUrl: `${origin}/graph.facebook.com` };
  const app = { appId: APP_ID, appSecret: new Secret(APP_SECRET), graphVersion: VERSION };
  return createFacebookAdapter({ ...app, ...addresses, ...settings }, { http, now: () => NOW });
}

/** A fresh Graph and adapter for every test. */
export class PlayedBench {
  graph: PlayedGraph;
  adapter: PlatformAdapter;
  #origin: string;
  #http: ClosablePlatformHttp;

  constructor() {
    beforeEach(async () => {
      this.graph = new PlayedGraph();
      this.#origin = await this.graph.start();
      this.#http = createPlatformHttp({ origins: [this.#origin] });
      this.adapter = this.adapterWith({});
    });
    afterEach(async () => {
      await this.#http.close();
      await this.graph.stop();
    });
  }

  adapterWith(settings: Partial<FacebookSettings>): PlatformAdapter {
    return adapterAt(this.#origin, this.#http, settings);
  }

  establish(adapter = this.adapter): Promise<Consent> {
    return adapter.establish(exchangedTokens(this.graph.mint({ type: 'USER', long: false })));
  }

  /** Lets `debug_token` say this of whatever it is asked about. */
  debugAnswers(data: object): void {
    this.graph.canned.set('debug_token', { body: { data } });
  }
}

/** The adapter of Instagram Login for an Instagram that is played at `origin`. */
export function instagramAdapterAt(
  origin: string,
  http: PlatformHttp,
  settings: Partial<InstagramSettings> = {},
): PlatformAdapter {
  const addresses = {
    dialogUrl: `${origin}/www.instagram.com`,
    apiUrl: `${origin}/api.instagram.com`,
    graphUrl: `${origin}/graph.instagram.com`,
  };
  const app = { appId: instagram.APP_ID, appSecret: new Secret(instagram.APP_SECRET), graphVersion: VERSION };
  return createInstagramAdapter({ ...app, ...addresses, ...settings }, { http, now: () => NOW });
}

/** A fresh Instagram and adapter for every test. */
export class InstagramBench {
  instagram: PlayedInstagram;
  adapter: PlatformAdapter;
  #origin: string;
  #http: ClosablePlatformHttp;

  constructor() {
    beforeEach(async () => {
      this.instagram = new PlayedInstagram();
      this.#origin = await this.instagram.start();
      this.#http = createPlatformHttp({ origins: [this.#origin] });
      this.adapter = this.adapterWith({});
    });
    afterEach(async () => {
      await this.#http.close();
      await this.instagram.stop();
    });
  }

  adapterWith(settings: Partial<InstagramSettings>): PlatformAdapter {
    return instagramAdapterAt(this.#origin, this.#http, settings);
  }

  exchange(adapter = this.adapter): Promise<ExchangedTokens> {
    const { flow } = adapter;
    if (flow.strategy !== 'adapter') throw new Error('Instagram has no passport package');
    const redirectUri = 'https://connect.example.com/connect/instagram/callback';
    return flow.exchangeCode({ code: new Secret('AQ-code-1'), redirectUri, codeVerifier: null });
  }

  async establish(): Promise<Consent> {
    return this.adapter.establish(await this.exchange());
  }
}
