import { createHmac } from 'node:crypto';
import {
  type Consent,
  type DiscoveredAccount,
  type GrantTokens,
  InvalidCallbackError,
  type InspectionTarget,
  type IssuedToken,
  type PlatformAdapter,
  PlatformFailure,
  type RawCallback,
  type ReadinessCheck,
  type TokenInspection,
  type VerifiedCallback,
} from '@mooring/adapters-core';
import {
  days,
  type DurationMs,
  type OfferedAccount,
  type Platform,
  type PolicyData,
  type Reason,
  Secret,
} from '@mooring/contracts';

/** Every token of the test platform carries this. */
export const CANARY = 'canary-7f3a';
const LIFE_MS: DurationMs = days(60);

export interface TestPlatformOptions {
  readonly platform?: Platform;
  readonly accountTokens?: boolean;
  readonly dependsOnRefresh?: boolean;
  readonly refreshKind?: PolicyData['refreshKind'];
  readonly revokesWholeSubject?: boolean;
  /** What a consent brings; by default what the policy renews by. */
  readonly refreshToken?: 'none' | 'optional';
}

type Faults = Partial<Record<'readiness' | 'establish' | 'discover' | 'refresh' | 'inspect' | 'revoke', () => unknown>>;

/** A platform that does what a test says, and counts how often it was asked. */
export class TestPlatform {
  readonly adapter: PlatformAdapter;
  readonly calls: Record<string, number> = {};
  readonly revoked: { subjectId: string; token: string | undefined }[] = [];
  /** Runs before the call is answered; may throw or wait. */
  faults: Faults = {};
  /** Why a token is dead, by the token's text. */
  readonly dead = new Map<string, PlatformFailure>();
  subject = { id: 'person-1', name: 'Person One' as string | null };
  accounts: readonly string[] = ['page-1', 'page-2', 'page-3'];
  missingScopes: readonly string[] = [];
  /** Accounts that are shown and can't be chosen. */
  readonly unselectable = new Set<string>();
  /** What a check of the operator's app finds. */
  readiness: readonly ReadinessCheck[] = [];
  /** Called at every reset. */
  onReset: () => void = () => undefined;
  #serial = 0;

  constructor(
    readonly now: () => Date,
    readonly options: TestPlatformOptions = {},
  ) {
    this.adapter = this.#adapter();
  }

  reset(): void {
    this.onReset();
    this.readiness = [];
    this.faults = {};
    this.dead.clear();
    this.revoked.length = 0;
    this.missingScopes = [];
    this.unselectable.clear();
    this.subject = { id: `person-${++this.#serial}-${Date.now()}`, name: 'Person' };
    this.accounts = ['page-1', 'page-2', 'page-3'].map((account) => `${account}-${this.subject.id}`);
    for (const name of Object.keys(this.calls)) this.calls[name] = 0;
  }

  issue(what: string): IssuedToken {
    const now = this.now();
    const value = new Secret(`${CANARY}-${what}-${++this.#serial}`);
    return { value, issuedAt: now, expiresAt: new Date(now.getTime() + LIFE_MS), dataAccessExpiresAt: null };
  }

  /** Kills every token that has been issued so far, and those that come. */
  killAll(failure: PlatformFailure): void {
    this.dead.set('*', failure);
  }

