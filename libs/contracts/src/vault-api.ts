import type { GrantStateData, RevocationResultCode } from './events/schemas.ts';
import type { ConnectionKind, Platform } from './platforms.ts';

/**
 * The vault's internal HTTP API, which only the gateway calls (scope `vault:internal`).
 *
 * | route | body | answer |
 * |---|---|---|
 * | `POST /internal/pending-grants` | {@link OpenPendingGrantRequest} | {@link PendingGrantView} |
 * | `POST /internal/pending-grants/{sessionId}/activate` | {@link ActivateGrantRequest} | {@link ActivateGrantAnswer} |
 * | `DELETE /internal/pending-grants/{sessionId}?workspaceId=` | – | 204 |
 * | `POST /internal/releases` | {@link ReleaseRequest} | {@link ReleaseAnswer} |
 * | `GET /internal/platforms/readiness` | – | {@link PlatformReadinessAnswer} |
 * | `GET /internal/connections/{connectionId}/posts?workspaceId=&limit=` | – | {@link RecentPostsAnswer} |
 */
export interface OpenPendingGrantRequest {
  readonly sessionId: string;
  readonly workspaceId: string;
  readonly platform: Platform;
  /** The token of the code exchange. It is in this body, and nowhere else between the two processes. */
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Seconds, where the platform said. */
  readonly expiresInSeconds?: number;
  /** Seconds that the refresh token lives, where the platform said. */
  readonly refreshExpiresInSeconds?: number;
  /** The scopes that the token answer named; absent where it named none. */
  readonly answeredScopes?: readonly string[];
  /** Who consented, where the token answer says so (TikTok's open_id, Instagram's user_id). */
  readonly subjectId?: string;
  readonly requestedScopes: readonly string[];
}

/** Why an offered account can't be chosen. */
export const UNSELECTABLE_REASONS = ['no_token', 'role_too_low', 'not_granted', 'unsupported_type'] as const;
/** One of {@link UNSELECTABLE_REASONS}. */
export type UnselectableReason = (typeof UNSELECTABLE_REASONS)[number];

/** One account that the person manages at the platform. */
export interface OfferedAccount {
  readonly accountId: string;
  readonly kind: ConnectionKind;
  readonly displayName: string;
  readonly username: string | null;
  readonly avatarUrl: string | null;
  readonly selectable: boolean;
  readonly unselectableReason: UnselectableReason | null;
}

/** What the vault found behind a consent. */
export interface PendingGrantView {
  readonly sessionId: string;
  readonly subjectId: string;
  readonly subjectName: string | null;
  /** The grant of the same workspace, platform and person, if there is one already. */
  readonly existingGrantId: string | null;
  readonly grantedScopes: readonly string[];
  readonly missingScopes: readonly string[];
  readonly accounts: readonly OfferedAccount[];
}

/** A connection to be activated; the activation number grows with every activation of that connection. */
export interface ActivatedConnection {
  readonly connectionId: string;
  readonly accountId: string;
  readonly kind: ConnectionKind;
  readonly activation: number;
}

export interface ActivateGrantRequest {
  readonly workspaceId: string;
  readonly purpose: 'connect' | 'reconnect';
  readonly connections: readonly ActivatedConnection[];
}

export interface ActivateGrantAnswer {
  readonly grant: GrantStateData;
}

export interface ReleaseRequest {
  readonly workspaceId: string;
  readonly grantId: string;
  readonly connectionId: string;
  readonly activation: number;
  readonly releaseId: string;
}

export interface ReleaseAnswer {
  readonly result: RevocationResultCode;
}

/** A post as the platform shows it; never more than the platform shows to whoever may see the account. */
export interface RecentPostView {
  readonly postId: string;
  readonly text: string | null;
  readonly permalink: string | null;
  readonly imageUrl: string | null;
  /** RFC 3339. */
  readonly publishedAt: string | null;
}

/**
 * The newest posts of an account, the newest first. Problems in place of it: `not_found`, `connection_not_usable`,
 * `not_supported` where the platform lets no app read them, `platform_unavailable`.
 */
export interface RecentPostsAnswer {
  readonly posts: readonly RecentPostView[];
}

/** `POST /v1/tokens` on the vault's tokens port. */
export interface TokenRequest {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/** The only API answer that carries a token. */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly expiresAt: string | null;
  readonly accountId: string;
  readonly scopes: readonly string[];
  readonly generation: number;
  /** hex HMAC-SHA256 that Meta asks for beside the token; publishers don't hold the app secret. */
  readonly appSecretProof?: string;
}

/** What one check of the operator's app at a platform found. `detail` is for operators. */
export interface PlatformCheck {
  readonly name: string;
  readonly outcome: 'ok' | 'failed' | 'unknown';
  readonly detail: string;
}

/** How the operator's app stands at a platform. */
export interface PlatformReadiness {
  readonly platform: Platform;
  /** False: the settings of the platform are not there; everything else is then empty. */
  readonly configured: boolean;
  /** open: no calls are made · half_open: one call may try. */
  readonly breaker: 'closed' | 'half_open' | 'open';
  /** Why calls are held back; null where they aren't. */
  readonly cause: 'outage' | 'rate_limited' | 'misconfigured' | null;
  /** The platform's words, scrubbed; for operators. */
  readonly detail: string | null;
  /** Since when the breaker stands as it does. */
  readonly since: string | null;
  /** When the checks were made; null: not yet. */
  readonly checkedAt: string | null;
  readonly checks: readonly PlatformCheck[];
}

/** `GET /internal/platforms/readiness`: every platform that Mooring knows. */
export interface PlatformReadinessAnswer {
  readonly platforms: readonly PlatformReadiness[];
}
