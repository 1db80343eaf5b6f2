import type { GrantTokens, IssuedToken, PlatformAdapter } from '@mooring/adapters-core';
import { type ActivatedConnection, connectionStatus, MooringError } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import { Platforms } from '../platforms/platforms.ts';
import { type GrantKey, UnreadableTokenError } from '../sealing/ports.ts';
import { accountOwner, GRANT_OWNER, SealedTokens, type TokenToSeal } from '../sealing/sealed-tokens.ts';
import { heal } from './cut-off.ts';
import { effectivePolicy } from './effective-policy.ts';
import { GrantConnection } from './grant-connection.entity.ts';
import { GrantChanges, type GrantInHand } from './grant-changes.ts';
import { factsOf } from './grant-state.ts';
import { type DiscoveredRow, Grant } from './grant.entity.ts';

/** What an activation works on: everything under lock. */
export interface TakeOverInput {
  readonly pending: GrantInHand;
  /** The grant that the tokens go to; the pending one itself where the person has no other here. */
  readonly target: GrantInHand;
  /** Grants that other connections of the same accounts draw on. */
  readonly others: readonly GrantInHand[];
  readonly connections: readonly ActivatedConnection[];
}

/** A connection that drew on another grant until now. */
export interface MovedConnection {
  readonly from: GrantInHand;
  readonly connectionId: string;
  readonly activation: number;
}

/** What came of it. */
export interface TakenOver {
  readonly moved: readonly MovedConnection[];
  /** True where the grant has connections whose accounts the new consent did not show, or not as ones to publish to. */
  readonly hasUndiscovered: boolean;
}

/** Carries the tokens of a pending grant over to the grant that keeps them, and the connections with them. */
@Injectable()
export class TakeOver {
  constructor(
    private readonly changes: GrantChanges,
    private readonly platforms: Platforms,
    private readonly tokens: SealedTokens,
  ) {}

  async run(input: TakeOverInput): Promise<TakenOver> {
    const { pending, target } = input;
    const adapter = this.platforms.adapter(pending.grant.platform);
    const pendingKey = await this.tokens.keyOf(pending.grant);
    const targetKey = await this.#keyToSealUnder(target);
    const own = await this.tokens.openGrantTokens(pending.manager, pending.grant, pendingKey);
    const ofAccounts = await this.tokens.openAccountTokens(pending.manager, pending.grant, pendingKey);
    if (!own) throw new MooringError('pending_grant_gone');
    const discovered = pending.grant.discovered ?? [];
    takeClocks(target.grant, pending.grant, own);
    const moved = this.#gather(input, adapter, discovered);
    // Discovered, but without what publishing needs: what a connection had is better than nothing.
    const usable = discovered.filter(({ offered }) => offered.selectable);
    const fresh = target.connections.flatMap((connection) => {
      const row = find(usable, connection);
      return row && !connection.released ? [{ connection, row }] : [];
    });
    for (const { connection, row } of fresh) this.#renew(connection, { row, adapter, target, ofAccounts });
    const { generation } = target.grant;
    const ofConnections = fresh.flatMap(({ connection, row }): TokenToSeal[] => {
      const token = ofAccounts.get(accountOwner(row.offered));
      return token ? [{ owner: connection.connectionId, kind: 'account', generation, token }] : [];
    });
    await this.#forgetPending(pending, target);
    for (const { from, connectionId } of moved) await this.tokens.remove(from.manager, from.grant.id, connectionId);
    await this.tokens.put(target.manager, target.grant, targetKey, [...grantTokens(own, generation), ...ofConnections]);
    return { moved, hasUndiscovered: target.connections.some((row) => !row.released && !find(usable, row)) };
  }

