import { SettingRefused } from './fields.ts';

/** Who a token speaks for. */
export const CALLER_KINDS = ['people', 'services'] as const;
/** One of {@link CALLER_KINDS}. */
export type CallerKind = (typeof CALLER_KINDS)[number];

/** One issuer of tokens that the operator trusts (flows.md, Identity). */
export interface TrustedIssuer {
  /** The exact `iss` claim. */
  readonly issuer: string;
  /** A token must name at least one of these in `aud`. */
  readonly audience: readonly string[];
  readonly kind: CallerKind;
  /** Where the keys are; without it they are looked up by OpenID discovery. */
  readonly jwksUri?: string;
  /** Services only: the claim that holds the scopes; without it only the settings map counts. */
  readonly scopeClaim?: string;
}

/** What one service may do, and where. */
export interface ServiceScope {
  readonly scopes: readonly string[];
  /** Limited to these workspaces; without it to none in particular. */
  readonly workspaces?: readonly string[];
}

/** By subject, or by `issuer#subject` where several issuers of services are trusted. */
export type ServiceScopes = Readonly<Record<string, ServiceScope>>;

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

function parseIssuer(value: unknown, index: number): TrustedIssuer {
  const refuse = (reason: string): never => {
    throw new SettingRefused(`entry ${index + 1} ${reason}`);
  };
  if (!isMembers(value)) return refuse('is not an object');
  const { issuer, kind, jwksUri, scopeClaim } = value;
  const audience = typeof value['audience'] === 'string' ? [value['audience']] : value['audience'];
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return refuse('has no issuer that is a URL');
  if (!isTexts(audience) || audience.length === 0) return refuse('has no audience');
  const knownKind = CALLER_KINDS.find((known) => known === kind);
  if (knownKind === undefined) return refuse(`has a kind other than ${CALLER_KINDS.join(' and ')}`);
  if (jwksUri !== undefined && (typeof jwksUri !== 'string' || !URL.canParse(jwksUri))) {
    return refuse('has a jwksUri that is no URL');
  }
  if (scopeClaim !== undefined && typeof scopeClaim !== 'string') return refuse('has a scopeClaim that is no text');
  return {
    issuer,
    audience,
    kind: knownKind,
    ...(jwksUri === undefined ? {} : { jwksUri }),
    ...(scopeClaim === undefined ? {} : { scopeClaim }),
  };
}

/** Checks the value of TRUSTED_ISSUERS. */
export function parseTrustedIssuers(value: unknown): readonly TrustedIssuer[] {
  if (!Array.isArray(value) || value.length === 0) throw new SettingRefused('is not a list with at least one issuer');
  return value.map(parseIssuer);
}

function parseServiceScope(value: unknown, subject: number): ServiceScope {
  if (isTexts(value)) return { scopes: value };
  if (isMembers(value) && isTexts(value['scopes'])) {
    const { scopes, workspaces } = value;
    if (workspaces === undefined) return { scopes };
    if (isTexts(workspaces)) return { scopes, workspaces };
  }
  throw new SettingRefused(`subject ${subject + 1} is neither a list of scopes nor {scopes, workspaces}`);
}

/** Checks the value of SERVICE_SCOPES. */
export function parseServiceScopes(value: unknown): ServiceScopes {
  if (!isMembers(value)) throw new SettingRefused('is not an object');
  return Object.fromEntries(
    Object.entries(value).map(([subject, scope], index) => [subject, parseServiceScope(scope, index)]),
  );
}
