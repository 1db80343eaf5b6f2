import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An account is connected once in a workspace, whichever way its consent was given: an Instagram account that is connected
 * through its Page is the same account by Instagram Login. Of disconnected records there may be one of each kind.
 */
export class OneAccountOnce1795262800000 implements MigrationInterface {
  readonly name = 'OneAccountOnce1795262800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create unique index connections_one_account
      on gateway.connections (workspace_id, platform, account_id) where phase <> 'removed'`);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
