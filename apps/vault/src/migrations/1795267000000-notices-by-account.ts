import { rolesOf } from '@mooring/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A notice may name a person by an account's id (Instagram's do, or don't: it isn't documented). */
export class NoticesByAccount1795267000000 implements MigrationInterface {
  readonly name = 'NoticesByAccount1795267000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index grant_connections_by_account on vault.grant_connections (platform, account_id) where not released`,
    );
    await runner.query(
      `create policy worker_reads on vault.grant_connections for select to ${rolesOf('vault').worker} using (true)`,
    );
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
