import type { GrantTokens, PlatformFailure, TokenInspection } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import { attemptData, AttemptQueue, type AttemptTicket } from '../attempts/attempt-queue.ts';
import { cutOff, heal, settleConsentAdvice } from '../grants/cut-off.ts';
import { type Announcement, GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { RevokeConsent } from '../release/revoke-consent.ts';
import { GRANT_OWNER, SealedTokens, type TokenToSeal } from '../sealing/sealed-tokens.ts';
import { failureData, judgeFailure } from './failure-verdict.ts';

/** What came of a renewal. gone: nothing to renew · refreshed · overtaken: by newer tokens · failed, with what the platform said. */
export type RefreshOutcome =
  | { readonly kind: 'gone' }
  | { readonly kind: 'refreshed' }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

const GONE: RefreshOutcome = { kind: 'gone' };
const REFRESHED: RefreshOutcome = { kind: 'refreshed' };
/** A database that is away after the platform has answered is asked again: the answer is worth more than the time. */
const COMMIT_TRIES = 6;
const COMMIT_RETRY_MS = 250;

/** Writes down what a platform answered: compare-and-swap on the generation, the attempt's answer, the event, all at once. */
@Injectable()
export class RecordRefresh {
  constructor(
    private readonly changes: GrantChanges,
    private readonly tokens: SealedTokens,
    private readonly attempts: AttemptQueue,
    private readonly revokeConsent: RevokeConsent,
  ) {}

  /** New tokens. `read` is the grant as it was before the platform was asked. */
  async refreshed(ticket: AttemptTicket, read: Grant, fresh: GrantTokens): Promise<RefreshOutcome> {
    const outcome = await persistently(() =>
      this.changes.underLock(ticket.workspaceId, ticket.grantId, async (inHand) => {
        if (inHand.grant.state === 'destroyed') return null;
        if (inHand.grant.generation !== read.generation) return this.#keepOrphan(inHand, ticket, fresh);
        await this.#swap(inHand, fresh);
        // A revocation that began meanwhile takes the new tokens back; there is nobody left to tell of a renewal.
        if (inHand.grant.state === 'revoking') {
          await this.attempts.finish(inHand.manager, ticket.attemptId, 'gone');
          await this.changes.commit(inHand);
          return GONE;
        }
        return this.#answer(inHand, ticket, refreshedOf(ticket), { changed: true });
      }),
    );
    if (outcome) return outcome;
    // Revocation wins: what arrives after the key is gone is taken back at the platform and kept nowhere.
    await this.revokeConsent.discard(read, fresh);
    return this.gone(ticket);
  }

  /** A refusal, or no answer. */
  async failed(
    ticket: AttemptTicket,
    read: Grant,
    given: { readonly failure: PlatformFailure; readonly inspection: TokenInspection | null },
  ): Promise<RefreshOutcome> {
    const { failure, inspection } = given;
    const outcome = await persistently(() =>
      this.changes.underLock(ticket.workspaceId, ticket.grantId, async (inHand): Promise<RefreshOutcome> => {
        const { grant, manager } = inHand;
        if (grant.state !== 'active') {
          await this.attempts.finish(manager, ticket.attemptId, 'gone');
          return GONE;
        }
        // Somebody else brought new tokens meanwhile: the race was lost and all is well.
        if (grant.generation !== read.generation) return this.#tellRefreshed(inHand, ticket);
        const before = this.changes.fingerprintOf(inHand);
        const now = this.changes.now();
        const verdict = judgeFailure(failure, inspection, { counters: grant, now });
        grant.consecutiveFailures = verdict.consecutive;
        if (verdict.counted) grant.lastCountedFailureAt = now;
        if (verdict.cutOffReason) await this.#declareDead(inHand, verdict.cutOffReason, now);
        const data = { attempt: attemptData(ticket), failure: failureData(verdict, failure) };
        const changed = this.changes.fingerprintOf(inHand) !== before;
        await this.#answer(inHand, ticket, { type: 'TokenRefreshFailed', data }, { changed });
        return { kind: 'failed', failure };
      }),
    );
    return outcome ?? GONE;
  }

  /** The grant is no longer there to be renewed; nobody waits for an event about it. */
  async gone(ticket: AttemptTicket): Promise<RefreshOutcome> {
    await this.changes.inTenant(ticket.workspaceId, (manager) =>
      this.attempts.finish(manager, ticket.attemptId, 'gone'),
    );
    return GONE;
  }

  /** The tokens that were to be renewed have been renewed already. */
  async alreadyDone(ticket: AttemptTicket): Promise<RefreshOutcome> {
    const outcome = await this.changes.underLock(ticket.workspaceId, ticket.grantId, (inHand) =>
      inHand.grant.state === 'active' ? this.#tellRefreshed(inHand, ticket) : Promise.resolve(null),
    );
    return outcome ?? this.gone(ticket);
  }

  /** Answers an attempt with the result of another one that was under way when it came. */
  async share(ticket: AttemptTicket, outcome: RefreshOutcome): Promise<void> {
    if (outcome.kind === 'gone') await this.gone(ticket);
    if (outcome.kind === 'refreshed' || outcome.kind === 'overtaken') await this.alreadyDone(ticket);
    if (outcome.kind !== 'failed') return;
    const { failure } = outcome;
    await this.changes.underLock(ticket.workspaceId, ticket.grantId, async (inHand) => {
      if (inHand.grant.state !== 'active') return this.attempts.finish(inHand.manager, ticket.attemptId, 'gone');
      // It was counted where it happened.
      const verdict = judgeFailure(failure, null, { counters: inHand.grant, now: this.changes.now() });
      const data = { attempt: attemptData(ticket), failure: failureData(verdict, failure) };
      return this.#answer(inHand, ticket, { type: 'TokenRefreshFailed', data });
    });
  }

  #tellRefreshed(inHand: GrantInHand, ticket: AttemptTicket): Promise<RefreshOutcome> {
    return this.#answer(inHand, ticket, refreshedOf(ticket));
  }

  /** An attempt is answered once, however often it was done; but what it changed is announced whoever answered it. */
  async #answer(
    inHand: GrantInHand,
    ticket: AttemptTicket,
    announcement: Announcement,
    { changed } = { changed: false },
  ): Promise<RefreshOutcome> {
    const isFirst = await this.attempts.finish(inHand.manager, ticket.attemptId, announcement.type);
    await this.changes.commit(inHand, ...(isFirst || changed ? [announcement] : []));
    return REFRESHED;
  }

  async #swap(inHand: GrantInHand, fresh: GrantTokens): Promise<void> {
    const { grant, connections, manager } = inHand;
    grant.generation += 1;
    grant.fence += 1;
    await this.tokens.put(manager, grant, await this.tokens.keyOf(grant), tokensOf(fresh, grant.generation));
    const now = this.changes.now();
    grant.accessExpiresAt = fresh.access.expiresAt;
    grant.dataAccessExpiresAt = fresh.access.dataAccessExpiresAt;
    grant.issuedAt = fresh.access.issuedAt ?? now;
    if (fresh.refresh) grant.refreshExpiresAt = fresh.refresh.expiresAt;
    grant.refreshedAt = now;
    grant.consecutiveFailures = 0;
    grant.lastCountedFailureAt = null;
    heal(grant);
    for (const connection of connections) {
      if (connection.dependsOnRefresh && endsWithToken(connection.cutOffReason)) heal(connection);
    }
    settleConsentAdvice(grant, connections);
  }

  /** A reconnect wins over a renewal; the loser's tokens are kept, they may be the only ones that live. */
  async #keepOrphan(inHand: GrantInHand, ticket: AttemptTicket, fresh: GrantTokens): Promise<RefreshOutcome> {
    const { grant, manager } = inHand;
    const key = await this.tokens.keyOf(grant);
    await this.tokens.putOrphans(manager, grant, key, tokensOf(fresh, grant.generation));
    if (grant.state === 'active') await this.#tellRefreshed(inHand, ticket);
    else await this.attempts.finish(manager, ticket.attemptId, 'gone');
    return { kind: 'overtaken' };
  }

  async #declareDead(inHand: GrantInHand, reason: NonNullable<Grant['cutOffReason']>, now: Date): Promise<void> {
    const { grant, connections, manager } = inHand;
    const isNew = grant.cutOffReason === null;
    cutOff(grant, reason, now);
    const living = connections.filter((connection) => !connection.released);
    for (const connection of living.filter((row) => row.dependsOnRefresh)) cutOff(connection, reason, now);
    settleConsentAdvice(grant, connections);
    // Connections with a life of their own are asked one by one before anything is said about them.
    if (isNew && living.some((row) => !row.dependsOnRefresh)) await this.attempts.inspect(manager, grant, 'failure');
  }
}

