import { describe, expect, it } from '@jest/globals';
import type { Consent, GrantTokens, IssuedToken, PlatformAdapter } from '../adapter.ts';
import { isUsableToken } from '../tokens.ts';
import type { ContractBench } from './adapter-contract.ts';

/** A consent from its beginning to its end, and what was sent on the way. */
export function contractOfStory(bench: () => ContractBench): void {
  const establish = async (): Promise<Consent> => {
    const { adapter, platform } = bench();
    return adapter.establish(await platform.consent());
  };

  describe('a consent', () => {
    it('is established with who consented to what', async () => {
      const consent = await establish();
      expect(consent.subjectId.trim()).not.toBe('');
      expect(consent.grantedScopes).toEqual(expect.arrayContaining([...bench().adapter.requiredScopes]));
      for (const token of tokensOf(consent.tokens)) expectToken(token);
    });

    it('C10 C12 is renewed with tokens that live', async () => {
      const { adapter } = bench();
      if (adapter.policy.refreshKind === 'none') return;
      const consent = await establish();
      const renewed = await adapter.refresh(consent.tokens);
      for (const token of tokensOf(renewed)) expectToken(token);
      expect(await adapter.inspect({ token: renewed.access.value, account: null })).toMatchObject({ alive: true });
    });

    it('C37 C51 C83 offers accounts that can be chosen with a living token, and the others with the reason', async () => {
      await expectSoundOffers(bench().adapter, await establish());
    });

    it('C77 is taken back, and again without harm', async () => {
      const { adapter } = bench();
      const consent = await establish();
      const result = await adapter.revoke(consent);
      if (result === 'unsupported') return;
      expect(await adapter.inspect({ token: consent.tokens.access.value, account: null })).toMatchObject({
        alive: false,
      });
      expect(await adapter.revoke(consent)).toBe('revoked');
    });

    it('C90 puts secrets into no URL but in the parameters that it names', async () => {
      const { adapter, platform, proxy } = bench();
      const consent = await establish();
      await adapter.discover(consent);
      if (adapter.policy.refreshKind !== 'none') await adapter.refresh(consent.tokens);
      await adapter.inspect({ token: consent.tokens.access.value, account: null });
      await adapter.revoke(consent);
      expect(proxy.requests.length).toBeGreaterThan(0);
      expect(leaks(proxy.requests, platform.secrets(), adapter.secretUrlParameters)).toEqual([]);
    });
  });
}

async function expectSoundOffers(adapter: PlatformAdapter, consent: Consent): Promise<void> {
  const accounts = await adapter.discover(consent);
  const choosable = accounts.filter(({ offered }) => offered.selectable);
  expect(choosable.length).toBeGreaterThan(0);
  expect(new Set(accounts.map(({ offered }) => `${offered.kind} ${offered.accountId}`)).size).toBe(accounts.length);
  for (const { offered, token } of accounts) {
    expect(adapter.kinds).toContain(offered.kind);
    expect(offered.displayName.trim()).not.toBe('');
    expect(offered.selectable).toBe(offered.unselectableReason === null);
    if (!offered.selectable) expect(token).toBeNull();
    if (token) expectToken(token);
  }
  for (const { offered, token } of choosable) {
    const account = { accountId: offered.accountId, kind: offered.kind };
    const inspection = await adapter.inspect({ token: (token ?? consent.tokens.access).value, account });
    expect(inspection).toMatchObject({ alive: true, missingScopes: [] });
  }
}

function tokensOf(tokens: GrantTokens): IssuedToken[] {
  return [tokens.access, tokens.refresh].filter((token) => token !== null);
}

function expectToken(token: IssuedToken): void {
  expect(isUsableToken(token.value.reveal())).toBe(true);
  for (const at of [token.issuedAt, token.expiresAt, token.dataAccessExpiresAt]) {
    // No clock of the epoch's beginning, and none of decades ahead in place of "unknown" (C10).
    if (at !== null) expect(at.getUTCFullYear()).toBeGreaterThan(2_000);
    if (at !== null) expect(at.getUTCFullYear()).toBeLessThan(2_100);
  }
}

function leaks(
  requests: readonly { url: string }[],
  secrets: readonly string[],
  named: readonly { name: string }[],
): string[] {
  const names = new Set(named.map(({ name }) => name));
  const found = new Set<string>();
  for (const { url } of requests) {
    const { pathname, searchParams } = new URL(url, 'http://platform.invalid');
    if (secrets.some((secret) => decodeURIComponent(pathname).includes(secret))) found.add('the path');
    for (const [name, value] of searchParams) {
      if (!names.has(name) && secrets.some((secret) => value.includes(secret))) found.add(name);
    }
  }
  return [...found];
}
