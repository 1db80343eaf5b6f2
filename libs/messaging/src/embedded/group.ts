import type { Pool } from 'pg';
import type { PartitionCommit, TopicPartition } from '../consume/lane-work.ts';
import type { BusBounds } from '../settings.ts';

/** A partition held by this member. */
export interface Holding extends TopicPartition {
  /** Grows with every change of owner: a commit under an older one is refused. */
  readonly epoch: bigint;
  /** Where fetching begins. */
  readonly committed: bigint;
}

interface PositionRow {
  topic: string;
  partition: number;
  epoch: string;
  committed: string;
}

const holdingOf = (row: PositionRow): Holding => ({
  topic: row.topic,
  partition: row.partition,
  epoch: BigInt(row.epoch),
  committed: BigInt(row.committed),
});

/**
 * Membership in a consumer group. Every member works out its fair share by itself from the members it sees, gives
 * back what is too much and takes what is free; leases run on the database's clock.
 */
export class GroupMembership {
  readonly #pool: Pool;
  readonly #group: string;
  readonly #topics: readonly string[];
  readonly #id: string;
  readonly #sessionSeconds: number;

  constructor(options: { pool: Pool; group: string; topics: readonly string[]; memberId: string; bounds: BusBounds }) {
    this.#pool = options.pool;
    this.#group = options.group;
    this.#topics = options.topics;
    this.#id = options.memberId;
    this.#sessionSeconds = options.bounds.sessionTimeoutMs / 1_000;
  }

  /** Makes the group's positions where they are missing; once, when the member joins. */
  async join(): Promise<void> {
    await this.#pool.query(
      `INSERT INTO bus.position (consumer_group, topic, partition)
       SELECT $1, topic, partition FROM bus.head WHERE topic = ANY ($2) ON CONFLICT DO NOTHING`,
      [this.#group, this.#topics],
    );
  }

  /** Says "I live", prolongs leases and returns what this member still holds and how much it should. */
  async heartbeat(): Promise<{ held: Holding[]; share: number }> {
    // Written only when a third of the session is over: heartbeats come oftener, to notice other members early.
    await this.#pool.query(
      `INSERT INTO bus.member AS m (consumer_group, id, seen_at) VALUES ($1, $2, clock_timestamp())
       ON CONFLICT (consumer_group, id) DO UPDATE SET seen_at = excluded.seen_at
       WHERE m.seen_at < clock_timestamp() - make_interval(secs => $3 / 3)`,
      [this.#group, this.#id, this.#sessionSeconds],
    );
    const held = await this.#pool.query<PositionRow>(
      `WITH renewed AS (
         UPDATE bus.position SET lease_until = clock_timestamp() + make_interval(secs => $3)
         WHERE consumer_group = $1 AND owner = $2 AND topic = ANY ($4)
           AND lease_until < clock_timestamp() + make_interval(secs => $3 * 2 / 3)
       )
       SELECT topic, partition, epoch, committed FROM bus.position
       WHERE consumer_group = $1 AND owner = $2 AND topic = ANY ($4) ORDER BY topic, partition`,
      [this.#group, this.#id, this.#sessionSeconds, this.#topics],
    );
    return { held: held.rows.map(holdingOf), share: await this.#share() };
  }

  /** Takes up to `count` partitions that nobody holds or whose holder has fallen silent. */
  async take(count: number): Promise<Holding[]> {
    if (count <= 0) return [];
    const { rows } = await this.#pool.query<PositionRow>(
      `WITH free AS (
         SELECT topic, partition FROM bus.position
         WHERE consumer_group = $1 AND topic = ANY ($5) AND (owner IS NULL OR lease_until < clock_timestamp())
           AND owner IS DISTINCT FROM $2
         ORDER BY topic, partition LIMIT $4 FOR UPDATE SKIP LOCKED
       )
       UPDATE bus.position p
       SET owner = $2, epoch = p.epoch + 1, lease_until = clock_timestamp() + make_interval(secs => $3)
       FROM free WHERE p.consumer_group = $1 AND p.topic = free.topic AND p.partition = free.partition
       RETURNING p.topic, p.partition, p.epoch, p.committed`,
      [this.#group, this.#id, this.#sessionSeconds, count, this.#topics],
    );
    return rows.map(holdingOf);
  }

  /** Gives partitions back, so that another member need not wait for the lease to run out. */
  async release(partitions: readonly TopicPartition[]): Promise<void> {
    await this.#pool.query(
      `UPDATE bus.position SET owner = NULL, lease_until = NULL
       WHERE consumer_group = $1 AND owner = $2 AND (topic, partition) IN (SELECT * FROM unnest($3::text[], $4::integer[]))`,
      [this.#group, this.#id, partitions.map(({ topic }) => topic), partitions.map(({ partition }) => partition)],
    );
  }

  /** Commits positions; returns those that were accepted. Refused: the lease has passed to somebody else. */
  async commit(commits: readonly (PartitionCommit & { epoch: bigint })[]): Promise<TopicPartition[]> {
    const { rows } = await this.#pool.query<TopicPartition>(
      `UPDATE bus.position p SET committed = c.position
       FROM unnest($3::text[], $4::integer[], $5::bigint[], $6::bigint[]) AS c (topic, partition, position, epoch)
       WHERE p.consumer_group = $1 AND p.owner = $2 AND p.topic = c.topic AND p.partition = c.partition
         AND p.epoch = c.epoch AND p.committed < c.position
       RETURNING p.topic, p.partition`,
      [
        this.#group,
        this.#id,
        commits.map(({ topic }) => topic),
        commits.map(({ partition }) => partition),
        commits.map(({ offset }) => String(offset)),
        commits.map(({ epoch }) => String(epoch)),
      ],
    );
    return rows;
  }

  /** Leaves the group and gives everything back. */
  async leave(): Promise<void> {
    await this.#pool.query(
      `UPDATE bus.position SET owner = NULL, lease_until = NULL WHERE consumer_group = $1 AND owner = $2`,
      [this.#group, this.#id],
    );
    await this.#pool.query('DELETE FROM bus.member WHERE consumer_group = $1 AND id = $2', [this.#group, this.#id]);
  }

  async #share(): Promise<number> {
    const { rows } = await this.#pool.query<{ members: number; rank: number; partitions: number }>(
      `WITH gone AS (
         DELETE FROM bus.member WHERE consumer_group = $1 AND seen_at < clock_timestamp() - make_interval(secs => $4)
       )
       SELECT count(*)::integer AS members, (count(*) FILTER (WHERE id < $2))::integer AS rank,
         (SELECT count(*)::integer FROM bus.head WHERE topic = ANY ($3)) AS partitions
       FROM bus.member WHERE consumer_group = $1 AND seen_at >= clock_timestamp() - make_interval(secs => $4)`,
      [this.#group, this.#id, this.#topics, this.#sessionSeconds],
    );
    const { members, rank, partitions } = rows[0] ?? { members: 1, rank: 0, partitions: 0 };
    const n = Math.max(members, 1);
    return Math.floor(partitions / n) + (rank < partitions % n ? 1 : 0);
  }
}
