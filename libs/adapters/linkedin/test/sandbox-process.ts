import { type DurationMs, Secret } from '@mooring/contracts';
import type { ExchangedTokens, PlatformAdapter, PlatformHttp } from '@mooring/adapters-core';
import { launchSandbox, RunningSandbox } from '@mooring/adapters-core/testing/sandbox';
import { createLinkedInAdapter, type LinkedInSettings } from '../src/index.ts';

const REDIRECT_URI = 'http://127.0.0.1:8080/connect/linkedin/callback';
/** Stands in every secret of the sandbox. */
export const CANARY = 'CANARY';
/** The app as the sandbox is told of it. */
const APP = { clientId: '77thistest0001', clientSecret: `${CANARY}liSecretOfThisTest0001` };

/** What a test gives an adapter beside the settings: how far its clock is moved, and what is to happen in place of waiting. */
export interface AdapterTime {
  readonly offsetMs?: () => number;
  readonly pause?: (forMs: DurationMs) => Promise<void>;
}

/** The built sandbox as a process of its own on a free port. */
export class SandboxProcess extends RunningSandbox {
  static async start(): Promise<SandboxProcess> {
    const environment = { LINKEDIN_CLIENT_ID: APP.clientId, LINKEDIN_CLIENT_SECRET: APP.clientSecret };
    return new SandboxProcess(await launchSandbox(environment));
  }

  adapterAt(
    origin: string,
    ports: AdapterTime & { readonly http: PlatformHttp },
    settings: Partial<LinkedInSettings> = {},
  ): PlatformAdapter {
    const { offsetMs = () => 0, ...given } = ports;
    const addresses = { authUrl: `${origin}/www.linkedin.com`, apiUrl: `${origin}/api.linkedin.com` };
    const app = { clientId: APP.clientId, clientSecret: new Secret(APP.clientSecret), version: '202608' };
    const now = (): Date => new Date(Date.now() + offsetMs());
    return createLinkedInAdapter({ ...app, ...addresses, ...settings }, { ...given, now });
  }

  /** What the redirect brings once the member has decided on the consent page. */
  async redirect(adapter: PlatformAdapter, person: string, decision = 'continue'): Promise<Record<string, string>> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: APP.clientId,
      redirect_uri: REDIRECT_URI,
      state: 's',
      scope: adapter.scopes.join(' '),
    });
    const page = await fetch(`${adapter.endpoints.authorizationUrl}?${query.toString()}`, {
      method: 'POST',
      body: new URLSearchParams({ person, decision }),
      redirect: 'manual',
    });
    const {
      error,
      error_description: errorDescription,
      code,
    } = Object.fromEntries(new URL(page.headers.get('location') ?? '').searchParams);
    return { ...(code && { code }), ...(error && { error }), ...(errorDescription && { errorDescription }) };
  }

  /** The token endpoint's answer to a code, as the passport package would get it. */
  async exchange(adapter: PlatformAdapter, code: string): Promise<ExchangedTokens> {
    const { flow, endpoints, credentials } = adapter;
    if (flow.strategy === 'adapter') throw new Error('LinkedIn goes by its passport package');
    const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI };
    const app = { client_id: credentials.clientId, client_secret: credentials.clientSecret.reveal() };
    const body = new URLSearchParams({ ...fields, ...app });
    const reply = await fetch(endpoints.tokenUrl, { method: 'POST', body });
    const text = await reply.text();
    if (!reply.ok) throw adapter.classify(reply.status, text);
    return flow.readTokenAnswer(JSON.parse(text) as Record<string, unknown>);
  }

  async consent(adapter: PlatformAdapter, person: string): Promise<ExchangedTokens> {
    return this.exchange(adapter, (await this.redirect(adapter, person))['code'] ?? '');
  }
}
