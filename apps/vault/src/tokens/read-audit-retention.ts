import { type DurationMs, days } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { WorkerDatabase } from '../database.ts';

/** How long token reads stay on record. */
export abstract class ReadAuditSettings {
  abstract readonly retentionDays: number;
}

/** Rows of one statement, so that none holds its locks for long. */
const BATCH_ROWS_MAX = 10_000;

/** Deletes the audit of token reads when its time is over, batch by batch until no more is due. */
@Injectable()
export class ReadAuditRetention {
  constructor(
    private readonly worker: WorkerDatabase,
    private readonly settings: ReadAuditSettings,
  ) {}

  /** How many were deleted. */
  async run(): Promise<number> {
    let gone = 0;
    for (;;) {
      const batch = await this.#deleteBatch();
      gone += batch;
      if (batch < BATCH_ROWS_MAX) return gone;
    }
  }

  async #deleteBatch(): Promise<number> {
    const retentionMs: DurationMs = days(this.settings.retentionDays);
    const gone = await rows(
      this.worker.dataSource.manager,
      `delete from token_reads where id in (
         select id from (select id, read_at from token_reads order by id limit $2) oldest
         where read_at < clock_timestamp() - $1 * interval '1 millisecond')
       returning id`,
      [retentionMs, BATCH_ROWS_MAX],
    );
    return gone.length;
  }
}
