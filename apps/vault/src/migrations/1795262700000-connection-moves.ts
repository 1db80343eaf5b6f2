import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a connection went to another grant orders what two grants say about it. */
export class ConnectionMoves1795262700000 implements MigrationInterface {
  readonly name = 'ConnectionMoves1795262700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table vault.grant_connections add column moves integer not null default 0`);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
