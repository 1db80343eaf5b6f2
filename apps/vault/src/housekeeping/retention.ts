import { Injectable } from '@nestjs/common';
import { AttemptClaims } from '../attempts/attempt-claims.ts';
import { CallbackRecords } from '../callbacks/callback-records.ts';
import { ReleaseClaims } from '../release/release-claims.ts';
import { ReadAuditRetention } from '../tokens/read-audit-retention.ts';

/** Deletes what is too old, a bounded number of rows of each kind at once. */
@Injectable()
export class Retention {
  constructor(
    private readonly attempts: AttemptClaims,
    private readonly releases: ReleaseClaims,
    private readonly callbacks: CallbackRecords,
    private readonly readAudit: ReadAuditRetention,
  ) {}

  async run(): Promise<void> {
    await this.attempts.cleanUp();
    await this.releases.cleanUp();
    await this.callbacks.cleanUp();
    await this.readAudit.run();
  }
}
