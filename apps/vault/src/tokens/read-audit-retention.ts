import { type DurationMs, days } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import { WorkerDatabase } from '../database.ts';

/** How long token reads stay on record. */
export abstract class ReadAuditSettings {
  abstract readonly retentionDays: number;
}

const ROWS_MAX = 10_000;

/** Deletes the audit of token reads when its time is over, a bounded number of rows at once. */
@Injectable()
export class ReadAuditRetention {
  constructor(
    private readonly worker: WorkerDatabase,
    private readonly settings: ReadAuditSettings,
  ) {}

  /** How many were deleted. */
  async run(): Promise<number> {
    const retentionMs: DurationMs = days(this.settings.retentionDays);
    const gone = await rows(
      this.worker.dataSource.manager,
      `delete from token_reads where id in (
         select id from (select id, read_at from token_reads order by id limit $2) oldest
         where read_at < clock_timestamp() - $1 * interval '1 millisecond')
       returning id`,
      [retentionMs, ROWS_MAX],
    );
    return gone.length;
  }
}
