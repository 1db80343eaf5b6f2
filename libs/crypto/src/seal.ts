import { decryptBlob, encryptBlob, type NamedKey, readHeader } from './aes-gcm.ts';
import { lengthPrefixedWithNumber } from './canonical.ts';
import { InputInvalidError } from './errors.ts';

const SEAL_MAGIC = 'MSEA';
const FORMAT = 'mooring sealed token v1';
const PLAINTEXT_BYTES_MAX = 64 * 1024;

/** What a sealed value is bound to. Another row's fields open nothing, though the key be the same. */
export interface SealContext {
  readonly workspaceId: string;
  /** The grant or connection that the token belongs to, with its kind in front: `grant:…`, `connection:…`. */
  readonly owner: string;
  /** `access_token`, `refresh_token`, `page_token`, … */
  readonly kind: string;
  /** The grant's generation at sealing. */
  readonly generation: number;
}

/** A data key with its id (the id of its row). */
export type DataKey = NamedKey;

/** The associated data: canonical and length-prefixed; format, data key id, workspace, owner, kind, generation. */
function sealAad(dataKeyId: string, context: SealContext): Buffer {
  const { workspaceId, owner, kind, generation } = context;
  return lengthPrefixedWithNumber([FORMAT, dataKeyId, workspaceId, owner, kind], generation);
}

/**
 * Seals a token under its grant's data key (AES-256-GCM, random nonce). The plaintext buffer is the caller's to zero.
 * Blob: magic, format, algorithm, key id, 12-byte nonce, ciphertext, 16-byte tag.
 * @throws InputInvalidError for an empty plaintext, one over 64 KiB, or a bad generation
 */
export function seal(plaintext: Buffer, dataKey: DataKey, context: SealContext): Buffer {
  // A blank token is never a token: sealing one would hide the fault until it is read.
  if (plaintext.length === 0) throw new InputInvalidError('there is nothing to seal');
  if (plaintext.length > PLAINTEXT_BYTES_MAX) {
    throw new InputInvalidError(`a sealed value has at most ${PLAINTEXT_BYTES_MAX} bytes`);
  }
  return encryptBlob(SEAL_MAGIC, dataKey, plaintext, sealAad(dataKey.id, context));
}

/**
 * Opens what {@link seal} made. Zero the answer when it has been used.
 * @throws BlobMalformedError, KeyUnknownError (sealed under another data key), NotAuthenticError
 */
export function open(blob: Buffer, dataKey: DataKey, context: SealContext): Buffer {
  return decryptBlob(SEAL_MAGIC, dataKey, blob, sealAad(dataKey.id, context));
}

/** The id of the data key that a blob was sealed under. @throws BlobMalformedError */
export function sealedUnder(blob: Buffer): string {
  return readHeader(SEAL_MAGIC, blob).keyId;
}
