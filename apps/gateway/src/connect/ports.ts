import type { ExchangedTokens } from '@mooring/adapters-core';
import type {
  ActivateGrantAnswer,
  ActivateGrantRequest,
  OpenPendingGrantRequest,
  PendingGrantView,
  Platform,
  PlatformReadinessAnswer,
  RecentPostsAnswer,
  ReleaseAnswer,
  ReleaseRequest,
  Secret,
} from '@mooring/contracts';
import type { ConnectSession } from './connect-session.ts';

/** Connect sessions of the workspaces that the transaction may see. */
export interface SessionStore {
  find(id: string): Promise<ConnectSession | null>;
  lock(id: string): Promise<ConnectSession | null>;
  save(session: ConnectSession): Promise<void>;
  /**
   * Uses a state up in one statement, whatever its age: of two callbacks with the same state one gets the session,
   * now `completing`, and the other nothing.
   */
  consumeState(stateHash: Buffer): Promise<ConnectSession | null>;
  /** Ids of sessions in which this connection is being activated. */
  activatingWith(connectionId: string): Promise<string[]>;
}

/** A session that needs a push, wherever it belongs. */
export interface DueSession {
  readonly id: string;
  readonly workspaceId: string;
}

/** Sessions of all workspaces, for the poller; each answer is bounded. */
export abstract class SessionQueue {
  /** Offered or claimed, and the time to choose is over. */
  abstract overdueChoices(): Promise<DueSession[]>;
  /** Failed or expired with a pending grant that the vault may still hold. */
  abstract unsettled(): Promise<DueSession[]>;
  /** Activating for longer than a request takes. */
  abstract stalledActivations(): Promise<DueSession[]>;
  /** A process died between the state's use and the offer. */
  abstract stalledCompletions(): Promise<DueSession[]>;
  /** Deletes sessions that are settled and need no longer be kept; answers the platforms of those that nobody came back from. */
  abstract deleteOld(): Promise<Platform[]>;
}

/** The OAuth client of one platform. Throws PlatformFailure. */
export interface OAuthClient {
  /** The platform's consent page; the PKCE verifier comes back sealed for this session, where the platform uses PKCE. */
  authorize(request: {
    readonly sessionId: string;
    readonly state: string;
    readonly rerequest: boolean;
    /** A reconnect. */
    readonly renews?: boolean;
  }): Promise<{
    readonly url: string;
    readonly sealedVerifier: Buffer | null;
  }>;
  exchangeCode(request: {
    readonly sessionId: string;
    readonly code: Secret;
    readonly sealedVerifier: Buffer | null;
  }): Promise<ExchangedTokens>;
}

/** OAuth clients of the platforms that are configured. */
export abstract class OAuthClients {
  abstract get(platform: Platform): OAuthClient | undefined;
}

/** Whose newest posts, and how many at most. */
export interface RecentPostsRequest {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly limit: number;
}

/**
 * The vault's internal API. Throws MooringError: `vault_unavailable` where there is no answer, `pending_grant_gone`,
 * `superseded`, and what the platform's refusal means.
 */
export abstract class VaultClient {
  abstract openPendingGrant(request: OpenPendingGrantRequest): Promise<PendingGrantView>;
  /** Idempotent per session. */
  abstract activateGrant(sessionId: string, request: ActivateGrantRequest): Promise<ActivateGrantAnswer>;
  /** Idempotent; fine for a session that the vault doesn't know. */
  abstract discardPending(sessionId: string, workspaceId: string): Promise<void>;
  abstract release(request: ReleaseRequest): Promise<ReleaseAnswer>;
  abstract recentPosts(request: RecentPostsRequest): Promise<RecentPostsAnswer>;
  abstract platformReadiness(): Promise<PlatformReadinessAnswer>;
}
