/**
 * Who wraps data keys: a key ring in this process, or later a key management service (AWS KMS `Encrypt`/`Decrypt` with
 * an encryption context, HashiCorp Vault transit with `associated_data`). Plaintext keys cross it as buffers of 32
 * bytes that the caller zeroes.
 */
export interface KeyProvider {
  /** The key that new data keys are wrapped under. */
  currentKeyId(): string;
  /**
   * Wraps 32 bytes under the current key, bound to the associated data.
   * @throws whatever the provider's transport throws
   */
  wrap(dataKey: Buffer, aad: Buffer): Promise<WrappedBytes>;
  /**
   * Opens what `wrap` made.
   * @throws KeyUnknownError where the key isn't there (any more); NotAuthenticError where bytes or associated data don't fit
   */
  unwrap(wrapped: WrappedBytes, aad: Buffer): Promise<Buffer>;
}

/** A wrapped data key as it is stored. */
export interface WrappedBytes {
  /** The wrapping key, so that rotation can find what still uses an old one. */
  readonly keyId: string;
  readonly bytes: Buffer;
}
