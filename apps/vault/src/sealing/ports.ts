import type { Secret } from '@mooring/contracts';
import type { TokenKind } from './sealed-token.entity.ts';

/** Whose key: workspace and grant are bound into the wrapped key. */
export interface KeyOwner {
  readonly workspaceId: string;
  readonly grantId: string;
  readonly dataKeyId: string;
}

/** What a ciphertext is bound to; it opens nowhere else. */
export interface TokenPlace {
  /** `grant`, a connection's id, or `account:<kind>:<id>` behind a pending grant. */
  readonly owner: string;
  readonly kind: TokenKind;
  readonly generation: number;
}

/** A grant's data key, unwrapped. */
export interface GrantKey {
  seal(token: Secret, place: TokenPlace): Buffer;
  /** Throws {@link UnreadableTokenError}. */
  open(blob: Buffer, place: TokenPlace): Secret;
}

/** A data key as the database keeps it. */
export interface WrappedKey {
  /** The key-encryption key that it is wrapped under. */
  readonly wrappingKeyId: string;
  readonly wrappedKey: Buffer;
}

/** One data key per grant, wrapped by the key-encryption key. */
export abstract class GrantKeys {
  abstract create(owner: KeyOwner): Promise<{ readonly key: GrantKey; readonly wrapped: WrappedKey }>;
  /** Throws {@link UnreadableTokenError} where no key of ours unwraps it. */
  abstract unwrap(owner: KeyOwner, wrapped: WrappedKey): Promise<GrantKey>;
  /** Drops what is remembered of a key that was destroyed. */
  abstract forget(dataKeyId: string): void;
}

/** Thrown when a stored token can't be opened: a lost key, a wrong row or tampering. Tells nothing of the token. */
export class UnreadableTokenError extends Error {
  override readonly name = 'UnreadableTokenError';
  constructor(
    readonly what: 'key' | 'token',
    cause?: unknown,
  ) {
    super(`the stored ${what} cannot be opened`, { cause });
  }
}
