import type {
  ActivateGrantAnswer,
  ActivateGrantRequest,
  OpenPendingGrantRequest,
  PendingGrantView,
  PlatformReadinessAnswer,
  RecentPostsAnswer,
  ReleaseAnswer,
  ReleaseRequest,
} from '@mooring/contracts';
import { MooringError } from '@mooring/contracts';
import type { InternalHttpClient } from '@mooring/runtime';
import { type RecentPostsRequest, VaultClient } from './ports.ts';

/** The vault over internal HTTP (contracts/vault-api.ts). */
export class HttpVaultClient extends VaultClient {
  /** @param openTimeoutMs opening asks the platform many things, and a person waits for it */
  constructor(
    private readonly http: InternalHttpClient,
    private readonly openTimeoutMs: number,
  ) {
    super();
  }

  openPendingGrant(body: OpenPendingGrantRequest): Promise<PendingGrantView> {
    const path = '/internal/pending-grants';
    return this.#call({ method: 'POST', path, body, timeoutMs: this.openTimeoutMs });
  }

  activateGrant(sessionId: string, body: ActivateGrantRequest): Promise<ActivateGrantAnswer> {
    return this.#call({
      method: 'POST',
      path: `/internal/pending-grants/${sessionId}/activate`,
      body,
      idempotent: true,
    });
  }

  async discardPending(sessionId: string, workspaceId: string): Promise<void> {
    const query = new URLSearchParams({ workspaceId }).toString();
    await this.#call({ method: 'DELETE', path: `/internal/pending-grants/${sessionId}?${query}` });
  }

  release(body: ReleaseRequest): Promise<ReleaseAnswer> {
    return this.#call({ method: 'POST', path: '/internal/releases', body, idempotent: true });
  }

  recentPosts({ workspaceId, connectionId, limit }: RecentPostsRequest): Promise<RecentPostsAnswer> {
    const query = new URLSearchParams({ workspaceId, limit: String(limit) }).toString();
    const path = `/internal/connections/${connectionId}/posts?${query}`;
    // The vault asks the platform while a person waits.
    return this.#call({ method: 'GET', path, timeoutMs: this.openTimeoutMs });
  }

  platformReadiness(): Promise<PlatformReadinessAnswer> {
    return this.#call({ method: 'GET', path: '/internal/platforms/readiness' });
  }

  async #call<T>(call: Parameters<InternalHttpClient['request']>[0]): Promise<T> {
    try {
      return await this.http.request<T>(call);
    } catch (error) {
      // No token for the call is, to whoever waits, the same as no vault.
      const isTokenFault = error instanceof MooringError && error.code === 'temporarily_unavailable';
      throw isTokenFault ? new MooringError('vault_unavailable', { cause: error }) : error;
    }
  }
}
