import type { GrantTokens, IssuedToken } from '@mooring/adapters-core';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { GrantConnection } from '../grants/grant-connection.entity.ts';
import { GrantChanges } from '../grants/grant-changes.ts';
import { Grant } from '../grants/grant.entity.ts';
import { SealedTokens } from '../sealing/sealed-tokens.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import { AttemptQueue, type AttemptTicket } from './attempt-queue.ts';

/** What is read of a grant before its platform is asked. */
export interface TokensInHand {
  readonly grant: Grant;
  readonly connections: readonly GrantConnection[];
  /** Undefined where our own keys can't open them. */
  readonly tokens: GrantTokens | undefined;
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

  /**
   * Reads the grant once more, and writes down that from here on the platform may be called. Null: the grant is no longer in
   * use.
   */
  async take(ticket: AttemptTicket): Promise<TokensInHand | null> {
    return this.changes.inTenant(ticket.workspaceId, async (manager) => {
      const grant = await manager.findOneBy(Grant, { id: ticket.grantId });
      if (grant?.state !== 'active') return null;
      await this.attempts.markSending(manager, ticket.attemptId);
      const connections = await this.changes.connectionsOf(manager, grant.id);
      return { grant, connections, ...(await this.#open(manager, grant)) };
    });
  }

  async #open(manager: EntityManager, grant: Grant): Promise<Pick<TokensInHand, 'tokens' | 'accountTokens'>> {
    try {
      const key = await this.tokens.keyOf(grant);
      const tokens = (await this.tokens.openGrantTokens(manager, grant, key)) ?? undefined;
      return { tokens, accountTokens: await this.tokens.openAccountTokens(manager, grant, key) };
    } catch (error) {
      if (!(error instanceof UnreadableTokenError)) throw error;
      this.metrics.counter(METRICS.decryptFailures).inc({ kind: error.what });
      return { tokens: undefined, accountTokens: new Map() };
    }
  }
}
