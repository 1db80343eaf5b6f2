import { MooringError } from '@mooring/contracts';
import { createRemoteJWKSet, errors, type RemoteJWKSet } from 'jose';

const TIMEOUT_MS = 3_000;
/** No second fetch for an unknown key id sooner than this: a flood of forged ids must not become a flood at the issuer. */
const COOLDOWN_MS = 10_000;
const CACHE_MS_MAX = 600_000;
const DOCUMENT_BYTES_MAX = 256 * 1024;

/** Key set timed out, answered no 200, or no key set. */
const UNAVAILABLE_CODES = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);

/** The signing keys of one issuer, from its JWKS address or found by OpenID Connect Discovery 1.0 §4. */
export class IssuerKeys {
  readonly #issuer: string;
  #resolver: RemoteJWKSet | undefined;
  #discovery: Promise<RemoteJWKSet> | undefined;

  constructor(issuer: string, jwksUri: string | undefined) {
    this.#issuer = issuer;
    if (jwksUri !== undefined) this.#resolver = this.#remote(jwksUri);
  }

  /** True for errors that say that keys could not be fetched, as opposed to a token that isn't good. */
  static isUnavailable(error: unknown): boolean {
    // jose says everything about tokens with its own errors; others come from the network.
    if (!(error instanceof errors.JOSEError)) return true;
    return UNAVAILABLE_CODES.has(error.code);
  }

  /** @throws MooringError `temporarily_unavailable` when discovery gets no usable answer; it is tried again next time */
  async resolver(): Promise<RemoteJWKSet> {
    if (this.#resolver !== undefined) return this.#resolver;
    this.#discovery ??= this.#discover().finally(() => {
      this.#discovery = undefined;
    });
    this.#resolver = await this.#discovery;
    return this.#resolver;
  }

  #remote(jwksUri: string): RemoteJWKSet {
    return createRemoteJWKSet(new URL(jwksUri), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: COOLDOWN_MS,
      cacheMaxAge: CACHE_MS_MAX,
    });
  }

  async #discover(): Promise<RemoteJWKSet> {
    const url = `${this.#issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      const text = await response.text();
      if (!response.ok || text.length > DOCUMENT_BYTES_MAX) throw new Error('no usable discovery document');
      const { issuer, jwks_uri: jwksUri } = JSON.parse(text) as Record<string, unknown>;
      if (issuer !== this.#issuer || typeof jwksUri !== 'string') throw new Error('discovery names another issuer');
      return this.#remote(jwksUri);
    } catch (error) {
      throw new MooringError('temporarily_unavailable', { cause: error });
    }
  }
}
