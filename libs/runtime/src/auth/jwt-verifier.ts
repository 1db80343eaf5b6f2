import { createHash } from 'node:crypto';
import { MooringError } from '@mooring/contracts';
import { decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import type { ServiceScopes, TrustedIssuer } from '../settings/identity-settings.ts';
import type { Caller } from './caller.ts';
import { IssuerKeys } from './issuer-keys.ts';

/** Who is trusted, and bounds. */
export interface JwtVerifierSettings {
  readonly issuers: readonly TrustedIssuer[];
  readonly serviceScopes: ServiceScopes;
  /** Verified tokens remembered; 0 turns the cache off. */
  readonly cacheEntriesMax?: number;
  /** How long a verified token is trusted without looking again; at most 60 s. */
  readonly cacheTtlMs?: number;
  /** Allowed difference between clocks, seconds. */
  readonly clockToleranceSeconds?: number;
}

/** Asymmetric algorithms only: with a shared secret every service could mint tokens. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const CACHE_ENTRIES_MAX = 10_000;
const CACHE_TTL_MS_MAX = 60_000;
const CLOCK_TOLERANCE_SECONDS = 5;
const TOKEN_LENGTH_MAX = 16_384;

interface Remembered {
  readonly caller: Caller;
  readonly untilMs: number;
}

function unauthenticated(cause?: unknown): MooringError {
  return new MooringError('unauthenticated', { cause });
}

function textClaim(claims: JWTPayload, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** RFC 9068 §2.2: a token got by client credentials has the client itself as its subject. */
function isClientsOwn(claims: JWTPayload): boolean {
  const client = textClaim(claims, 'client_id') ?? textClaim(claims, 'azp');
  return client !== undefined && client === claims.sub;
}

/**
 * Verifies bearer tokens of the trusted issuers (RFC 9068 as far as issuers follow it): signature, issuer, audience,
 * time, algorithm. JWTs run on real time, not on the business clock.
 */
export class JwtVerifier {
  readonly #settings: JwtVerifierSettings;
  readonly #keys = new Map<string, IssuerKeys>();
  readonly #remembered = new Map<string, Remembered>();

  constructor(settings: JwtVerifierSettings) {
    this.#settings = settings;
    for (const { issuer, jwksUri } of settings.issuers) {
      if (!this.#keys.has(issuer)) this.#keys.set(issuer, new IssuerKeys(issuer, jwksUri));
    }
  }

  /**
   * The caller that a token speaks for.
   * @throws MooringError `unauthenticated` for any token that isn't good; `temporarily_unavailable` where the issuer's keys can't be had
   */
  async verify(token: string): Promise<Caller> {
    if (token.length > TOKEN_LENGTH_MAX) throw unauthenticated();
    const key = createHash('sha256').update(token).digest('base64');
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined && remembered.untilMs > Date.now()) return remembered.caller;
    const claims = await this.#verifySignature(token);
    const caller = this.#toCaller(claims);
    this.#remember(key, caller, claims.exp ?? 0);
    return caller;
  }

  async #verifySignature(token: string): Promise<JWTPayload> {
    const issuer = this.#issuerOf(token);
    const keys = this.#keys.get(issuer);
    if (keys === undefined) throw unauthenticated();
    const trusted = this.#settings.issuers.filter((candidate) => candidate.issuer === issuer);
    try {
      const { payload } = await jwtVerify(token, await keys.resolver(), {
        issuer,
        audience: trusted.flatMap(({ audience }) => [...audience]),
        algorithms: ALGORITHMS,
        clockTolerance: this.#settings.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      // A key set that can't be read is our trouble, not the caller's: a 401 would sign people out.
      const keysMissing = error instanceof MooringError || IssuerKeys.isUnavailable(error);
      throw keysMissing ? new MooringError('temporarily_unavailable', { cause: error }) : unauthenticated(error);
    }
  }

  #issuerOf(token: string): string {
    try {
      return decodeJwt(token).iss ?? '';
    } catch (error) {
      throw unauthenticated(error);
    }
  }

  /** Which of the issuer's entries the token belongs to: the audience has to fit and the kind has to be the token's own. */
  #entryOf(claims: JWTPayload): TrustedIssuer {
    const audiences = [claims.aud ?? []].flat();
    const entries = this.#settings.issuers.filter(
      ({ issuer, audience }) => issuer === claims.iss && audience.some((trusted) => audiences.includes(trusted)),
    );
    const mixed = this.#settings.issuers.some(({ issuer, kind }) => issuer === claims.iss && kind === 'people');
    const kind = mixed ? (isClientsOwn(claims) ? 'services' : 'people') : 'services';
    const entry = entries.find((candidate) => candidate.kind === kind);
    if (entry === undefined) throw unauthenticated();
    return entry;
  }

  #toCaller(claims: JWTPayload): Caller {
    const entry = this.#entryOf(claims);
    const subject = claims.sub;
    if (subject === undefined || subject === '') throw unauthenticated();
    const identity = { kind: entry.kind, issuer: entry.issuer, subject };
    if (entry.kind === 'people') {
      const name = textClaim(claims, 'name');
      const email = textClaim(claims, 'email');
      return { ...identity, scopes: [], ...(name && { name }), ...(email && { email }) };
    }
    return { ...identity, ...this.#permissionsOf(entry, subject, claims) };
  }

  #permissionsOf(entry: TrustedIssuer, subject: string, claims: JWTPayload): Pick<Caller, 'scopes' | 'workspaces'> {
    const serviceIssuers = new Set(
      this.#settings.issuers.filter(({ kind }) => kind === 'services').map(({ issuer }) => issuer),
    );
    const { serviceScopes } = this.#settings;
    // Names come from tokens: what an object inherits is nobody's permission.
    const scopesOf = (name: string) => (Object.hasOwn(serviceScopes, name) ? serviceScopes[name] : undefined);
    // The same subject at another issuer is somebody else.
    const bare = serviceIssuers.size === 1 ? scopesOf(subject) : undefined;
    const mapped = scopesOf(`${entry.issuer}#${subject}`) ?? bare;
    if (mapped !== undefined) return mapped;
    const claimed = entry.scopeClaim === undefined ? undefined : claims[entry.scopeClaim];
    if (typeof claimed === 'string') return { scopes: claimed.split(' ').filter((scope) => scope !== '') };
    if (Array.isArray(claimed)) return { scopes: claimed.filter((scope) => typeof scope === 'string') };
    return { scopes: [] };
  }

  #remember(key: string, caller: Caller, expiresAtSeconds: number): void {
    const entriesMax = this.#settings.cacheEntriesMax ?? CACHE_ENTRIES_MAX;
    if (entriesMax <= 0) return;
    const ttlMs = Math.min(this.#settings.cacheTtlMs ?? CACHE_TTL_MS_MAX, CACHE_TTL_MS_MAX);
    // Oldest first: a Map keeps the order of insertion.
    this.#remembered.delete(key);
    const oldest = this.#remembered.keys().next();
    if (this.#remembered.size >= entriesMax && !oldest.done) this.#remembered.delete(oldest.value);
    this.#remembered.set(key, { caller, untilMs: Math.min(Date.now() + ttlMs, expiresAtSeconds * 1_000) });
  }
}