  #refreshToken(): IssuedToken {
    return { ...this.issue('refresh'), expiresAt: null };
  }

  async #answer<T>(call: keyof Faults, make: () => T): Promise<T> {
    this.calls[call] = (this.calls[call] ?? 0) + 1;
    await this.faults[call]?.();
    return make();
  }

  #consent(): Consent {
    const usesRefreshToken =
      !this.options.refreshToken && ['rotating', 'reusable'].includes(this.options.refreshKind ?? 'reexchange');
    return {
      subjectId: this.subject.id,
      subjectName: this.subject.name,
      grantedScopes: ['pages_manage_posts'],
      tokens: { access: this.issue('user'), refresh: usesRefreshToken ? this.#refreshToken() : null },
    };
  }

  #discovered(): DiscoveredAccount[] {
    return this.accounts.map((accountId) => ({
      offered: offered(accountId, !this.unselectable.has(accountId)),
      token: this.options.accountTokens === false ? null : { ...this.issue(accountId), expiresAt: null },
      grantedScopes: ['pages_manage_posts'],
      missingScopes: [],
    }));
  }

  #refreshed(): GrantTokens {
    return {
      access: this.issue('user'),
      refresh: this.options.refreshKind === 'rotating' ? this.issue('refresh') : null,
    };
  }

  #inspected({ token }: InspectionTarget): TokenInspection {
    const failure = this.dead.get(token.reveal()) ?? this.dead.get('*');
    if (failure) return { alive: false, failure };
    const missingScopes = [...this.missingScopes];
    return {
      alive: true,
      expiresAt: token.reveal().includes('-user-') ? new Date(this.now().getTime() + LIFE_MS) : null,
      dataAccessExpiresAt: null,
      grantedScopes: ['pages_manage_posts'].filter((scope) => !missingScopes.includes(scope)),
      missingScopes,
    };
  }

  #adapter(): PlatformAdapter {
    const { options } = this;
    return {
      platform: options.platform ?? 'facebook',
      kinds: ['facebook_page'],
      credentials: { clientId: 'test-app', clientSecret: new Secret(`${CANARY}-secret`) },
      scopes: ['pages_manage_posts'],
      requiredScopes: ['pages_manage_posts'],
      pkce: 'none',
      flow: { strategy: 'passport-facebook', readTokenAnswer: () => unusedHere() },
      capabilities: { facebook_page: { publish: ['pages_manage_posts'] } },
      guidance: {},
      pushNotices: ['deauthorize', 'permissions', 'data-deletion'].map((callback) => ({
        callback,
        kind: 'deauthorized' as const,
        means: 'a test says so',
      })),
      recentPosts: null,
      checkReadiness: () => this.#answer('readiness', () => this.readiness),
      readUsage: () => null,
      answerChallenge: ({ word, challenge = '' }) =>
        word === 'agreed' ? { contentType: 'text/plain', body: challenge } : unusedHere(),
      policy: {
        refreshKind: options.refreshKind ?? 'reexchange',
        refreshLeadMs: days(7),
        refreshAtLifeFraction: null,
        refreshMinimumAgeMs: 0,
        inspectEveryMs: days(1),
      },
      refreshTokenOptional: options.refreshToken === 'optional',
      revokesWholeSubject: options.revokesWholeSubject ?? true,
      accountTokensDependOnRefresh: options.dependsOnRefresh ?? false,
      secretUrlParameters: [],
      hosts: [],
      endpoints: { authorizationUrl: 'https://platform.test/a', tokenUrl: 'https://platform.test/t' },
      requirements: [],
      manageAccessAt: 'the platform',
      authorizationParameters: () => ({}),
      readCallback: () => ({ kind: 'declined' }),
      classify: () => transient(),
      establish: () => this.#answer('establish', () => this.#consent()),
      discover: () => this.#answer('discover', () => this.#discovered()),
      refresh: () => this.#answer('refresh', () => this.#refreshed()),
      inspect: (target) => this.#answer('inspect', () => this.#inspected(target)),
      revoke: ({ subjectId, tokens }) =>
        this.#answer('revoke', () => {
          this.revoked.push({ subjectId, token: tokens?.access.value.reveal() });
          return 'revoked' as const;
        }),
      proofOf: (token) => createHmac('sha256', 'test').update(token.reveal()).digest('hex'),
      readPlatformCallback: readCallback,
    };
  }
}

function unusedHere(): never {
  throw new InvalidCallbackError('not of this test platform');
}

function offered(accountId: string, selectable: boolean): OfferedAccount {
  return {
    accountId,
    kind: 'facebook_page',
    displayName: `Page ${accountId}`,
    username: null,
    avatarUrl: null,
    selectable,
    unselectableReason: selectable ? null : 'not_granted',
  };
}

interface SentNotice {
  readonly subjectId: string;
  readonly id: string;
  readonly mayNameAccount?: boolean;
  readonly reason?: Reason;
}

/** The test platform signs with the word "signed". */
function readCallback({ path, headers, body }: RawCallback): VerifiedCallback[] {
  if (headers['x-signature'] !== 'signed') throw new InvalidCallbackError('not signed');
  const notice = JSON.parse(body.toString('utf8')) as SentNotice;
  const { subjectId, id, mayNameAccount = false, reason = null } = notice;
  const kind = path.endsWith('/data-deletion') ? 'data_deletion' : 'deauthorized';
  return [{ kind, subjectId, issuedAt: null, deduplicationKey: id, mayNameAccount, reason }];
}

export const transient = (): PlatformFailure => new PlatformFailure({ class: 'transient', detail: 'no answer' });
export const unexpected = (): PlatformFailure => new PlatformFailure({ class: 'unexpected', detail: 'odd answer' });
export const passwordChanged = (): PlatformFailure =>
  new PlatformFailure({ class: 'reauthorization_required', reason: 'password_changed', platformCode: '190/460' });
