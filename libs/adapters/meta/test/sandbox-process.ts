import { Secret } from '@mooring/contracts';
import type { ExchangedTokens, PlatformAdapter, PlatformHttp } from '@mooring/adapters-core';
import { exchangedTokens } from '@mooring/adapters-core/testing';
import { launchSandbox, RunningSandbox } from '@mooring/adapters-core/testing/sandbox';
import {
  createFacebookAdapter,
  createInstagramAdapter,
  type FacebookSettings,
  type InstagramSettings,
} from '../src/index.ts';

/** What the sandbox's own settings are by default. */
const APP = { appId: '111222333444', appSecret: 'CANARY0fb5ec2e7a114d19b6c3d8e9f0a1b2c3' };
const INSTAGRAM_APP = { appId: '555666777888', appSecret: 'CANARY1c7d5be03f9e4a6d8b20c1f3e5a79604' };
const INSTAGRAM_REDIRECT_URI = 'http://127.0.0.1:8080/connect/instagram/callback';
const REDIRECT_URI = 'http://127.0.0.1:8080/connect/facebook/callback';
/** Stands in every secret of the sandbox. */
export const CANARY = 'CANARY';

/** The built sandbox as a process of its own on a free port. */
export class SandboxProcess extends RunningSandbox {
  static async start(): Promise<SandboxProcess> {
    return new SandboxProcess(await launchSandbox());
  }

  adapterAt(origin: string, http: PlatformHttp, settings: Partial<FacebookSettings> = {}) {
    const addresses = { dialogUrl: `${origin}/www.facebook.com`, graphUrl: `${origin}/graph.facebook.com` };
    const app = { appId: APP.appId, appSecret: new Secret(APP.appSecret), graphVersion: 'v25.0' };
    return createFacebookAdapter({ ...app, ...addresses, ...settings }, { http, now: () => new Date() });
  }

  instagramAt(origin: string, http: PlatformHttp, settings: Partial<InstagramSettings> = {}): PlatformAdapter {
    const addresses = {
      dialogUrl: `${origin}/www.instagram.com`,
      apiUrl: `${origin}/api.instagram.com`,
      graphUrl: `${origin}/graph.instagram.com`,
    };
    const app = {
      appId: INSTAGRAM_APP.appId,
      appSecret: new Secret(INSTAGRAM_APP.appSecret),
      graphVersion: 'v25.0',
    };
    return createInstagramAdapter({ ...app, ...addresses, ...settings }, { http, now: () => new Date() });
  }

  /** What Instagram's redirect says once the person has decided. */
  async instagramRedirect(adapter: PlatformAdapter, form: Record<string, string>): Promise<URLSearchParams> {
    const { flow, scopes } = adapter;
    if (flow.strategy !== 'adapter') throw new Error('Instagram has no passport package');
    const request = { redirectUri: INSTAGRAM_REDIRECT_URI, state: 's', scopes, rerequest: false };
    const url = flow.authorizationUrl(request);
    const dialog = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
    return new URL(dialog.headers.get('location') ?? 'http://nowhere.invalid').searchParams;
  }

  /** What the code exchange gives once the person has approved everything at Instagram. */
  async instagramConsent(http: PlatformHttp, person: string): Promise<ExchangedTokens> {
    const adapter = this.instagramAt(this.url, http);
    const { flow } = adapter;
    if (flow.strategy !== 'adapter') throw new Error('Instagram has no passport package');
    const code = (await this.instagramRedirect(adapter, { person, decision: 'continue' })).get('code') ?? '';
    return flow.exchangeCode({ code: new Secret(code), redirectUri: INSTAGRAM_REDIRECT_URI, codeVerifier: null });
  }

  /** What the code exchange gives once the person has approved everything in the dialog. */
  async consent(person: string, scope: readonly string[]): Promise<ExchangedTokens> {
    const query = new URLSearchParams({
      client_id: APP.appId,
      redirect_uri: REDIRECT_URI,
      state: 's',
      scope: scope.join(','),
    });
    const dialog = await fetch(`${this.url}/www.facebook.com/v25.0/dialog/oauth?${query.toString()}`, {
      method: 'POST',
      body: new URLSearchParams({ person, decision: 'continue' }),
      redirect: 'manual',
    });
    const code = new URL(dialog.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const exchange = await fetch(`${this.url}/graph.facebook.com/v25.0/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: APP.appId,
        client_secret: APP.appSecret,
        redirect_uri: REDIRECT_URI,
        code,
      }),
    });
    return exchangedTokens(((await exchange.json()) as { access_token: string }).access_token);
  }
}
