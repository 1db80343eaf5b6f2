import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CONNECTION_KIND_PATTERN, days, hours, PLATFORM_PATTERN } from '@mooring/contracts';
import { InvalidCallbackError } from '../platform-failure.ts';
import type { ContractBench } from './adapter-contract.ts';

const CALLBACK_BODIES: readonly (readonly [string, Buffer])[] = [
  ['an empty body', Buffer.alloc(0)],
  ['random bytes', randomBytes(512)],
  ['an empty object', Buffer.from('{}')],
  ['a forged form', Buffer.from('signed_request=AAAA.e30')],
  ['an oversized body', Buffer.alloc(4 * 1_024 * 1_024, 'a')],
];

/** What an adapter says of its platform without a call. */
export function contractOfFacts(bench: () => ContractBench): void {
  describe('facts', () => {
    it('names its platform, kinds and requirements', () => {
      const { adapter } = bench();
      expect(adapter.platform).toMatch(PLATFORM_PATTERN);
      expect(adapter.kinds.length).toBeGreaterThan(0);
      for (const kind of adapter.kinds) expect(kind).toMatch(CONNECTION_KIND_PATTERN);
      expect(adapter.requirements.length).toBeGreaterThan(0);
      expect(adapter.manageAccessAt.trim()).not.toBe('');
    });

    it('C42 asks for every scope that publishing needs, each once', () => {
      const { adapter } = bench();
      expect(adapter.requiredScopes.length).toBeGreaterThan(0);
      expect(adapter.scopes).toEqual(expect.arrayContaining([...adapter.requiredScopes]));
      expect(new Set(adapter.scopes).size).toBe(adapter.scopes.length);
    });

    it('C17 has a policy that fits how the platform renews', () => {
      const { policy } = bench().adapter;
      const times = [policy.refreshLeadMs, policy.refreshAtLifeFraction].filter((time) => time !== null);
      expect(times).toHaveLength(policy.refreshKind === 'none' ? 0 : 1);
      expect(policy.refreshLeadMs ?? 1).toBeGreaterThan(0);
      expect(policy.refreshLeadMs ?? 0).toBeLessThanOrEqual(days(30));
      expect(policy.refreshAtLifeFraction ?? 0.5).toBeGreaterThanOrEqual(0.5);
      expect(policy.refreshAtLifeFraction ?? 0.5).toBeLessThan(1);
      expect(policy.refreshMinimumAgeMs).toBeGreaterThanOrEqual(0);
      expect(policy.inspectEveryMs).toBeGreaterThan(0);
      expect(policy.inspectEveryMs).toBeLessThanOrEqual(hours(24));
    });

    it('C10 does not wait for the end of a token that ends, where nobody named one', () => {
      const { refreshKind, refreshMinimumAgeMs, refreshUnknownAfterMs } = bench().adapter.policy;
      if (refreshKind === 'rotating') expect(refreshUnknownAfterMs).toBeGreaterThan(0);
      if (refreshUnknownAfterMs !== undefined)
        expect(refreshUnknownAfterMs).toBeGreaterThanOrEqual(refreshMinimumAgeMs);
      expect(refreshUnknownAfterMs ?? 0).toBeLessThanOrEqual(days(30));
    });

    it('C18 lets time pass between renewals whose lead is fixed: one that does not extend is due again at once', () => {
      const { refreshLeadMs, refreshMinimumAgeMs } = bench().adapter.policy;
      if (refreshLeadMs !== null) expect(refreshMinimumAgeMs).toBeGreaterThanOrEqual(hours(1));
    });

    it('says for every secret URL parameter where the platform prescribes it', () => {
      for (const { name, source } of bench().adapter.secretUrlParameters) {
        expect(name).toMatch(/^[a-z_]+$/);
        expect(source.length).toBeGreaterThan(8);
      }
    });

    it('reads the redirect: a code, a refusal, and nothing', () => {
      const { adapter } = bench();
      expect(adapter.readCallback({ code: 'abc' })).toEqual({ kind: 'code', code: 'abc' });
      expect(adapter.readCallback({ error: 'access_denied', code: 'abc' })).toEqual({ kind: 'declined' });
      expect(adapter.readCallback({ code: ' ' }).kind).not.toBe('code');
      expect(adapter.readCallback({}).kind).not.toBe('code');
    });

    it.each(CALLBACK_BODIES)('takes no call-back with %s', (_what, body) => {
      const { adapter, contract } = bench();
      for (const path of [...contract.callbackPaths, '/webhooks/nothing', '']) {
        expect(() => adapter.readPlatformCallback({ path, headers: {}, body })).toThrow(InvalidCallbackError);
      }
    });
  });
}
