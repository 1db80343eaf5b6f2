import type { Platform } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import type { Clock } from '@mooring/runtime/clock';
import type { DataSource } from 'typeorm';
import type { ConnectSettings } from '../connect/connect-settings.ts';
import { type DueSession, SessionQueue } from '../connect/ports.ts';

/** States of sessions whose person the platform never sent back. */
const NOT_RETURNED = ['created', 'started'];

/** Looks across workspaces as the worker role, which sees connect sessions, and of connections what their status follows from. */
export class PostgresSessionQueue extends SessionQueue {
  constructor(
    private readonly worker: DataSource,
    private readonly settings: ConnectSettings,
    private readonly clock: Clock,
  ) {
    super();
  }

  overdueChoices(): Promise<DueSession[]> {
    const condition = `state in ('offered', 'claimed') and choose_until <= $2 order by choose_until`;
    return this.#due(condition, this.clock.now());
  }

  unsettled(): Promise<DueSession[]> {
    return this.#inTurn(`pending_grant = 'open' and state in ('failed', 'expired')`);
  }

  stalledActivations(): Promise<DueSession[]> {
    return this.#stalled('activating');
  }

  stalledCompletions(): Promise<DueSession[]> {
    return this.#stalled('completing');
  }

  async deleteOld(): Promise<Platform[]> {
    const createdBefore = new Date(this.clock.now().getTime() - this.settings.keepSessionsMs);
    const deleted = await rows<{ platform: Platform; state: string }>(
      this.worker.manager,
      `delete from connect_sessions where id in (
         select id from connect_sessions where created_at < $2 and state not in ('completing', 'activating')
           and not (pending_grant = 'open' and state in ('offered', 'claimed', 'failed', 'expired'))
         order by created_at limit $1)
       returning platform, state`,
      [this.settings.pollBatchMax, createdBefore],
    );
    return deleted.filter(({ state }) => NOT_RETURNED.includes(state)).map(({ platform }) => platform);
  }

  // Real time: how long a process may be at work has nothing to do with business dates.
  #stalled(state: 'activating' | 'completing'): Promise<DueSession[]> {
    const condition = `touched_at < clock_timestamp() - $2::int * interval '1 millisecond'`;
    return this.#inTurn(`state = '${state}' and ${condition}`, this.settings.takeOverAfterMs);
  }

  /** Those that have waited longest, which go to the end of the queue: one that always fails lets others have their turn. */
  #inTurn(condition: string, ...parameters: unknown[]): Promise<DueSession[]> {
    return rows<DueSession>(
      this.worker.manager,
      `update connect_sessions set touched_at = clock_timestamp() where id in (
         select id from connect_sessions where ${condition} order by touched_at limit $1 for update skip locked)
       returning id, workspace_id as "workspaceId"`,
      [this.settings.pollBatchMax, ...parameters],
    );
  }

  #due(condition: string, ...parameters: unknown[]): Promise<DueSession[]> {
    return rows<DueSession>(
      this.worker.manager,
      `select id, workspace_id as "workspaceId" from connect_sessions where ${condition} limit $1`,
      [this.settings.pollBatchMax, ...parameters],
    );
  }
}
