import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { generateDataKey, needsRewrap, rewrapDataKey, unwrapDataKey } from './data-keys.ts';
import { EnvKeyRing } from './env-key-ring.ts';
import { BlobMalformedError, KeyRingInvalidError, KeyUnknownError, NotAuthenticError } from './errors.ts';

const first = randomBytes(32).toString('hex');
const second = randomBytes(32).toString('hex');
const ring = EnvKeyRing.parse(`k1:${first}`);
const owner = { workspaceId: 'ws_1', grantId: 'g_1' };

describe('data keys', () => {
  it('come back from their wrapping', async () => {
    const { key, wrapped } = await generateDataKey(ring, owner);
    const unwrapped = await unwrapDataKey(ring, wrapped, owner);
    expect(unwrapped.equals(key)).toBe(true);
    expect(wrapped.keyId).toBe('k1');
    expect(wrapped.bytes.includes(key.export())).toBe(false);
  });

  it.each([
    ['workspace', { workspaceId: 'ws_2', grantId: 'g_1' }],
    ['grant', { workspaceId: 'ws_1', grantId: 'g_2' }],
    ['border between both', { workspaceId: 'ws_1g', grantId: '_1' }],
  ])('open for no other %s', async (_, other) => {
    const { wrapped } = await generateDataKey(ring, owner);
    await expect(unwrapDataKey(ring, wrapped, other)).rejects.toThrow(NotAuthenticError);
  });

  it('open with no other ring, and not when changed or cut', async () => {
    const { wrapped } = await generateDataKey(ring, owner);
    const impostor = EnvKeyRing.parse(`k1:${second}`);
    await expect(unwrapDataKey(impostor, wrapped, owner)).rejects.toThrow(NotAuthenticError);
    await expect(unwrapDataKey(EnvKeyRing.parse(`k2:${second}`), wrapped, owner)).rejects.toThrow(KeyUnknownError);
    const cut = { ...wrapped, bytes: wrapped.bytes.subarray(0, 20) };
    await expect(unwrapDataKey(ring, cut, owner)).rejects.toThrow(BlobMalformedError);
    const changed = Buffer.from(wrapped.bytes);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await expect(unwrapDataKey(ring, { ...wrapped, bytes: changed }, owner)).rejects.toThrow(NotAuthenticError);
  });

  it('survive rotation: rewrapped under the new key, the old one can be dropped', async () => {
    const { key, wrapped } = await generateDataKey(ring, owner);
    const both = EnvKeyRing.parse(`k2:${second}, k1:${first}`);
    expect(needsRewrap(both, wrapped)).toBe(true);
    const rewrapped = await rewrapDataKey(both, wrapped, owner);
    expect(needsRewrap(both, rewrapped)).toBe(false);
    const onlyNew = EnvKeyRing.parse(`k2:${second}`);
    expect((await unwrapDataKey(onlyNew, rewrapped, owner)).equals(key)).toBe(true);
    await expect(rewrapDataKey(both, wrapped, { ...owner, grantId: 'g_2' })).rejects.toThrow(NotAuthenticError);
  });
});

describe('EnvKeyRing', () => {
  it('reads a value or a mounted file, the current key first', () => {
    const both = EnvKeyRing.parse(`\nk2:${second}\nk1:${first.toUpperCase()}\n`);
    expect(both.currentKeyId()).toBe('k2');
    expect(both.keyIds()).toEqual(['k2', 'k1']);
  });

  it.each([
    ['nothing', ' \n'],
    ['a short key', `k1:${first.slice(2)}`],
    ['no id', first],
    ['an id twice', `k1:${first},k1:${second}`],
    ['too many keys', Array.from({ length: 33 }, (_, n) => `k${n}:${first}`).join(',')],
  ])('refuses %s and quotes none of it', (_, text) => {
    expect.assertions(2);
    try {
      EnvKeyRing.parse(text);
    } catch (error) {
      expect(error).toBeInstanceOf(KeyRingInvalidError);
      expect(String(error)).not.toContain(first.slice(2, 20));
    }
  });

  it('shows no key when it is printed', () => {
    expect(inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify(ring)).not.toContain(first.slice(0, 16));
  });
});
