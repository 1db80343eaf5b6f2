import type { KeyProvider } from '@mooring/crypto';

const SEPARATOR = 0;
const VERIFIER_BYTES = 32;

const boundTo = (sessionId: string): Buffer => Buffer.from(`mooring pkce verifier v1\n${sessionId}`);

/** Seals PKCE verifiers (32 random bytes as base64url) under the gateway's own key ring, bound to their session. */
export class VerifierSeal {
  constructor(private readonly keys: KeyProvider | null) {}

  async seal(sessionId: string, verifier: string): Promise<Buffer> {
    const plain = Buffer.from(verifier, 'base64url');
    if (plain.length !== VERIFIER_BYTES) throw new RangeError('a verifier is 32 bytes as base64url');
    const { keyId, bytes } = await this.#keys().wrap(plain, boundTo(sessionId));
    return Buffer.concat([Buffer.from(keyId), Buffer.of(SEPARATOR), bytes]);
  }

  async open(sessionId: string, sealed: Buffer): Promise<string> {
    const end = sealed.indexOf(SEPARATOR);
    const wrapped = { keyId: sealed.toString('utf8', 0, end), bytes: sealed.subarray(end + 1) };
    return (await this.#keys().unwrap(wrapped, boundTo(sessionId))).toString('base64url');
  }

  #keys(): KeyProvider {
    if (!this.keys) throw new Error('a platform that uses PKCE needs KEY_RING');
    return this.keys;
  }
}
