import { createSecretKey, type KeyObject, randomFillSync } from 'node:crypto';
import { zero } from './aes-gcm.ts';
import { lengthPrefixed } from './canonical.ts';
import { BlobMalformedError } from './errors.ts';
import type { KeyProvider, WrappedBytes } from './key-provider.ts';

const DATA_KEY_BYTES = 32;
const PURPOSE = 'mooring data key v1';

/** Whose data key it is. It is bound into the wrapping: a wrapped key moved to another row opens no more. */
export interface DataKeyOwner {
  readonly workspaceId: string;
  readonly grantId: string;
}

/** A new data key: to be used at once, and as it is to be stored. */
export interface NewDataKey {
  readonly key: KeyObject;
  readonly wrapped: WrappedBytes;
}

function ownerAad(owner: DataKeyOwner): Buffer {
  return lengthPrefixed([PURPOSE, owner.workspaceId, owner.grantId]);
}

function toKeyObject(bytes: Buffer): KeyObject {
  try {
    if (bytes.length !== DATA_KEY_BYTES) throw new BlobMalformedError('the wrapped key has another length');
    return createSecretKey(bytes);
  } finally {
    zero(bytes);
  }
}

/** Makes the data key of a grant: 256 random bits, wrapped for its owner. */
export async function generateDataKey(provider: KeyProvider, owner: DataKeyOwner): Promise<NewDataKey> {
  const bytes = randomFillSync(Buffer.alloc(DATA_KEY_BYTES));
  try {
    const wrapped = await provider.wrap(bytes, ownerAad(owner));
    return { key: createSecretKey(bytes), wrapped };
  } finally {
    zero(bytes);
  }
}

/**
 * Opens a stored data key.
 * @throws KeyUnknownError where its wrapping key is gone; NotAuthenticError for another owner or changed bytes
 */
export async function unwrapDataKey(
  provider: KeyProvider,
  wrapped: WrappedBytes,
  owner: DataKeyOwner,
): Promise<KeyObject> {
  return toKeyObject(await provider.unwrap(wrapped, ownerAad(owner)));
}

/** True where a stored data key is still wrapped under another key than the current one. */
export function needsRewrap(provider: KeyProvider, wrapped: Pick<WrappedBytes, 'keyId'>): boolean {
  return wrapped.keyId !== provider.currentKeyId();
}

/**
 * Rotation: wraps the same data key under the current key; nothing that it sealed changes. Store the answer by
 * compare-and-swap on the old wrapping.
 * @throws as {@link unwrapDataKey}
 */
export async function rewrapDataKey(
  provider: KeyProvider,
  wrapped: WrappedBytes,
  owner: DataKeyOwner,
): Promise<WrappedBytes> {
  const aad = ownerAad(owner);
  const bytes = await provider.unwrap(wrapped, aad);
  try {
    return await provider.wrap(bytes, aad);
  } finally {
    zero(bytes);
  }
}
