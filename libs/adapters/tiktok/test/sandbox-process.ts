import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '@mooring/contracts';
import type {
  AuthorizationFlow,
  ExchangedTokens,
  PlatformAdapter,
  PlatformHttp,
  RawCallback,
} from '@mooring/adapters-core';
import { launchSandbox, RunningSandbox } from '@mooring/adapters-core/testing/sandbox';
import { createTikTokAdapter, type TikTokSettings } from '../src/index.ts';

/** What the sandbox's own settings are by default. */
const APP = { clientKey: 'awsandboxtt00001', clientSecret: 'CANARYttSecret0000000000000000001' };
const REDIRECT_URI = 'http://127.0.0.1:8080/connect/tiktok/callback';
const RECEIVE_TIMEOUT_MS = 10_000;
/** Stands in every secret of the sandbox. */
export const CANARY = 'CANARY';

/** How a person answers on the consent page. */
export interface ConsentForm {
  readonly person?: string;
  /** What stays ticked; everything by default. */
  readonly ticked?: readonly string[];
  readonly cancel?: true;
  readonly verifier?: Secret;
  readonly codeChallenge?: string;
}

/** The built sandbox as a process of its own on a free port. */
export class SandboxProcess extends RunningSandbox {
  static async start(): Promise<SandboxProcess> {
    return new SandboxProcess(await launchSandbox());
  }

  adapterAt(
    origin: string,
    http: PlatformHttp,
    settings: Partial<TikTokSettings> & { readonly now?: () => Date } = {},
  ): PlatformAdapter {
    const addresses = { authUrl: `${origin}/www.tiktok.com`, apiUrl: `${origin}/open.tiktokapis.com` };
    const app = { clientKey: APP.clientKey, clientSecret: new Secret(APP.clientSecret), pkce: 'none' };
    const { now = () => new Date(), ...rest } = settings;
    return createTikTokAdapter({ ...app, ...addresses, ...rest }, { http, now });
  }

  /** The parameters of TikTok's redirect, once the person has answered. */
  async redirect(adapter: PlatformAdapter, form: ConsentForm = {}): Promise<Record<string, string>> {
    const { codeChallenge } = form;
    const request = { redirectUri: REDIRECT_URI, state: 's', scopes: adapter.scopes, rerequest: false };
    const url = flowOf(adapter).authorizationUrl({ ...request, ...(codeChallenge ? { codeChallenge } : {}) });
    const ticked = form.ticked ? [['boxes', '1'], ...form.ticked.map((scope) => ['permissions', scope])] : [];
    const decision = form.cancel ? 'cancel' : 'continue';
    const fields = [['person', form.person ?? 'tara'], ['decision', decision], ...ticked] as [string, string][];
    const body = new URLSearchParams(fields);
    const page = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    return Object.fromEntries(new URL(page.headers.get('location') ?? 'about:blank').searchParams);
  }

  /** What the code exchange gives. */
  async consent(adapter: PlatformAdapter, form: ConsentForm = {}): Promise<ExchangedTokens> {
    const code = new Secret((await this.redirect(adapter, form))['code'] ?? '-');
    return flowOf(adapter).exchangeCode({ code, redirectUri: REDIRECT_URI, codeVerifier: form.verifier ?? null });
  }

  /** The raw request of a notice that the sandbox is told to send about a person. */
  async receive(person: string, options: object): Promise<RawCallback> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const arrived = callbackAt(server);
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/tiktok/events`;
      await this.control('POST', `tiktok/people/${person}/notify`, { url, ...options });
      return await Promise.race([arrived, lateness()]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

function flowOf({ flow }: PlatformAdapter): Extract<AuthorizationFlow, { strategy: 'adapter' }> {
  if (flow.strategy !== 'adapter') throw new Error('TikTok has no passport package');
  return flow;
}

function callbackAt(server: Server): Promise<RawCallback> {
  return new Promise((resolve) => {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = request.headers as Record<string, string | undefined>;
        const callback = { path: request.url ?? '', headers, body: Buffer.concat(chunks) };
        response.end(() => resolve(callback));
      });
    });
  });
}

async function lateness(): Promise<never> {
  await sleep(RECEIVE_TIMEOUT_MS, undefined, { ref: false });
  throw new Error('the sandbox sent nothing');
}
