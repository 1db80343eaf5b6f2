import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Consent, DiscoveredAccount, PlatformAdapter } from '../adapter.ts';
import { PlatformFailure } from '../platform-failure.ts';
import { isUsableToken } from '../tokens.ts';
import { createPlatformHttp } from '../undici-http.ts';
import type { ContractBench } from './adapter-contract.ts';
import type { PlatformFault } from './fault-proxy.ts';
import type { PlayedPlatform } from './played-platform.ts';

const TRANSIENT_FAULTS: readonly PlatformFault[] = [
  'reset',
  'silence',
  'html',
  'html_503',
  'empty_503',
  'cut_short',
  'half_json',
  'redirect',
];

type Calls = Readonly<Record<string, () => Promise<unknown>>>;

/** What happens when the road to the platform or the platform itself is broken. */
export function contractOfFaults(bench: () => ContractBench): void {
  let consent: Consent;

  describe('faults', () => {
    // Anew for each test: a revocation whose answer is cut short did happen.
    beforeEach(async () => {
      consent = await bench().adapter.establish(await bench().platform.consent());
    });

    it.each(TRANSIENT_FAULTS)('C01 C03 %s is transient for every call, once tried', async (fault) => {
      const { adapter, platform, proxy } = bench();
      const calls = await callsOf(adapter, platform, consent);
      proxy.fault = fault;
      for (const call of Object.values(calls)) {
        proxy.requests.length = 0;
        const failure = await failureOf(call(), platform);
        expect(failure).toMatchObject({ class: 'transient', mayHaveArrived: true });
        expect(new Set(proxy.requests.map(({ url }) => url)).size).toBe(proxy.requests.length);
        expect(proxy.requests.filter(({ url }) => url.startsWith('/followed'))).toEqual([]);
      }
    });

    it('a refused connection is transient and cannot have carried the request', async () => {
      const { platform } = bench();
      const closed = await closedOrigin();
      const http = createPlatformHttp({ origins: [closed] });
      const calls = await callsOf(platform.adapterAt(closed, http), platform, consent);
      for (const call of Object.values(calls)) {
        expect(await failureOf(call(), platform)).toMatchObject({ class: 'transient', mayHaveArrived: false });
      }
      await http.close();
    });

    it('429 is a limit, with the wait that was asked for', async () => {
      const { adapter, platform, proxy } = bench();
      const calls = await callsOf(adapter, platform, consent);
      proxy.fault = 'too_many';
      for (const call of Object.values(calls)) {
        expect(await failureOf(call(), platform)).toMatchObject({ class: 'rate_limited', retryAfterMs: 7_000 });
      }
    });

    it.each(['blank_tokens', 'undefined_tokens'] as const)('C10 C38 C87 %s are never taken', (fault) =>
      expectNoBlankToken(bench(), consent, fault),
    );

    it('C47 C50 an endless list ends', async () => {
      const { adapter, contract, proxy } = bench();
      if (!contract.endlessly) return;
      proxy.rewrite = contract.endlessly;
      await adapter.discover(consent);
      expect(proxy.requests.length).toBeLessThanOrEqual(contract.discoveryCallsMax);
    });
  });
}

async function callsOf(adapter: PlatformAdapter, platform: PlayedPlatform, consent: Consent): Promise<Calls> {
  const fresh = await platform.consent();
  const token = consent.tokens.access.value;
  return {
    establish: () => adapter.establish(fresh),
    discover: () => adapter.discover(consent),
    inspect: () => adapter.inspect({ token, account: null }),
    ...(adapter.policy.refreshKind === 'none' ? {} : { refresh: () => adapter.refresh(consent.tokens) }),
    ...(adapter.revokesWholeSubject ? { revoke: () => adapter.revoke(consent) } : {}),
  };
}

async function expectNoBlankToken(
  { adapter, platform, proxy }: ContractBench,
  consent: Consent,
  fault: PlatformFault,
): Promise<void> {
  const fresh = await platform.consent();
  const tokenless = new Set((await adapter.discover(consent)).filter(({ token }) => !token).map(identityOf));
  proxy.fault = fault;
  const { refreshKind } = adapter.policy;
  if (refreshKind !== 'none') {
    // What is spent by its use has been spent for nothing: that answer is lost, and may have arrived (C18).
    const lost = { class: 'transient', mayHaveArrived: true };
    const expected = refreshKind === 'rotating' ? lost : { class: 'unexpected' };
    expect(await failureOf(adapter.refresh(consent.tokens), platform)).toMatchObject(expected);
  }
  const established = await adapter.establish(fresh).catch((error: unknown) => error);
  if (!(established instanceof PlatformFailure)) {
    expect(isUsableToken((established as Consent).tokens.access.value.reveal())).toBe(true);
  }
  for (const account of await adapter.discover(consent)) {
    if (account.token) expect(isUsableToken(account.token.value.reveal())).toBe(true);
    // Only what is always used with the grant's own token may be chosen without one.
    if (account.offered.selectable && !account.token) expect(tokenless).toContain(identityOf(account));
  }
}

function identityOf({ offered }: DiscoveredAccount): string {
  return `${offered.kind} ${offered.accountId}`;
}

/** The failure of a call, which must be one, and must show no secret in whatever way it is printed. */
async function failureOf(call: Promise<unknown>, platform: PlayedPlatform): Promise<PlatformFailure> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PlatformFailure);
  const failure = error as PlatformFailure;
  const printed = [inspect(failure, { depth: 9, showHidden: true }), JSON.stringify(failure), failure.stack].join('\n');
  expect(platform.secrets().filter((secret) => printed.includes(secret))).toEqual([]);
  return failure;
}

/** An address on which nobody listens. */
async function closedOrigin(): Promise<string> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