function refreshedOf(ticket: AttemptTicket): Announcement {
  return { type: 'TokenRefreshed', data: { attempt: attemptData(ticket) } };
}

/** Reasons that a living token refutes; a lost role or a missing permission is not among them. */
const ENDS_WITH_TOKEN: ReadonlySet<Grant['cutOffReason']> = new Set([
  ...(['password_changed', 'security_check', 'removed_in_settings', 'inactivity', 'token_lapsed'] as const),
  ...(['refresh_failed', 'unknown', 'refresh_answer_lost', 'key_unavailable'] as const),
]);

function endsWithToken(reason: Grant['cutOffReason']): boolean {
  return ENDS_WITH_TOKEN.has(reason);
}

/** Blank never overwrites: where the platform gave no new refresh token, the stored one stays (C10). */
function tokensOf(fresh: GrantTokens, generation: number): TokenToSeal[] {
  const access: TokenToSeal = { owner: GRANT_OWNER, kind: 'access', generation, token: fresh.access };
  return fresh.refresh ? [access, { owner: GRANT_OWNER, kind: 'refresh', generation, token: fresh.refresh }] : [access];
}

async function persistently<T>(commit: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commit();
    } catch (error) {
      if (attempt >= COMMIT_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, COMMIT_RETRY_MS * attempt));
    }
  }
}
