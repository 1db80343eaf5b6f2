import { createHash } from 'node:crypto';
import { Secret } from '@mooring/contracts';
import type { ExchangedTokens, PlatformAdapter, PlatformHttp } from '@mooring/adapters-core';
import { launchSandbox, RunningSandbox } from '@mooring/adapters-core/testing/sandbox';
import { createXAdapter, type XSettings } from '../src/index.ts';

const REDIRECT_URI = 'http://127.0.0.1:8080/connect/x/callback';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
/** Stands in every secret of the sandbox. */
export const CANARY = 'CANARY';
/** The app as the sandbox is told of it. */
export const APP = { clientId: 'U2FuZGJveFgwMDAxOjE6Y2k', clientSecret: `${CANARY}xSecretOfThisTest0001` };

/** The built sandbox as a process of its own on a free port. */
export class SandboxProcess extends RunningSandbox {
  static async start(): Promise<SandboxProcess> {
    const environment = { X_CLIENT_ID: APP.clientId, X_CLIENT_SECRET: APP.clientSecret };
    return new SandboxProcess(await launchSandbox(environment));
  }

  /** `offsetMs` moves the adapter's clock as the sandbox's is moved. */
  adapterAt(
    origin: string,
    http: PlatformHttp,
    { offsetMs = () => 0, ...settings }: Partial<XSettings> & { offsetMs?: () => number } = {},
  ): PlatformAdapter {
    const addresses = { authUrl: `${origin}/x.com`, apiUrl: `${origin}/api.x.com` };
    const app = { clientId: APP.clientId, clientSecret: new Secret(APP.clientSecret) };
    const now = (): Date => new Date(Date.now() + offsetMs());
    return createXAdapter({ ...app, ...addresses, ...settings }, { http, now });
  }

  /** What the redirect brings once the person has decided on the consent page. */
  async redirect(adapter: PlatformAdapter, person: string, decision = 'continue'): Promise<Record<string, string>> {
    const codeChallenge = createHash('sha256').update(VERIFIER).digest('base64url');
    const request = { redirectUri: REDIRECT_URI, state: 's', scopes: adapter.scopes, codeChallenge, rerequest: false };
    const page = await fetch(flowOf(adapter).authorizationUrl(request), {
      method: 'POST',
      body: new URLSearchParams({ person, decision }),
      redirect: 'manual',
    });
    return Object.fromEntries(new URL(page.headers.get('location') ?? '').searchParams);
  }

  /** What the code exchange gives once the person has approved. */
  async consent(adapter: PlatformAdapter, person: string): Promise<ExchangedTokens> {
    const { code } = await this.redirect(adapter, person);
    return this.exchange(adapter, code ?? '');
  }

  exchange(adapter: PlatformAdapter, code: string): Promise<ExchangedTokens> {
    const exchange = { code: new Secret(code), redirectUri: REDIRECT_URI, codeVerifier: new Secret(VERIFIER) };
    return flowOf(adapter).exchangeCode(exchange);
  }
}

function flowOf({ flow }: PlatformAdapter) {
  if (flow.strategy !== 'adapter') throw new Error('X has no passport of its own');
  return flow;
}
