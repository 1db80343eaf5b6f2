import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';
import { BlobMalformedError, InputInvalidError, KeyUnknownError, NotAuthenticError } from './errors.ts';

/** NIST SP 800-38D §8.2.2: 96 random bits per value; a key seals far fewer than 2^32 of them. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';
const FORMAT_VERSION = 1;
const ALGORITHM_AES_256_GCM = 1;
const KEY_ID_BYTES_MAX = 255;
const MAGIC_BYTES = 4;
/** magic, format, algorithm, length of the key id. */
const FIXED_HEADER_BYTES = MAGIC_BYTES + 3;

/** A key with the id that blobs name it by. */
export interface NamedKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** The parts of a blob that are read before it is opened. */
export interface BlobHeader {
  readonly keyId: string;
  readonly headerBytes: number;
}

function checkKey(key: KeyObject): void {
  if (key.type !== 'secret' || key.symmetricKeySize !== KEY_BYTES) {
    throw new InputInvalidError(`a key is a secret of ${KEY_BYTES} bytes`);
  }
}

/**
 * Encrypts into `magic(4) format(1) algorithm(1) keyIdLength(1) keyId nonce(12) ciphertext tag(16)`. The associated
 * data isn't stored: whoever opens must say it again.
 */
export function encryptBlob(magic: string, { id: keyId, key }: NamedKey, plaintext: Buffer, aad: Buffer): Buffer {
  checkKey(key);
  const keyIdBytes = Buffer.byteLength(keyId, 'utf8');
  if (keyIdBytes === 0 || keyIdBytes > KEY_ID_BYTES_MAX) throw new InputInvalidError('a key id has 1 to 255 bytes');
  const headerBytes = FIXED_HEADER_BYTES + keyIdBytes;
  const nonceEnd = headerBytes + NONCE_BYTES;
  const blob = Buffer.alloc(nonceEnd + plaintext.length + TAG_BYTES);
  blob.write(magic, 0, 'latin1');
  blob[MAGIC_BYTES] = FORMAT_VERSION;
  blob[MAGIC_BYTES + 1] = ALGORITHM_AES_256_GCM;
  blob[MAGIC_BYTES + 2] = keyIdBytes;
  blob.write(keyId, FIXED_HEADER_BYTES, 'utf8');
  randomFillSync(blob, headerBytes, NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, blob.subarray(headerBytes, nonceEnd), { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  cipher.update(plaintext).copy(blob, nonceEnd);
  cipher.final();
  cipher.getAuthTag().copy(blob, nonceEnd + plaintext.length);
  return blob;
}

/** Reads a blob's header; throws BlobMalformedError where it isn't one of ours. */
export function readHeader(magic: string, blob: Buffer): BlobHeader {
  if (blob.length < FIXED_HEADER_BYTES) throw new BlobMalformedError('the blob is too short');
  if (blob.toString('latin1', 0, MAGIC_BYTES) !== magic) throw new BlobMalformedError('the blob has another magic');
  if (blob[MAGIC_BYTES] !== FORMAT_VERSION) throw new BlobMalformedError('the blob has an unknown format');
  if (blob[MAGIC_BYTES + 1] !== ALGORITHM_AES_256_GCM)
    throw new BlobMalformedError('the blob has an unknown algorithm');
  const headerBytes = FIXED_HEADER_BYTES + (blob[MAGIC_BYTES + 2] ?? 0);
  if (headerBytes === FIXED_HEADER_BYTES || blob.length < headerBytes + NONCE_BYTES + TAG_BYTES) {
    throw new BlobMalformedError('the blob is too short');
  }
  return { keyId: blob.toString('utf8', FIXED_HEADER_BYTES, headerBytes), headerBytes };
}

/** Opens a blob. The answer is a buffer of its own: zero it (`zero`) when it has been used. */
export function decryptBlob(magic: string, { id: keyId, key }: NamedKey, blob: Buffer, aad: Buffer): Buffer {
  checkKey(key);
  const header = readHeader(magic, blob);
  if (header.keyId !== keyId) throw new KeyUnknownError(header.keyId);
  const nonceEnd = header.headerBytes + NONCE_BYTES;
  const tagStart = blob.length - TAG_BYTES;
  const nonce = blob.subarray(header.headerBytes, nonceEnd);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(blob.subarray(tagStart));
  // update() releases plaintext that nobody has verified yet: it goes nowhere before final() has.
  const plaintext = decipher.update(blob.subarray(nonceEnd, tagStart));
  try {
    decipher.final();
  } catch {
    plaintext.fill(0);
    throw new NotAuthenticError();
  }
  return plaintext;
}

/** Overwrites buffers that held secrets. */
export function zero(...buffers: Buffer[]): void {
  for (const buffer of buffers) buffer.fill(0);
}
