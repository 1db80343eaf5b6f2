import type {
  ActivateGrantRequest,
  GrantStateData,
  OpenPendingGrantRequest,
  PendingGrantView,
  PlatformReadiness,
  RecentPostView,
  ReleaseRequest,
  RevocationResultCode,
} from '@mooring/contracts';
import { activated, grantOf, offerOf } from './grant-states.ts';
import { type FakeAnswer, type FakeServer, type SeenRequest, startFakeServer } from './http-server.ts';

const problem = (status: number, code: string): FakeAnswer => ({ status, body: { code, status } });

/** The vault's internal API over real HTTP, without tokens and platforms; and the token endpoint for calling it. */
export class FakeVault {
  #server: FakeServer;
  offer: PendingGrantView = offerOf();
  /** In place of the next answers. */
  refusal: FakeAnswer | null = null;
  /** In place of the answers about one session. */
  readonly refusals = new Map<string, FakeAnswer>();
  releaseResult: RevocationResultCode = 'revoked';
  readonly opened: OpenPendingGrantRequest[] = [];
  readonly activations: ActivateGrantRequest[] = [];
  readonly released: ReleaseRequest[] = [];
  readonly pending = new Set<string>();
  readonly discarded: string[] = [];
  posts: readonly RecentPostView[] = [];
  readiness: readonly PlatformReadiness[] = [];
  readonly postsAsked: string[] = [];
  readonly grants = new Map<string, GrantStateData>();

  async start(): Promise<void> {
    this.#server = await startFakeServer((request) => this.#answer(request));
  }

  get url(): string {
    return this.#server.url;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  reset(): void {
    this.offer = offerOf();
    this.refusal = null;
    this.refusals.clear();
    this.releaseResult = 'revoked';
    for (const list of [this.opened, this.activations, this.released, this.discarded, this.postsAsked]) list.length = 0;
    this.pending.clear();
    this.posts = [];
  }

  unreachable(): void {
    this.refusal = problem(503, 'vault_unavailable');
  }

  #answer(request: SeenRequest): FakeAnswer {
    if (request.path === '/token') return { status: 200, body: { access_token: 'service-token', expires_in: 300 } };
    if (this.refusal) return this.refusal;
    const [, , resource, sessionId = '', verb] = request.path.split('/');
    const refusal = this.refusals.get(sessionId.split('?')[0] ?? '');
    if (refusal) return refusal;
    const body = (request.body ? JSON.parse(request.body) : {}) as never;
    if (resource === 'platforms') return { status: 200, body: { platforms: this.readiness } };
    if (resource === 'connections') return this.#recentPosts(request);
    if (resource === 'releases') return this.#release(body);
    if (verb === 'activate') return this.#activate(sessionId, body);
    if (request.method === 'DELETE') return this.#discard(sessionId);
    return this.#open(body);
  }

  #open(request: OpenPendingGrantRequest): FakeAnswer {
    this.opened.push(request);
    this.pending.add(request.sessionId);
    return { status: 200, body: { ...this.offer, sessionId: request.sessionId } };
  }

  #activate(sessionId: string, request: ActivateGrantRequest): FakeAnswer {
    this.activations.push(request);
    const known = this.grants.get(sessionId);
    if (known) return { status: 200, body: { grant: known } };
    if (!this.pending.delete(sessionId)) return problem(410, 'pending_grant_gone');
    return { status: 200, body: { grant: this.#activated(sessionId, request) } };
  }

  #activated(sessionId: string, { connections, workspaceId }: ActivateGrantRequest): GrantStateData {
    const before = [...this.grants.values()].findLast(({ grantId }) => grantId === this.offer.existingGrantId);
    const renewed = new Set(this.offer.accounts.map(({ accountId }) => accountId));
    const others = (before?.connections ?? [])
      .filter((one) => !connections.some(({ connectionId }) => connectionId === one.connectionId))
      .map((one) => (renewed.has(one.accountId) ? { ...one, cutOff: null } : one));
    const grant = grantOf({
      ...(before && { grantId: before.grantId }),
      workspaceId,
      version: (before?.version ?? 0) + 10,
      generation: (before?.generation ?? 0) + 1,
      connections: [...others, ...connections.map((connection) => activated(connection))],
    });
    this.grants.set(sessionId, grant);
    return grant;
  }

  #discard(sessionId: string): FakeAnswer {
    this.discarded.push(sessionId);
    this.pending.delete(sessionId);
    return { status: 204 };
  }

  #recentPosts({ path, query }: SeenRequest): FakeAnswer {
    this.postsAsked.push(`${path}?${query.toString()}`);
    return { status: 200, body: { posts: this.posts } };
  }

  #release(request: ReleaseRequest): FakeAnswer {
    this.released.push(request);
    return { status: 200, body: { result: this.releaseResult } };
  }
}
