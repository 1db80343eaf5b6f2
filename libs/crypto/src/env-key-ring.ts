import { createSecretKey, type KeyObject } from 'node:crypto';
import { decryptBlob, encryptBlob, type NamedKey, zero } from './aes-gcm.ts';
import { KeyRingInvalidError, KeyUnknownError } from './errors.ts';
import type { KeyProvider, WrappedBytes } from './key-provider.ts';

const WRAP_MAGIC = 'MWRP';
const KEYS_MAX = 32;
const ENTRY_PATTERN = /^([A-Za-z0-9][A-Za-z0-9._-]{0,62}):([0-9a-fA-F]{64})$/;

function parseEntry(entry: string, position: number): readonly [string, KeyObject] {
  const [, keyId, hex] = ENTRY_PATTERN.exec(entry) ?? [];
  if (keyId === undefined || hex === undefined) {
    throw new KeyRingInvalidError(`entry ${position} of the key ring is not id:64 hex digits`);
  }
  const bytes = Buffer.from(hex, 'hex');
  const key = createSecretKey(bytes);
  zero(bytes);
  return [keyId, key];
}

/**
 * Key-encryption keys held in this process, from the value of a setting or a mounted file: `id:64 hex digits` entries,
 * separated by commas, blanks or line ends, the current one first. To rotate, put a new key in front, rewrap, and drop
 * the old one when nothing uses it any more.
 */
export class EnvKeyRing implements KeyProvider {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #currentKeyId: string;

  private constructor(keys: ReadonlyMap<string, KeyObject>, currentKeyId: string) {
    this.#keys = keys;
    this.#currentKeyId = currentKeyId;
  }

  /**
   * Reads a key ring's text.
   * @throws KeyRingInvalidError naming the entry's position, never its text
   */
  static parse(text: string): EnvKeyRing {
    const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
    if (entries.length === 0) throw new KeyRingInvalidError('the key ring is empty');
    if (entries.length > KEYS_MAX) throw new KeyRingInvalidError(`the key ring has more than ${KEYS_MAX} keys`);
    const pairs = entries.map((entry, index) => parseEntry(entry, index + 1));
    const keys = new Map(pairs);
    if (keys.size !== pairs.length) throw new KeyRingInvalidError('the key ring has an id twice');
    return new EnvKeyRing(keys, pairs[0]?.[0] ?? '');
  }

  currentKeyId(): string {
    return this.#currentKeyId;
  }

  /** Ids of all keys, the current one first. */
  keyIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  wrap(dataKey: Buffer, aad: Buffer): Promise<WrappedBytes> {
    const keyId = this.#currentKeyId;
    return attempt(() => ({ keyId, bytes: encryptBlob(WRAP_MAGIC, this.#key(keyId), dataKey, aad) }));
  }

  unwrap(wrapped: WrappedBytes, aad: Buffer): Promise<Buffer> {
    return attempt(() => decryptBlob(WRAP_MAGIC, this.#key(wrapped.keyId), wrapped.bytes, aad));
  }

  #key(keyId: string): NamedKey {
    const key = this.#keys.get(keyId);
    if (key === undefined) throw new KeyUnknownError(keyId);
    return { id: keyId, key };
  }
}

/** The port is asynchronous for providers that go over a network; this one is not, and still must reject, not throw. */
function attempt<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
