import type { ConnectionKind, DurationMs, OfferedAccount, Platform, PolicyData, Secret } from '@mooring/contracts';
import type { PlatformFailure } from './platform-failure.ts';

/** The operator's registration at a platform. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

/** A parameter that the platform prescribes to stand in a URL although it is secret; such URLs are never logged. */
export interface SecretUrlParameter {
  readonly name: string;
  /** Where the platform prescribes it. */
  readonly source: string;
}

/** What a browser is sent to the platform with. */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly state: string;
  readonly scopes: readonly string[];
  readonly codeChallenge?: string;
  /** Ask again for permissions that were declined before. */
  readonly rerequest: boolean;
}

/** The parameters of the platform's redirect to us, already matched to a session by state. */
export interface CallbackParameters {
  readonly code?: string;
  readonly error?: string;
  readonly errorReason?: string;
  readonly errorCode?: string;
  readonly errorDescription?: string;
  /** Meta's own form for faults of the app's settings, sent without `error`. */
  readonly errorMessage?: string;
}

/** What a redirect without a code means. */
export type CallbackOutcome =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'misconfigured'; readonly detail: string }
  | { readonly kind: 'unavailable' };

/** A token with the clocks that the platform gave it; null where a clock does not run or is not known. */
export interface IssuedToken {
  readonly value: Secret;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly dataAccessExpiresAt: Date | null;
}

/** The tokens of a grant itself. */
export interface GrantTokens {
  readonly access: IssuedToken;
  readonly refresh: IssuedToken | null;
}

/** Who consented, and to what. */
export interface Consent {
  readonly subjectId: string;
  readonly subjectName: string | null;
  readonly grantedScopes: readonly string[];
  readonly tokens: GrantTokens;
}

/** An account behind a consent, with its own token where the platform gives one. */
export interface DiscoveredAccount {
  readonly offered: OfferedAccount;
  /** Null: the account is used with the grant's own token, or can't be used. */
  readonly token: IssuedToken | null;
  readonly grantedScopes: readonly string[];
  readonly missingScopes: readonly string[];
}

/** A live token's facts as the platform tells them. */
export interface LiveToken {
  readonly alive: true;
  readonly expiresAt: Date | null;
  readonly dataAccessExpiresAt: Date | null;
  readonly grantedScopes: readonly string[];
  readonly missingScopes: readonly string[];
}

/** A dead token, and why. */
export interface DeadToken {
  readonly alive: false;
  readonly failure: PlatformFailure;
}

/** What an inspection found; no answer is a thrown {@link PlatformFailure} of a class that isn't final. */
export type TokenInspection = LiveToken | DeadToken;

/** Which token to inspect. */
export interface InspectionTarget {
  readonly token: Secret;
  /** Null for the grant's own token. */
  readonly account: { readonly accountId: string; readonly kind: ConnectionKind } | null;
}

/** A call-back of the platform, verified on its raw body. */
export interface VerifiedCallback {
  readonly kind: 'deauthorized' | 'permissions_changed' | 'data_deletion';
  readonly subjectId: string;
  readonly issuedAt: Date | null;
  /** Same for every delivery of the same notice. */
  readonly deduplicationKey: string;
}

/** Raw HTTP request of a platform's call-back. */
export interface RawCallback {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/**
 * One platform. Pure protocol: no database, no framework, no clock but the one it is given. Every method that talks to the
 * platform throws {@link PlatformFailure} and nothing else.
 */
export interface PlatformAdapter {
  readonly platform: Platform;
  readonly kinds: readonly ConnectionKind[];
  readonly credentials: AppCredentials;
  /** Scopes asked for at consent. */
  readonly scopes: readonly string[];
  /** Scopes without which publishing does not work. */
  readonly requiredScopes: readonly string[];
  readonly pkce: 'S256' | 'none';
  readonly policy: PolicyData;
  /** Taking consent back at the platform ends every token of that person for our app, in all workspaces. */
  readonly revokesWholeSubject: boolean;
  /** A connection's own token dies with the token that is renewed. */
  readonly accountTokensDependOnRefresh: boolean;
  readonly secretUrlParameters: readonly SecretUrlParameter[];
  /** Hosts the adapter calls; the HTTP port refuses any other. */
  readonly hosts: readonly string[];
  /** OAuth endpoints, for the passport strategy that runs the redirect and the code exchange. */
  readonly endpoints: { readonly authorizationUrl: string; readonly tokenUrl: string };
  /** What a person needs, shown before leaving for the platform (L-07). */
  readonly requirements: readonly string[];
  /** Where the person manages what apps may do, in words. */
  readonly manageAccessAt: string;

  /** Extra parameters of the authorization URL beyond RFC 6749's. */
  authorizationParameters(request: AuthorizationRequest): Readonly<Record<string, string>>;
  /** Reads the platform's redirect (state is checked before). */
  readCallback(parameters: CallbackParameters): CallbackOutcome;
  /** Classifies an HTTP answer of the platform that is not a success (used for the code exchange too). */
  classify(status: number, body: string, headers?: Readonly<Record<string, string>>): PlatformFailure;

  /** Turns the code exchange's token into the longest-lived one and reads who consented to what. */
  establish(input: {
    readonly accessToken: Secret;
    readonly refreshToken?: Secret;
    readonly expiresInMs?: DurationMs;
  }): Promise<Consent>;
  /** Every account behind the consent, those that can't be chosen with the reason. Bounded paging. */
  discover(consent: Consent): Promise<readonly DiscoveredAccount[]>;
  /**
   * Renews the grant's tokens. Throws PlatformFailure; the failure says whether the request may have arrived. An answer
   * whose access token lapses no later than before is still an answer: the platform did not extend it.
   */
  refresh(tokens: GrantTokens): Promise<GrantTokens>;
  /** Asks the platform whether a token lives. Throws only where there is no answer. */
  inspect(target: InspectionTarget): Promise<TokenInspection>;
  /** Takes the consent back. `unsupported` where the platform has no such call. */
  revoke(input: { readonly subjectId: string; readonly token: Secret | null }): Promise<'revoked' | 'unsupported'>;
  /** What a publisher must send beside the token, if anything (Meta's appsecret_proof). */
  proofOf(token: Secret): string | undefined;
  /**
   * Verifies a call-back on its raw body and reads its notices: at least one, several where the platform batches.
   * Throws InvalidCallbackError for anything that is not the platform's. `path` ends in the name of the call-back.
   */
  readPlatformCallback(request: RawCallback): readonly VerifiedCallback[];
}
