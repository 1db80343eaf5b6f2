import type {
  ConnectionKind,
  DurationMs,
  OfferedAccount,
  Platform,
  PolicyData,
  Reason,
  ScopesByCapability,
  Secret,
} from '@mooring/contracts';
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
  /** Already in the platform's own encoding; see {@link PlatformAdapter.pkce}. */
  readonly codeChallenge?: string;
  /** Ask again for permissions that were declined before, and let the person choose the account where that is possible. */
  readonly rerequest: boolean;
  /** A consent that was given before is renewed: what the platform counts from it is to begin anew (Meta's data access). */
  readonly renews?: boolean;
}

/** What a token endpoint answered: a success whose access token is usable. Absent facts are null, never guessed (C10). */
export interface ExchangedTokens {
  readonly accessToken: Secret;
  readonly refreshToken: Secret | null;
  readonly expiresInSeconds: number | null;
  readonly refreshExpiresInSeconds: number | null;
  /** The scopes that the answer named; null where it named none. */
  readonly grantedScopes: readonly string[] | null;
  /** Who consented, where the answer says so; text, whatever its size. */
  readonly subjectId: string | null;
}

/** What a code is exchanged with. */
export interface CodeExchange {
  readonly code: Secret;
  readonly redirectUri: string;
  readonly codeVerifier: Secret | null;
}

/**
 * Who makes the redirect and exchanges the code: one of the passport packages for the platform, with the adapter's addresses
 * and its reading of the answer, or the adapter itself behind one passport strategy that all such platforms share.
 */
export type AuthorizationFlow =
  | {
      readonly strategy: 'passport-facebook' | 'passport-linkedin-oauth2';
      /** Reads the token endpoint's answer. Throws PlatformFailure. */
      readTokenAnswer(answer: Readonly<Record<string, unknown>>): ExchangedTokens;
    }
  | {
      readonly strategy: 'adapter';
      /** The consent page, with every parameter. */
      authorizationUrl(request: AuthorizationRequest): string;
      /** Throws PlatformFailure. One attempt: a code is spent once. */
      exchangeCode(exchange: CodeExchange): Promise<ExchangedTokens>;
    };

/** The parameters of the platform's redirect to us, already matched to a session by state. */
export interface CallbackParameters {
  readonly code?: string;
  readonly error?: string;
  readonly errorReason?: string;
  readonly errorCode?: string;
  readonly errorDescription?: string;
  /** Meta's own form for faults of the app's settings, sent without `error`. */
  readonly errorMessage?: string;
  /** Every other parameter that came once, by its name in the address, such as TikTok's `scopes` and `errCode`; never state. */
  readonly rest?: Readonly<Record<string, string>>;
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

/** A live token's facts as the platform tells them. What it doesn't tell is left out, and what was known before stands. */
export interface LiveToken {
  readonly alive: true;
  /** Null: this clock doesn't run. Absent: the platform doesn't say (X and TikTok don't). */
  readonly expiresAt?: Date | null;
  readonly dataAccessExpiresAt?: Date | null;
  /** Absent: the platform doesn't say. */
  readonly grantedScopes?: readonly string[];
  /** Scopes known to be missing; empty where `grantedScopes` is absent. */
  readonly missingScopes: readonly string[];
}

/** A dead token, and why. */
export interface DeadToken {
  readonly alive: false;
  readonly failure: PlatformFailure;
  /**
   * True where the platform's answer also fits an access token that has merely lapsed: a grant with a refresh token is then
   * renewed before anything is concluded.
   */
  readonly renewalDecides?: boolean;
}

/** What an inspection found; no answer is a thrown {@link PlatformFailure} of a class that isn't final. */
export type TokenInspection = LiveToken | DeadToken;

/** Which token to inspect. */
export interface InspectionTarget {
  readonly token: Secret;
  /** Null for the grant's own token. */
  readonly account: { readonly accountId: string; readonly kind: ConnectionKind } | null;
}

/** A post that the platform shows on an account. */
export interface RecentPost {
  readonly postId: string;
  readonly text: string | null;
  readonly permalink: string | null;
  readonly imageUrl: string | null;
  readonly publishedAt: Date | null;
}

/** Which account's posts to read. */
export interface PostsTarget {
  readonly token: Secret;
  readonly account: { readonly accountId: string; readonly kind: ConnectionKind };
  /** At most this many, newest first. */
  readonly limit: number;
}

/** One thing that was checked of the operator's app at the platform. `detail` is for operators: what is wrong, what mends it. */
export interface ReadinessCheck {
  /** Short and stable, as `client_secret` or `api_version`. */
  readonly name: string;
  readonly outcome: 'ok' | 'failed' | 'unknown';
  readonly detail: string;
}

/** What may have happened when the platform gives notice; confirmed by an inspection before anything changes. */
export interface PushNotice {
  /** The call-back that brings it, as in `/webhooks/{platform}/{callback}`. */
  readonly callback: string;
  readonly kind: VerifiedCallback['kind'];
  readonly means: string;
}

/** A call-back of the platform, verified on its raw body. */
export interface VerifiedCallback {
  readonly kind: 'deauthorized' | 'permissions_changed' | 'data_deletion';
  readonly subjectId: string;
  readonly issuedAt: Date | null;
  /**
   * Why, where the notice says (TikTok); absent or null where it doesn't. Counts only where the inspection finds the consent
   * dead and knows no better than `unknown`.
   */
  readonly reason?: Reason | null;
  /** Same for every delivery of the same notice. */
  readonly deduplicationKey: string;
  /** True where the platform may name the person by the id of an account that is connected: that is looked for as well. */
  readonly mayNameAccount?: boolean;
}

/** How far a limit of the platform is used, as its answer's headers tell. */
export interface PlatformUsage {
  /** 0 is unused, 1 is used up. */
  readonly usedFraction: number;
  /** How long the platform asks to stay away; null where it names no time. */
  readonly regainAfterMs: DurationMs | null;
  readonly limitScope: 'app' | 'token';
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
  /** Where kinds differ: the scopes without which a connection of a kind is of no use. Absent: `requiredScopes` for all. */
  requiredScopesOf?(kind: ConnectionKind): readonly string[];
  /** `S256_hex` is TikTok's own: the SHA-256 of the verifier in lower-case hexadecimal digits. */
  readonly pkce: 'S256' | 'S256_hex' | 'none';
  readonly flow: AuthorizationFlow;
  readonly policy: PolicyData;
  /** True where a consent without a refresh token is nothing odd, though the policy would renew by one (LinkedIn, C13). */
  readonly refreshTokenOptional?: boolean;
  /** Row of the scope matrix by kind (L-27, C42). Every scope in it is one of `scopes`, or is optional and never asked for. */
  readonly capabilities: Readonly<Record<ConnectionKind, ScopesByCapability>>;
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
  /** What to do at this platform for a reason (L-15), in plain words; every reason that its errors can lead to. */
  readonly guidance: Readonly<Partial<Record<Reason, string>>>;
  readonly pushNotices: readonly PushNotice[];

