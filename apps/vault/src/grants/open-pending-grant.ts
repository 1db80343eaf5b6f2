import {
  type Consent,
  type DiscoveredAccount,
  type ExchangedTokens,
  type PlatformAdapter,
  PlatformFailure,
} from '@mooring/adapters-core';
import type { PendingGrantView, Platform } from '@mooring/contracts';
import { afterCommit } from '@mooring/persistence';
import { faultPoint } from '@mooring/runtime/fault-points';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { connectProblem } from '../platforms/platform-problems.ts';
import { Platforms } from '../platforms/platforms.ts';
import { RevokeConsent } from '../release/revoke-consent.ts';
import { accountOwner, GRANT_OWNER, SealedTokens, type TokenToSeal } from '../sealing/sealed-tokens.ts';
import { usesRefreshToken } from './effective-policy.ts';
import { GrantChanges } from './grant-changes.ts';
import { grantIds, writeLines } from './grant-log.ts';
import { Grant } from './grant.entity.ts';
import { pendingOf, pendingView } from './pending-grants.ts';

/** The token of a code exchange, and whose session it came in. */
export interface OpenPendingGrantCommand {
  readonly sessionId: string;
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly tokens: ExchangedTokens;
}

/** What the platform told of a consent. */
interface Found {
  readonly consent: Consent;
  readonly accounts: readonly DiscoveredAccount[];
}

/**
 * Takes a fresh consent in: long-lived token, scopes, person, accounts with their own tokens, all sealed as a pending grant.
 * Nothing that lives is touched before somebody claims it. Idempotent by session.
 */
@Injectable()
export class OpenPendingGrant {
  constructor(
    private readonly changes: GrantChanges,
    private readonly platforms: Platforms,
    private readonly tokens: SealedTokens,
    private readonly revokeConsent: RevokeConsent,
  ) {}

  async run(command: OpenPendingGrantCommand): Promise<PendingGrantView> {
    const adapter = this.platforms.adapter(command.platform);
    const known = await this.#knownView(command);
    if (known) return known;
    const since = new Date();
    const found = await this.#ask(adapter, command);
    const grant = this.#pendingGrant(adapter, command, found);
    // A consent that was taken back since it was given is dead, and kept nowhere: the person simply tries again.
    const view = await this.revokeConsent.unlessRevoked(grant, since, () => this.#keep(grant, command, found));
    if (view) return view;
    const detail = 'the consent was taken back while it came in';
    throw connectProblem(adapter.platform, new PlatformFailure({ class: 'transient', detail }));
  }

  async #keep(grant: Grant, command: OpenPendingGrantCommand, { consent, accounts }: Found): Promise<PendingGrantView> {
    const key = await this.tokens.newKey(grant);
    return this.changes.inTenant(command.workspaceId, async (manager) => {
      await lockSession(manager, command.sessionId);
      // Of two callers with the same session the first one's consent stands.
      const other = await pendingOf(manager, command.sessionId);
      if (other) return pendingView(manager, other);
      await manager.insert(Grant, grant);
      await this.tokens.put(manager, grant, key, tokensToSeal(consent, accounts));
      const members = {
        msg: 'consent taken in',
        ...grantIds(grant),
        sessionId: command.sessionId,
        accounts: accounts.length,
      };
      afterCommit(manager, () => {
        writeLines([{ loud: false, members }]);
        this.#warnIfNotRenewable(grant);
      });
      return pendingView(manager, grant);
    });
  }

  /** Whoever set the app up hears at the first connect that nothing can be renewed, not when the first token lapses (C11). */
  #warnIfNotRenewable(grant: Grant): void {
    const adapter = this.platforms.adapter(grant.platform);
    if (grant.hasRefreshToken || adapter.refreshTokenOptional || !usesRefreshToken(adapter.policy)) return;
    this.platforms.tellNotRenewable(grant.platform, grant.id);
  }

  #knownView(command: OpenPendingGrantCommand): Promise<PendingGrantView | null> {
    return this.changes.inTenant(command.workspaceId, async (manager) => {
      const grant = await pendingOf(manager, command.sessionId);
      return grant ? pendingView(manager, grant) : null;
    });
  }

  async #ask(adapter: PlatformAdapter, command: OpenPendingGrantCommand): Promise<Found> {
    try {
      const consent = await this.platforms.call(adapter, 'establish', () => adapter.establish(command.tokens));
      await faultPoint('vault.after-answer');
      const accounts = await this.platforms.call(adapter, 'discover', () => adapter.discover(consent));
      return { consent, accounts };
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
      this.platforms.tellOperator(adapter, error);
      throw connectProblem(adapter.platform, error);
    }
  }

  #pendingGrant(adapter: PlatformAdapter, command: OpenPendingGrantCommand, found: Found): Grant {
    const { access, refresh } = found.consent.tokens;
    const granted = [...found.consent.grantedScopes];
    return Object.assign(new Grant(), {
      id: uuidv7(),
      workspaceId: command.workspaceId,
      state: 'pending',
      platform: adapter.platform,
      clientId: adapter.credentials.clientId,
      subjectId: found.consent.subjectId,
      subjectName: found.consent.subjectName,
      sessionId: command.sessionId,
      dataKeyId: uuidv7(),
      accessExpiresAt: access.expiresAt,
      refreshExpiresAt: refresh?.expiresAt ?? null,
      dataAccessExpiresAt: access.dataAccessExpiresAt,
      issuedAt: access.issuedAt,
      grantedScopes: granted,
      missingScopes: adapter.requiredScopes.filter((scope) => !granted.includes(scope)),
      hasRefreshToken: refresh !== null,
      consentGeneration: 0,
      noticedReason: null,
      noticedConsent: null,
      generation: 0,
      version: 0,
      fence: 0,
      consecutiveFailures: 0,
      consentAdvice: false,
      discovered: found.accounts.map(({ offered, token, grantedScopes, missingScopes }) => {
        return { offered, hasToken: token !== null, grantedScopes, missingScopes };
      }),
      createdAt: this.changes.now(),
    } satisfies Partial<Grant>);
  }
}

/** Two callers with one session insert one after the other. */
async function lockSession(manager: EntityManager, sessionId: string): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('session ' || $1, 0))`, [sessionId]);
}

function tokensToSeal(consent: Consent, accounts: readonly DiscoveredAccount[]): TokenToSeal[] {
  const generation = 0;
  const { access, refresh } = consent.tokens;
  const own: TokenToSeal[] = [{ owner: GRANT_OWNER, kind: 'access', generation, token: access }];
  if (refresh) own.push({ owner: GRANT_OWNER, kind: 'refresh', generation, token: refresh });
  const ofAccounts = accounts.flatMap(({ offered, token }): TokenToSeal[] =>
    token ? [{ owner: accountOwner(offered), kind: 'account', generation, token }] : [],
  );
  return [...own, ...ofAccounts];
}
