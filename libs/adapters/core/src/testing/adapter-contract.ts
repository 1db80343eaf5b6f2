import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformAdapter } from '../adapter.ts';
import type { PlatformHttp } from '../platform-http.ts';
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

/** A platform that answers is waited for however busy this machine is; one that is silent is soon given up. */
const PATIENT_MS = 10_000;
const SILENCE_MS = 400;

/**
 * Holds an adapter to the one contract of all platforms, over real HTTP: its facts make sense, a consent can be lived
 * through from establishing to revoking, every error has its class, faults between us and the platform are transient,
 * blank tokens are never taken, and no secret stands where it may not.
 */
export function describePlatformAdapter(name: string, contract: AdapterContract): void {
  describe(`${name} keeps the contract of platform adapters`, () => {
    let bench: ContractBench;
    let ports: ClosablePlatformHttp[] = [];

    beforeAll(async () => {
      const platform = await contract.play();
      const proxy = await startFaultProxy(platform.origin);
      const origins = [proxy.origin];
      const patient = createPlatformHttp({ origins, timeoutMs: PATIENT_MS });
      const impatient = createPlatformHttp({ origins, timeoutMs: SILENCE_MS });
      ports = [patient, impatient];
      const http: PlatformHttp = {
        send: (request) => (proxy.fault === 'silence' ? impatient : patient).send(request),
      };
      bench = { contract, platform, proxy, adapter: platform.adapterAt(proxy.origin, http) };
    });
    beforeEach(() => {
      bench.proxy.fault = null;
      bench.proxy.rewrite = null;
      bench.proxy.requests.length = 0;
    });
    afterAll(async () => {
      await Promise.all(ports.map((port) => port.close()));
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