  /** Brings the chosen connections to the target, and those discovered ones of other grants that need mending. */
  #gather(input: TakeOverInput, adapter: PlatformAdapter, discovered: readonly DiscoveredRow[]): MovedConnection[] {
    const moved: MovedConnection[] = [];
    const take = (from: GrantInHand, connection: GrantConnection): void => {
      from.connections.splice(from.connections.indexOf(connection), 1);
      connection.grantId = input.target.grant.id;
      connection.moves += 1;
      input.target.connections.push(connection);
      moved.push({ from, connectionId: connection.connectionId, activation: connection.activation });
    };
    for (const chosen of input.connections) {
      const row = find(discovered, chosen);
      if (!row?.offered.selectable) {
        throw new MooringError('account_not_offered', { parameters: { Account: chosen.accountId } });
      }
      const from = input.others.find((other) =>
        other.connections.some((at) => at.connectionId === chosen.connectionId),
      );
      const elsewhere = from?.connections.find((at) => at.connectionId === chosen.connectionId);
      if (from && elsewhere) take(from, elsewhere);
      activate(input.target, chosen, pendingPlatform(input));
    }
    for (const from of input.others) {
      for (const connection of [...from.connections]) {
        if (find(discovered, connection)?.offered.selectable && this.#needsMending(connection, from.grant, adapter)) {
          take(from, connection);
        }
      }
    }
    return moved;
  }

  #needsMending(connection: GrantConnection, grant: Grant, adapter: PlatformAdapter): boolean {
    const { status } = connectionStatus(
      factsOf(connection, grant, effectivePolicy(adapter.policy, grant)),
      this.changes.now(),
    );
    return status === 'needs_reconnect';
  }

  #renew(
    connection: GrantConnection,
    given: {
      readonly row: DiscoveredRow;
      readonly adapter: PlatformAdapter;
      readonly target: GrantInHand;
      readonly ofAccounts: ReadonlyMap<string, IssuedToken>;
    },
  ): void {
    const { row, adapter, target } = given;
    const token = given.ofAccounts.get(accountOwner(row.offered));
    connection.ownToken = token !== undefined;
    connection.dependsOnRefresh = token === undefined || adapter.accountTokensDependOnRefresh;
    connection.tokenGeneration = target.grant.generation;
    connection.tokenExpiresAt = token?.expiresAt ?? null;
    connection.dataAccessExpiresAt = token?.dataAccessExpiresAt ?? null;
    connection.grantedScopes = [...row.grantedScopes];
    connection.missingScopes = [...row.missingScopes];
    connection.checkedAt = this.changes.now();
    heal(connection);
  }

  /** A grant whose key can't be opened any more gets a new one: nobody can use what lies under the old one. */
  async #keyToSealUnder({ manager, grant }: GrantInHand): Promise<GrantKey> {
    try {
      return await this.tokens.keyOf(grant);
    } catch (error) {
      if (!(error instanceof UnreadableTokenError)) throw error;
      await this.tokens.removeAll(manager, grant.id);
      grant.dataKeyId = uuidv7();
      return this.tokens.newKey(grant);
    }
  }

  /** A pending grant whose tokens went to another one leaves nothing behind. */
  async #forgetPending(pending: GrantInHand, target: GrantInHand): Promise<void> {
    await this.tokens.removeAccounts(pending.manager, pending.grant.id);
    if (pending === target) {
      pending.grant.state = 'active';
      pending.grant.discovered = null;
      return;
    }
    await this.tokens.removeAll(pending.manager, pending.grant.id);
    await pending.manager.delete(Grant, { id: pending.grant.id });
  }
}

function pendingPlatform({ pending }: TakeOverInput): Grant['platform'] {
  return pending.grant.platform;
}

function find(
  discovered: readonly DiscoveredRow[],
  account: { readonly accountId: string; readonly kind: string },
): DiscoveredRow | undefined {
  return discovered.find(({ offered }) => offered.accountId === account.accountId && offered.kind === account.kind);
}

/** Puts a chosen connection on the target, new or restored; a number that is not newer than the last one is refused. */
function activate(target: GrantInHand, chosen: ActivatedConnection, platform: Grant['platform']): void {
  const known = target.connections.find((row) => row.connectionId === chosen.connectionId);
  const isOld =
    known && (known.activation > chosen.activation || (known.released && known.activation === chosen.activation));
  if (isOld) throw new MooringError('superseded');
  const connection =
    known ??
    Object.assign(new GrantConnection(), {
      connectionId: chosen.connectionId,
      workspaceId: target.grant.workspaceId,
      grantId: target.grant.id,
      platform,
      accountId: chosen.accountId,
      kind: chosen.kind,
      moves: 0,
      cutOffReason: null,
      cutOffSince: null,
    } satisfies Partial<GrantConnection>);
  connection.activation = chosen.activation;
  connection.released = false;
  if (!known) target.connections.push(connection);
}

function takeClocks(target: Grant, pending: Grant, own: GrantTokens): void {
  const inDoubt = target.doubtGeneration === target.generation;
  target.generation += 1;
  target.consentGeneration = target.generation;
  // Without a refresh token of its own the consent leaves the one that may be spent.
  if (inDoubt && !own.refresh) target.doubtGeneration = target.generation;
  target.hasRefreshToken ||= own.refresh !== null;
  target.fence += 1;
  target.subjectName = pending.subjectName;
  target.accessExpiresAt = own.access.expiresAt;
  target.dataAccessExpiresAt = own.access.dataAccessExpiresAt;
  target.issuedAt = own.access.issuedAt;
  // A consent without a refresh token takes nothing away from one that had it.
  if (own.refresh) target.refreshExpiresAt = own.refresh.expiresAt;
  target.grantedScopes = pending.grantedScopes;
  target.missingScopes = pending.missingScopes;
  target.consecutiveFailures = 0;
  target.lastCountedFailureAt = null;
  target.consentAdvice = false;
  heal(target);
}

function grantTokens(own: GrantTokens, generation: number): TokenToSeal[] {
  const access: TokenToSeal = { owner: GRANT_OWNER, kind: 'access', generation, token: own.access };
  return own.refresh ? [access, { owner: GRANT_OWNER, kind: 'refresh', generation, token: own.refresh }] : [access];
}
