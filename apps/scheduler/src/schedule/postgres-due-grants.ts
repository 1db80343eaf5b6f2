import { type DurationMs, type MooringEvent, newEvent } from '@mooring/contracts';
import type { Outbox } from '@mooring/messaging';
import { rows } from '@mooring/persistence';
import type { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { type AttemptKind, type ClaimedGrant, DueGrants } from './ports.ts';

/** Leases of claims; real time. */
export interface ClaimLeases {
  /** From the claim to the command. */
  readonly claimMs: DurationMs;
  /** From the command to the answer; what lapses is asked again, and the vault must not begin after it. */
  readonly answerMs: DurationMs;
  /** Each unanswered command doubles the wait for the next, up to this. */
  readonly answerLongestMs: DurationMs;
}

interface CommandRow {
  grant_id: string;
  workspace_id: string;
  attempt_id: string;
  attempt_kind: AttemptKind;
  generation: string;
  lease_until: Date;
  real_now: Date;
}

/** Claims in PostgreSQL, as the worker role: the database's clocks decide, business time what is due, real time leases. */
export class PostgresDueGrants extends DueGrants {
  readonly #dataSource: DataSource;
  readonly #outbox: Outbox;
  readonly #leases: ClaimLeases;
  /** This process; only the claimer sends a claim's command. */
  readonly #owner = uuidv7();

  constructor(dataSource: DataSource, outbox: Outbox, leases: ClaimLeases) {
    super();
    this.#dataSource = dataSource;
    this.#outbox = outbox;
    this.#leases = leases;
  }

  async claimDue(limit: number): Promise<readonly ClaimedGrant[]> {
    const claimed = await rows<{ grant_id: string; attempt_id: string }>(
      this.#dataSource.manager,
      `with due as materialized (
         select grant_id from grant_schedules where attempt_id is null and next_due_at <= app.app_now()
         order by next_due_at limit $1 for update skip locked
       ), numbered as (select grant_id, row_number() over () as n from due)
       update grant_schedules s set attempt_id = ($2::uuid[])[numbered.n],
         attempt_kind = case when s.next_refresh_at <= app.app_now() then 'refresh' else 'inspect' end,
         claim_owner = $3, sent_count = 0, lease_until = clock_timestamp() + $4 * interval '1 millisecond'
       from numbered where s.grant_id = numbered.grant_id
       returning s.grant_id, s.attempt_id`,
      [limit, Array.from({ length: limit }, () => uuidv7()), this.#owner, this.#leases.claimMs],
    );
    return claimed.map(claimedGrant);
  }

  async takeOverLapsed(limit: number): Promise<readonly ClaimedGrant[]> {
    const taken = await rows<{ grant_id: string; attempt_id: string }>(
      this.#dataSource.manager,
      `with lapsed as materialized (
         select grant_id from grant_schedules where attempt_id is not null and lease_until <= clock_timestamp()
         order by lease_until limit $1 for update skip locked
       )
       update grant_schedules s set claim_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 millisecond'
       from lapsed where s.grant_id = lapsed.grant_id
       returning s.grant_id, s.attempt_id`,
      [limit, this.#owner, this.#leases.claimMs],
    );
    return taken.map(claimedGrant);
  }

  async sendCommands(claims: readonly ClaimedGrant[]): Promise<void> {
    await this.#dataSource.transaction(async (manager) => {
      const toSend = await rows<CommandRow>(
        manager,
        `with mine as materialized (
           select s.grant_id from grant_schedules s
           join unnest($1::uuid[], $2::uuid[]) as claim(grant_id, attempt_id)
             on s.grant_id = claim.grant_id and s.attempt_id = claim.attempt_id
           where s.claim_owner = $3 order by s.grant_id for update of s
         )
         update grant_schedules s set sent_count = least(s.sent_count + 1, 32767), lease_until = clock_timestamp()
           + least($4 * power(2, least(s.sent_count, 20)), $5) * interval '1 millisecond'
         from mine where s.grant_id = mine.grant_id
         returning s.grant_id, s.workspace_id, s.attempt_id, s.attempt_kind, s.generation, s.lease_until,
           clock_timestamp() as real_now`,
        [
          claims.map((claim) => claim.grantId),
          claims.map((claim) => claim.attemptId),
          this.#owner,
          this.#leases.answerMs,
          this.#leases.answerLongestMs,
        ],
      );
      await this.#outbox.add(manager, ...toSend.map(commandOf));
    });
  }

  async forgetReleased(olderThanMs: DurationMs, limit: number): Promise<void> {
    await this.#dataSource.query(
      `delete from released_grants where grant_id in (
         select grant_id from released_grants
         where released_at < clock_timestamp() - $1 * interval '1 millisecond' order by released_at limit $2)`,
      [olderThanMs, limit],
    );
  }

  longestOverdueMs(): Promise<DurationMs> {
    return this.#longestMs('attempt_id is null');
  }

  longestUnansweredMs(): Promise<DurationMs> {
    return this.#longestMs('attempt_id is not null');
  }

  async #longestMs(condition: string): Promise<DurationMs> {
    const [row] = await rows<{ overdue_ms: string | null }>(
      this.#dataSource.manager,
      `select extract(epoch from app.app_now() - min(next_due_at)) * 1000 as overdue_ms
       from grant_schedules where ${condition}`,
    );
    return Math.max(0, Number(row?.overdue_ms ?? 0));
  }
}

const claimedGrant = (row: { grant_id: string; attempt_id: string }): ClaimedGrant => ({
  grantId: row.grant_id,
  attemptId: row.attempt_id,
});

function commandOf(row: CommandRow): MooringEvent {
  const event = {
    service: 'scheduler',
    subject: row.grant_id,
    key: row.grant_id,
    workspaceId: row.workspace_id,
    time: row.real_now,
  } as const;
  const data = {
    grantId: row.grant_id,
    attemptId: row.attempt_id,
    trigger: 'schedule',
    requestedBy: null,
    notAfter: row.lease_until.toISOString(),
  } as const;
  if (row.attempt_kind === 'inspect') return newEvent({ ...event, type: 'InspectRequested', data });
  return newEvent({ ...event, type: 'RefreshRequested', data: { ...data, generation: Number(row.generation) } });
}
