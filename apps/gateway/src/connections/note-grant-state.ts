import { type AttemptData, type GrantStateData } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { actorOf } from '../directory/actor-of.ts';
import type { Stores } from '../storage/ports.ts';
import { announce, type ConnectionEventType } from './announce.ts';
import { announceChange, type Cause } from './announce-change.ts';
import type { Connection } from './connection.ts';
import { applyFacts, newsFor, partOf } from './grant-facts.ts';

/** What an attempt came to, for one connection of the grant. */
export type AttemptResult =
  | { readonly type: 'ConnectionRefreshed'; readonly outcome: 'refreshed' | 'refused' | 'failed' }
  | { readonly type: 'ConnectionChecked'; readonly answered: boolean };

/** An attempt that the vault has finished. */
export interface FinishedAttempt {
  readonly attempt: AttemptData;
  readonly result: AttemptResult;
}

interface Noted {
  readonly changed: boolean;
  readonly announced: readonly ConnectionEventType[];
}

/**
 * True for a connection that draws on this grant, also from now on: another person's consent takes over those that needed
 * mending, and the vault says so by listing them under that person's grant. The vault counts
 * the moves, so that what an earlier grant said takes nothing back when it comes late.
 */
function belongs(connection: Connection, grant: GrantStateData, cause: Cause): boolean {
  if (connection.grantId === grant.grantId) return true;
  const part = partOf(connection, grant);
  if (cause.kind !== 'consent' || !part || (part.moves ?? 0) <= connection.grantMoves) return false;
  connection.grantId = grant.grantId;
  connection.grantVersion = 0;
  return true;
}

/**
 * Writes a grant's facts down at its connections and announces what follows, in the caller's transaction. The state of an
 * older version changes nothing; the end of an attempt that a person waits for is told all the same.
 */
@Injectable()
export class NoteGrantState {
  constructor(private readonly clock: Clock) {}

  /** Answers the ids of the connections that a new consent healed. */
  async run(stores: Stores, grant: GrantStateData, cause: Cause, finished: FinishedAttempt | null): Promise<string[]> {
    const healed: string[] = [];
    const ids = grant.connections.filter(({ released }) => !released).map(({ connectionId }) => connectionId);
    for (const connection of await stores.connections.lockMany(ids)) {
      if (connection.phase !== 'live' || !belongs(connection, grant, cause)) continue;
      const { changed, announced } = await this.#note(stores, connection, grant, cause);
      if (announced.includes('ConnectionReconnected')) healed.push(connection.id);
      if (finished) await this.#tellAttempt(stores, connection, finished, changed);
    }
    return healed;
  }

  /** Answers what was announced, and whether something changed that people would notice. */
  async #note(stores: Stores, connection: Connection, grant: GrantStateData, cause: Cause): Promise<Noted> {
    const part = newsFor(connection, grant);
    if (!part) return { changed: false, announced: [] };
    const now = this.clock.now();
    const difference = applyFacts(connection, { grant, part }, now);
    const announced = await announceChange(stores, connection, difference, { cause, now });
    if (announced.length === 0) await stores.connections.save(connection);
    return { changed: announced.length > 0 || difference.detailsChanged, announced };
  }

  async #tellAttempt(
    stores: Stores,
    connection: Connection,
    { attempt, result }: FinishedAttempt,
    changed: boolean,
  ): Promise<void> {
    const asked = attempt.trigger === 'person';
    const { workspaceId } = connection;
    const by = asked && attempt.requestedBy ? await actorOf(stores.directory, workspaceId, attempt.requestedBy) : null;
    const at = this.clock.now();
    if (result.type === 'ConnectionRefreshed') {
      const { outcome } = result;
      const occasion = { at, by, routine: outcome === 'failed' && !asked };
      await announce(stores, connection, { type: result.type, data: { attempt, outcome } }, occasion);
      return;
    }
    // The daily sweep of a healthy connection isn't news: `lastCheckedAt` is saved, and nobody is told.
    if (!asked && !changed) return;
    const outcome = !result.answered ? 'no_answer' : connection.cutOffReason ? 'dead' : 'alive';
    await announce(stores, connection, { type: result.type, data: { attempt, outcome } }, { at, by, routine: !asked });
  }
}
