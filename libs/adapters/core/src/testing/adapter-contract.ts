import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformAdapter } from '../adapter.ts';
import { type ClosablePlatformHttp, createPlatformHttp } from '../undici-http.ts';
import { contractOfErrors } from './contract-of-errors.ts';
import { contractOfFacts } from './contract-of-facts.ts';
import { contractOfFaults } from './contract-of-faults.ts';
import { contractOfStory } from './contract-of-story.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { AdapterContract, PlayedPlatform } from './played-platform.ts';

/** What every part of the contract works with. */
export interface ContractBench {
  readonly contract: AdapterContract;
  readonly platform: PlayedPlatform;
  readonly proxy: FaultProxy;
  readonly adapter: PlatformAdapter;
}

const TIMEOUT_MS = 400;

/**
 * Holds an adapter to the one contract of all platforms, over real HTTP: its facts make sense, a consent can be lived
 * through from establishing to revoking, every error has its class, faults between us and the platform are transient,
 * blank tokens are never taken, and no secret stands where it may not.
 */
export function describePlatformAdapter(name: string, contract: AdapterContract): void {
  describe(`${name} keeps the contract of platform adapters`, () => {
    let bench: ContractBench;
    let http: ClosablePlatformHttp;

    beforeAll(async () => {
      const platform = await contract.play();
      const proxy = await startFaultProxy(platform.origin);
      http = createPlatformHttp({ origins: [proxy.origin], timeoutMs: TIMEOUT_MS });
      bench = { contract, platform, proxy, adapter: platform.adapterAt(proxy.origin, http) };
    });
    beforeEach(() => {
      bench.proxy.fault = null;
      bench.proxy.rewrite = null;
      bench.proxy.requests.length = 0;
    });
    afterAll(async () => {
      await http?.close();
      await bench?.proxy.stop();
      await bench?.platform.stop();
    });

    it('is played where the adapter looks for it', () => {
      expect(bench.adapter.hosts).toEqual([new URL(bench.proxy.origin).host]);
    });
    contractOfFacts(() => bench);
    contractOfErrors(contract, () => bench);
    contractOfStory(() => bench);
    contractOfFaults(() => bench);
  });
}