  /** Extra parameters of the authorization URL beyond RFC 6749's. */
  authorizationParameters(request: AuthorizationRequest): Readonly<Record<string, string>>;
  /** Reads the platform's redirect (state is checked before). */
  readCallback(parameters: CallbackParameters): CallbackOutcome;
  /** Classifies an HTTP answer of the platform that is not a success (used for the code exchange too). */
  classify(status: number, body: string, headers?: Readonly<Record<string, string>>): PlatformFailure;

  /** Turns the code exchange's token into the longest-lived one and reads who consented to what. */
  establish(tokens: ExchangedTokens): Promise<Consent>;
  /** Every account behind the consent, those that can't be chosen with the reason. Bounded paging. */
  discover(consent: Consent): Promise<readonly DiscoveredAccount[]>;
  /**
   * Renews the grant's tokens. Throws PlatformFailure; the failure says whether the request may have arrived. An answer
   * whose access token lapses no later than before is still an answer: the platform did not extend it.
   */
  refresh(tokens: GrantTokens): Promise<GrantTokens>;
  /** Asks the platform whether a token lives. Throws only where there is no answer. */
  inspect(target: InspectionTarget): Promise<TokenInspection>;
  /** The newest posts of an account; null where the platform lets no such app read them. */
  readonly recentPosts: ((target: PostsTarget) => Promise<readonly RecentPost[]>) | null;
  /** Takes the consent back. `unsupported` where the platform has no such call. Tokens are null where none can be opened. */
  revoke(consent: {
    readonly subjectId: string;
    readonly tokens: GrantTokens | null;
  }): Promise<'revoked' | 'unsupported'>;
  /** Tries the operator's app at the platform: no person is involved. Never throws for what the platform answers. */
  checkReadiness(): Promise<readonly ReadinessCheck[]>;
  /** How far limits are used, from an answer's headers (names in lower case); null where they say nothing. */
  readUsage(headers: Readonly<Record<string, string>>): PlatformUsage | null;
  /** What a publisher must send beside the token, if anything (Meta's appsecret_proof). */
  proofOf(token: Secret): string | undefined;
  /**
   * Verifies a call-back on its raw body and reads its notices: several where the platform batches, none where an authentic
   * one is about something that is not followed here.
   * Throws InvalidCallbackError for anything that is not the platform's. `path` ends in the name of the call-back, which is
   * one of `pushNotices`.
   */
  readPlatformCallback(request: RawCallback): readonly VerifiedCallback[];
  /**
   * Answers the platform's question whether an address wants its notices (WebSub's hub.challenge, X's crc_token).
   * Throws InvalidCallbackError for anybody who doesn't know what only the platform knows, and where there is no such question.
   */
  answerChallenge(query: Readonly<Record<string, string | undefined>>): {
    readonly contentType: string;
    readonly body: string;
  };
}
