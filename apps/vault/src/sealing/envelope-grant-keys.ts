import {
  CryptoError,
  generateDataKey,
  type KeyProvider,
  open,
  seal,
  type SealContext,
  unwrapDataKey,
  zero,
} from '@mooring/crypto';
import { type DurationMs, minutes, Secret } from '@mooring/contracts';
import type { KeyObject } from 'node:crypto';
import {
  type GrantKey,
  GrantKeys,
  type KeyOwner,
  type TokenPlace,
  UnreadableTokenError,
  type WrappedKey,
} from './ports.ts';

/** How long unwrapped data keys are remembered, and how many. */
export interface KeyCacheBounds {
  readonly entriesMax: number;
  /** At most {@link KEY_CACHE_MS_MAX}. */
  readonly ttlMs: DurationMs;
}

/** A key that was destroyed or rotated away stays usable in memory for no longer than this. */
export const KEY_CACHE_MS_MAX: DurationMs = minutes(5);

interface Remembered {
  readonly key: GrantKey;
  readonly untilMs: number;
}

/** Data keys by envelope encryption, with a bounded memory of unwrapped ones. */
export class EnvelopeGrantKeys extends GrantKeys {
  readonly #provider: KeyProvider;
  readonly #bounds: KeyCacheBounds;
  // Oldest first: a Map keeps the order of insertion.
  readonly #remembered = new Map<string, Remembered>();

  constructor(provider: KeyProvider, bounds: KeyCacheBounds) {
    super();
    this.#provider = provider;
    this.#bounds = { ...bounds, ttlMs: Math.min(bounds.ttlMs, KEY_CACHE_MS_MAX) };
  }

  async create(owner: KeyOwner): Promise<{ readonly key: GrantKey; readonly wrapped: WrappedKey }> {
    const { key, wrapped } = await generateDataKey(this.#provider, owner);
    const grantKey = new EnvelopeGrantKey(owner, key);
    return { key: grantKey, wrapped: { wrappingKeyId: wrapped.keyId, wrappedKey: wrapped.bytes } };
  }

  async unwrap(owner: KeyOwner, wrapped: WrappedKey): Promise<GrantKey> {
    const known = this.#remembered.get(owner.dataKeyId);
    if (known && known.untilMs > performance.now()) return known.key;
    try {
      const bytes = { keyId: wrapped.wrappingKeyId, bytes: wrapped.wrappedKey };
      const key = new EnvelopeGrantKey(owner, await unwrapDataKey(this.#provider, bytes, owner));
      this.#remember(owner.dataKeyId, key);
      return key;
    } catch (error) {
      // A key service that is away is no fault of the stored key.
      if (error instanceof CryptoError) throw new UnreadableTokenError('key', error);
      throw error;
    }
  }

  forget(dataKeyId: string): void {
    this.#remembered.delete(dataKeyId);
  }

  #remember(dataKeyId: string, key: GrantKey): void {
    if (this.#bounds.entriesMax <= 0) return;
    this.#remembered.delete(dataKeyId);
    const oldest = this.#remembered.keys().next();
    if (this.#remembered.size >= this.#bounds.entriesMax && !oldest.done) this.#remembered.delete(oldest.value);
    this.#remembered.set(dataKeyId, { key, untilMs: performance.now() + this.#bounds.ttlMs });
  }
}

class EnvelopeGrantKey implements GrantKey {
  readonly #owner: KeyOwner;
  readonly #key: KeyObject;

  constructor(owner: KeyOwner, key: KeyObject) {
    this.#owner = owner;
    this.#key = key;
  }

  seal(token: Secret, place: TokenPlace): Buffer {
    const plaintext = Buffer.from(token.reveal(), 'utf8');
    try {
      return seal(plaintext, { id: this.#owner.dataKeyId, key: this.#key }, this.#context(place));
    } finally {
      zero(plaintext);
    }
  }

  open(blob: Buffer, place: TokenPlace): Secret {
    let plaintext: Buffer | undefined;
    try {
      plaintext = open(blob, { id: this.#owner.dataKeyId, key: this.#key }, this.#context(place));
      return new Secret(plaintext.toString('utf8'));
    } catch (error) {
      if (error instanceof CryptoError) throw new UnreadableTokenError('token', error);
      throw error;
    } finally {
      if (plaintext) zero(plaintext);
    }
  }

  #context(place: TokenPlace): SealContext {
    const { workspaceId, grantId } = this.#owner;
    return { workspaceId, owner: `grant:${grantId}/${place.owner}`, kind: place.kind, generation: place.generation };
  }
}
