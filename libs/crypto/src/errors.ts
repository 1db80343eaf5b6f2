/** Every code of {@link CryptoError}. */
export type CryptoErrorCode = 'blob_malformed' | 'key_unknown' | 'not_authentic' | 'key_ring_invalid' | 'input_invalid';

/** What all errors of this library have in common. None carries key material, plaintext or ciphertext. */
export class CryptoError extends Error {
  readonly code: CryptoErrorCode;

  constructor(code: CryptoErrorCode, message: string) {
    super(message);
    this.code = code;
    this.name = new.target.name;
  }
}

/** Thrown when bytes don't have the form of a sealed value or a wrapped key: truncated, another magic, an unknown version. */
export class BlobMalformedError extends CryptoError {
  constructor(message: string) {
    super('blob_malformed', message);
  }
}

/** Thrown when a value was sealed under another key than the one given, or a wrapping key isn't in the key ring. */
export class KeyUnknownError extends CryptoError {
  /** The key that is needed; an id, never a key. */
  readonly keyId: string;

  constructor(keyId: string) {
    super('key_unknown', `there is no key with the id ${keyId}`);
    this.keyId = keyId;
  }
}

/** Thrown when the tag doesn't fit: tampered bytes, another row's associated data, or the wrong key. Which one can't be told. */
export class NotAuthenticError extends CryptoError {
  constructor() {
    super('not_authentic', 'the value is not authentic');
  }
}

/** Thrown when a key ring's text has no usable key, a duplicate id or an entry that is not id:64 hex digits. */
export class KeyRingInvalidError extends CryptoError {
  constructor(message: string) {
    super('key_ring_invalid', message);
  }
}

/** Thrown when an argument is out of bounds: an id too long, an empty plaintext, a generation that is no whole number. */
export class InputInvalidError extends CryptoError {
  constructor(message: string) {
    super('input_invalid', message);
  }
}
