import type { GrantTokens, IssuedToken } from '@mooring/adapters-core';
import type { PolicyData } from '@mooring/contracts';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager, FindOneOptions } from 'typeorm';
import type { GrantConnection } from '../grants/grant-connection.entity.ts';
import { GrantChanges } from '../grants/grant-changes.ts';
import { Grant } from '../grants/grant.entity.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { type GrantKey, UnreadableTokenError } from '../sealing/ports.ts';
import { AttemptQueue, type AttemptTicket } from './attempt-queue.ts';

/** What is read of a grant before its platform is asked. */
export interface TokensInHand {
  readonly grant: Grant;
  readonly connections: readonly GrantConnection[];
  /** The platform's policy as it holds for this grant. */
  readonly policy: PolicyData;
  /** Undefined where our own keys can't open them. */
  readonly tokens: GrantTokens | undefined;
  /** What new tokens are sealed with; there before the platform is asked. */
  readonly key: GrantKey | undefined;
  /** Tokens of single accounts by connection id. */
  readonly accountTokens: ReadonlyMap<string, IssuedToken>;
}

/** Takes a grant's tokens out for an attempt. */
@Injectable()
export class TokenSource {
  constructor(
    private readonly changes: GrantChanges,
    private readonly tokens: SealedTokens,
    private readonly attempts: AttemptQueue,
    private readonly metrics: Metrics,
  ) {}

  /** Reads the grant once more. Null: it is no longer in use. */
  take(ticket: AttemptTicket): Promise<TokensInHand | null> {
    return this.#take(ticket, {}, (manager) => this.attempts.markSending(manager, ticket.attemptId));
  }

  /**
   * The same before a renewal. Where `maySend` says so it is written down, in the moment of the reading, that from here on the
   * platform may be called, and which instance may have spent the refresh token, where that is spent once.
   */
  takeToRenew(
    ticket: AttemptTicket,
    maySend: (grant: Grant, policy: PolicyData) => { readonly spender: string | null } | null,
  ): Promise<TokensInHand | null> {
    return this.#take(ticket, { lock: { mode: 'pessimistic_write' } }, async (manager, grant) => {
      const sending = maySend(grant, this.changes.policyOf(grant));
      if (!sending) return;
      await this.attempts.markSending(manager, ticket.attemptId);
      if (sending.spender !== null) await this.attempts.markSpending(manager, grant.id, sending.spender);
    });
  }

  async #take(
    { workspaceId, grantId }: AttemptTicket,
    how: Pick<FindOneOptions<Grant>, 'lock'>,
    mark: (manager: EntityManager, grant: Grant) => Promise<void>,
  ): Promise<TokensInHand | null> {
    return this.changes.inTenant(workspaceId, async (manager) => {
      const grant = await manager.findOne(Grant, { where: { id: grantId }, ...how });
      if (grant?.state !== 'active') return null;
      await mark(manager, grant);
      const connections = await this.changes.connectionsOf(manager, grant.id);
      return { grant, connections, policy: this.changes.policyOf(grant), ...(await this.#open(manager, grant)) };
    });
  }

  async #open(manager: EntityManager, grant: Grant): Promise<Omit<TokensInHand, 'grant' | 'connections' | 'policy'>> {
    try {
      const key = await this.tokens.keyOf(grant);
      const tokens = (await this.tokens.openGrantTokens(manager, grant, key)) ?? undefined;
      return { key, tokens, accountTokens: await this.tokens.openAccountTokens(manager, grant, key) };
    } catch (error) {
      if (!(error instanceof UnreadableTokenError)) throw error;
      this.metrics.counter(METRICS.decryptFailures).inc({ kind: error.what });
      return { key: undefined, tokens: undefined, accountTokens: new Map() };
    }
  }
}
